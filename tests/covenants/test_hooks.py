"""What covenants bring to the pages of lower floors: asks, and a column of the member list."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from covenants import access_logs, asks, declines, outside, rounds, signing_invitations
from covenants.chain import check_chain
from covenants.models import AccessLog, Round, SigningInvitation, VersionState
from portal import hooks
from tests import factories
from tests.covenants.signing_cast import make_signatory, sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_round_once")]


def ago(**period):
    return timezone.now() - datetime.timedelta(**period)


def test_who_may_sign_is_asked_until_she_did(version, signatory, open_round):
    (ask,) = asks.asks_of(signatory.person)
    assert ask.title == f"Onderteken het convenant namens {signatory.organisation}"
    assert ask.due == timezone.localdate(open_round.closes_at)
    sign(version, signatory)
    del signatory.person._reach
    assert asks.asks_of(signatory.person) == []


def test_who_may_not_sign_is_asked_nothing(version, partner):
    assert asks.asks_of(partner) == []


def test_a_coordinator_sees_how_many_did_not_sign(version, signatory, coalition, coordinator):
    make_signatory(coalition, coordinator)
    (ask,) = asks.asks_in(coalition, coordinator)
    assert ask.title == "2 organisaties hebben nog niet ondertekend"
    sign(version, signatory)
    (ask,) = asks.asks_in(coalition, coordinator)
    assert ask.title == "1 organisatie heeft nog niet ondertekend"
    assert "1 van 2 leden tekende" in ask.detail


def test_the_member_list_says_who_signed_when(version, signatory, coalition, coordinator, log_in):
    make_signatory(coalition, coordinator)
    sign(version, signatory)
    rows = hooks.with_columns(coalition.memberships.all(), coalition.pk)
    signed = {row.organisation_id: row.signed_on for row in rows}
    assert signed[signatory.organisation.pk] is not None
    assert sum(day is None for day in signed.values()) == 1

    members = reverse("coalitions:member-list", args=[coalition.slug])
    page = log_in(coordinator).get(f"{members}?signed_on=nee").content.decode()
    assert "Ondertekend op" in page
    assert signatory.organisation.name not in page.split("<tbody>")[1]


def test_the_member_list_means_the_text_of_most_parties(version, signatory, coalition, coordinator):
    """A member may sign a second text alone; the board page counts the covenant as well."""
    other = make_signatory(coalition, coordinator)
    sign(version, signatory)
    sign(version, make_signatory(coalition, coordinator))
    second = factories.freeze(factories.make_draft(coalition, "Bijlage over gegevens"))
    rounds.open_round(version=second, closes_at=ago(days=-9), by=coordinator)
    sign(second, other)
    signed = {
        row.organisation_id: row.signed_on
        for row in hooks.with_columns(coalition.memberships.all(), coalition.pk)
    }
    assert signed[signatory.organisation.pk] is not None
    assert signed[other.organisation.pk] is None


def test_reminders_are_few_and_stop_at_the_signature(version, signatory, open_round, coalition, coordinator):
    other = make_signatory(coalition, coordinator)
    for one in (signatory, other):
        signing_invitations.invite(round=open_round, organisation=one.organisation, by=coordinator)
    everybody = [signatory.organisation, other.organisation]
    with pytest.raises(signing_invitations.NobodyToRemind):
        signing_invitations.remind(round=open_round, organisations=everybody, by=coordinator)

    sign(version, other)
    for number in range(signing_invitations.MAX_REMINDERS):
        SigningInvitation.objects.update(invited_at=ago(days=4 + number))
        sent = signing_invitations.remind(round=open_round, organisations=everybody, by=coordinator)
        assert [one.person for one in sent] == [signatory.person]
    SigningInvitation.objects.update(invited_at=ago(days=30))
    with pytest.raises(signing_invitations.NobodyToRemind):
        signing_invitations.remind(round=open_round, organisations=everybody, by=coordinator)


def test_the_portal_reminds_in_the_last_week_only(version, signatory, open_round, coordinator):
    signing_invitations.invite(round=open_round, organisation=signatory.organisation, by=coordinator)
    SigningInvitation.objects.update(invited_at=ago(days=10))
    assert rounds.remind_before_closing() == 0
    Round.objects.update(closes_at=ago(days=-5))
    assert rounds.remind_before_closing() == 1
    assert rounds.remind_before_closing() == 0


def test_a_round_whose_last_moment_went_by_is_closed(version, open_round):
    Round.objects.update(opens_at=ago(days=2), closes_at=ago(days=1))
    assert rounds.close_overdue() == 1
    assert rounds.close_overdue() == 0
    version.refresh_from_db()
    assert version.state == VersionState.CLOSED
    assert check_chain(version) == []


def test_addresses_are_wiped_after_a_year_and_the_chain_still_holds(version, signatory):
    sign(version, signatory)
    assert access_logs.erase_old() == 0
    AccessLog.objects.update(logged_at=ago(days=366))
    assert access_logs.erase_old() == 1
    log = AccessLog.objects.get()
    assert (log.address, log.salt) == (None, "")
    assert check_chain(version) == []


def test_what_an_organisation_answered_last_is_what_counts(version, signatory):
    for kind in ("later", "no"):
        declines.decline(version=version, mandate=signatory.mandate, kind=kind, by=signatory.person)
    assert [row.kind for row in version.declines.newest()] == ["no"]


def test_a_paper_waits_for_somebody_else_than_who_registered_it(version, coalition, coordinator):
    organisation = factories.make_organisation()
    factories.make_member(coalition, organisation)
    second = factories.make_person("Teun Team")
    factories.give_role(second, coalition, "team")
    registered = outside.register_paper(
        version=version,
        organisations=[organisation],
        signed_on=factories.today(),
        evidence=factories.make_upload(),
        by=coordinator,
    )

    def titles(person):
        person.__dict__.pop("_reach", None)
        return [ask.title for ask in asks.asks_in(coalition, person)]

    asked = "Controleer een papier met handtekeningen"
    assert asked in titles(second)
    assert asked not in titles(coordinator)
    outside.confirm(registration=registered, by=second)
    assert asked not in titles(second)


def test_the_page_of_an_organisation_says_what_it_signed(version, signatory, coordinator, log_in):
    page = signatory.organisation.get_absolute_url()
    assert "Convenant Maas en Peel" not in log_in(coordinator).get(page).content.decode()
    sign(version, signatory)
    text = log_in(coordinator).get(page).content.decode()
    assert "Convenant Maas en Peel" in text
    assert "Ondertekening op" in text or "ondertekening op" in text


def test_the_page_of_the_coalition_counts_who_signed(version, signatory, coalition, coordinator, client):
    page = coalition.get_absolute_url()
    assert "leden</strong>" not in client.get(page).text
    make_signatory(coalition, coordinator)
    sign(version, signatory)
    text = client.get(page).text
    assert f"1 van de 2 leden</strong> heeft {version.covenant.title} ondertekend." in text
    assert reverse("covenants:register", args=[coalition.slug]) in text
