"""The power to sign: asked by the organisation, checked by somebody else, revoked, expired."""

import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from partners import mandates
from partners.models import AreaKind, Mandate, MandateKind, MandateStatus
from portal.acts import Refused
from portal.models import Mail, StoredFile
from tests import factories

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def speaker(partner):
    return partner.representatives.get()


def ask(speaker, *, by=None, **details):
    return mandates.request(
        representative=speaker, **{"kind": MandateKind.DIRECTOR, "by": by or speaker.person, **details}
    )


def test_a_request_waits_for_somebody_else(speaker):
    mandate = ask(speaker, note=" Zie KvK ", need=2)

    assert mandate.status == MandateStatus.UNCHECKED
    assert mandate.status_label == "nog niet gecontroleerd"
    assert (mandate.note, mandate.need, mandate.valid_from) == ("Zie KvK", 2, TODAY)
    assert list(Mandate.objects.to_check()) == [mandate]
    assert not Mandate.objects.valid().exists()
    assert mandate.events.get().pgh_context.metadata["user"] == speaker.person.pk


def test_the_evidence_is_kept_with_the_request(speaker):
    mandate = ask(speaker, kind=MandateKind.POWER_OF_ATTORNEY, evidence=factories.make_upload())

    assert mandate.evidence.name == "volmacht.pdf"


@pytest.mark.parametrize(
    "kind", [MandateKind.MAYOR_ASSIGNMENT, MandateKind.POWER_OF_ATTORNEY, MandateKind.MANDATE_DECISION]
)
def test_a_ground_outside_the_registers_needs_evidence(speaker, kind):
    with pytest.raises(Refused, match="Voeg het stuk toe"):
        ask(speaker, kind=kind)


def test_nothing_stays_of_a_request_that_is_refused(speaker):
    with pytest.raises(Refused, match="burgerservicenummer"):
        ask(
            speaker,
            kind=MandateKind.POWER_OF_ATTORNEY,
            evidence=factories.make_upload(),
            note="van 111222333",
        )
    assert not Mandate.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_function_that_ended_a_minute_ago_carries_no_mandate(speaker):
    type(speaker).objects.update(valid_to=TODAY)

    with pytest.raises(mandates.NoLongerSpeaks, match="Petra Partner spreekt niet meer namens"):
        ask(speaker)


def test_the_same_is_asked_once_at_a_time(speaker):
    ask(speaker)

    with pytest.raises(mandates.AlreadyAsked):
        ask(speaker)
    ask(speaker, kind=MandateKind.POWER_OF_ATTORNEY, evidence=factories.make_upload())


def test_a_mandate_does_not_end_before_today_or_before_it_starts(speaker):
    with pytest.raises(mandates.EndsInThePast):
        ask(speaker, valid_to=TODAY)
    with pytest.raises(Refused, match="einddatum ligt voor de begindatum"):
        ask(speaker, valid_from=TODAY + 3 * DAY, valid_to=TODAY + DAY)


def test_it_is_checked_and_the_bearer_hears_of_it(speaker, coordinator):
    mandate = mandates.check(mandate=ask(speaker), by=coordinator)

    assert mandate.status == MandateStatus.CHECKED
    assert mandate.checked_by == coordinator
    assert list(Mandate.objects.valid()) == [mandate]
    mail = Mail.objects.get()
    assert mail.recipient == speaker.person.email
    assert "is gecontroleerd en geldt vanaf" in mail.text


def test_the_bearer_and_who_asked_do_not_check_nor_revoke(speaker, coordinator):
    asked_for_another = ask(speaker, by=coordinator)
    for by in (coordinator, speaker.person):
        with pytest.raises(mandates.NotYourOwn):
            mandates.check(mandate=asked_for_another, by=by)
        with pytest.raises(mandates.NotYourOwn):
            mandates.revoke(mandate=asked_for_another, reason="Nee", by=by)
    asked_for_another.refresh_from_db()
    assert asked_for_another.status == MandateStatus.UNCHECKED


def test_it_is_checked_once(speaker, coordinator, administrator):
    mandate = mandates.check(mandate=ask(speaker), by=coordinator)

    with pytest.raises(mandates.AlreadyChecked, match="Carla Coördinator"):
        mandates.check(mandate=mandate, by=administrator)


def test_what_expired_is_not_checked(speaker, coordinator):
    mandate = ask(speaker)
    Mandate.objects.update(valid_from=TODAY - 2 * DAY, valid_to=TODAY)

    with pytest.raises(mandates.Expired):
        mandates.check(mandate=mandate, by=coordinator)


def test_it_is_revoked_with_a_reason_and_stays_so(speaker, coordinator, administrator):
    mandate = mandates.check(mandate=ask(speaker), by=coordinator)

    with pytest.raises(Refused, match="Schrijf op waarom"):
        mandates.revoke(mandate=mandate, reason=" ", by=coordinator)
    mandate = mandates.revoke(mandate=mandate, reason="Nieuwe bestuurder", by=administrator)

    assert mandate.status == MandateStatus.REVOKED
    assert not Mandate.objects.valid().exists()
    assert "Reden: Nieuwe bestuurder" in Mail.objects.latest("pk").text
    with pytest.raises(mandates.AlreadyRevoked):
        mandates.revoke(mandate=mandate, reason="Nog eens", by=coordinator)
    with pytest.raises(mandates.AlreadyRevoked):
        mandates.check(mandate=mandate, by=coordinator)
    with pytest.raises(IntegrityError, match="blijft ingetrokken"), transaction.atomic():
        Mandate.objects.update(revoke_reason="Anders")


@pytest.mark.parametrize(
    "change", [{"need": 2}, {"kind": MandateKind.MAYOR}, {"checked_at": None, "checked_by": None}]
)
def test_what_was_checked_does_not_change(speaker, coordinator, change):
    mandates.check(mandate=ask(speaker), by=coordinator)

    with pytest.raises(IntegrityError, match="verandert niet meer"), transaction.atomic():
        Mandate.objects.update(**change)


def test_it_holds_for_one_coalition_or_for_everything(speaker, coalition):
    with pytest.raises(Refused, match="overal, of voor één coalitie"):
        ask(speaker, area=factories.make_area(kind=AreaKind.PROVINCE))
    mandate = ask(speaker, area=coalition.area)

    assert "Maas en Peel" in mandate.scope_label
    assert list(Mandate.objects.for_area(coalition.area)) == [mandate]
    assert not Mandate.objects.for_area(factories.make_coalition().area).exists()


@pytest.mark.parametrize("need", [0, 6])
def test_one_or_a_few_sign_together(speaker, need):
    with pytest.raises(Refused):
        ask(speaker, need=need)
    factories.give_mandate(speaker, checked_by=None)
    with pytest.raises(IntegrityError, match="need_is_one_or_a_few"), transaction.atomic():
        Mandate.objects.update(need=need)


def test_it_ends_with_the_function_of_its_bearer(speaker, coordinator):
    mandates.check(mandate=ask(speaker), by=coordinator)
    type(speaker).objects.update(valid_to=TODAY)

    assert not Mandate.objects.valid().exists()
    assert Mandate.objects.get().status_label == "verlopen"


@pytest.mark.parametrize(("days", "warns"), [(0, False), (1, True), (30, True), (31, False)])
def test_it_is_about_to_end_from_thirty_days_before(speaker, coordinator, days, warns):
    factories.give_mandate(speaker, checked_by=coordinator, valid_to=TODAY + days * DAY)

    assert Mandate.objects.ending().exists() == warns


def test_a_later_mandate_takes_the_warning_away(speaker, coordinator):
    factories.give_mandate(speaker, checked_by=coordinator, valid_to=TODAY + 5 * DAY)
    ask(speaker)

    assert not Mandate.objects.ending().exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_wins(partner, coordinator, administrator):
    mandate = ask(partner.representatives.get())
    answers: list[str] = []
    start = threading.Barrier(2)

    def decide(act) -> None:
        try:
            start.wait(timeout=10)
            act()
            answers.append("done")
        except Refused as refusal:
            answers.append(type(refusal).__name__)
        finally:
            connection.close()

    acts = (
        lambda: mandates.check(mandate=mandate, by=coordinator),
        lambda: mandates.check(mandate=mandate, by=administrator),
    )
    threads = [threading.Thread(target=decide, args=[one]) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(answers) == ["AlreadyChecked", "done"]
