"""Organisations ask to take part: filed, taken up, accepted, rejected, withdrawn."""

import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from coalitions import join_requests
from coalitions.models import JoinRequest, Membership, MembershipState, RequestState
from coalitions.models.join_requests import REQUEST_MOVES
from partners.models import Organisation, OrganisationAlias, Representative
from portal.acts import Refused
from portal.models import Mail
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def submit(coalition, **details):
    return join_requests.submit(
        coalition=coalition,
        applicant=details.pop("applicant", None),
        **{
            "organisation_name": "Kraamzorg Beesel",
            "type": factories.make_type("kraamzorg", domain="medical"),
            "kvk": "",
            "municipality": None,
            "matched_organisation": None,
            "motivation": "Wij zien veel gezinnen",
            "commitment": "join",
            "energy": "",
            "contact_name": "Anna Aanmelder",
            "contact_function": "manager",
            "contact_email": "anna@kraamzorg.example",
            "contact_phone": "",
            **details,
        },
    )


@pytest.fixture
def request_(coalition):
    return submit(coalition)


def accept(request, by, **changes):
    return join_requests.accept(
        request=request, by=by, **{"organisation": None, "answer": "", "invites": True, **changes}
    )


def token_of(mail):
    return mail.text.split("/aanmelding/")[1].split("/")[0]


def test_filing_gives_a_reference_a_term_and_a_mail(coalition):
    request = submit(coalition)
    assert request.state == RequestState.SUBMITTED
    assert request.answer_by == TODAY + datetime.timedelta(days=14)
    mail = Mail.objects.get(purpose="join_request_received")
    assert mail.recipient == "anna@kraamzorg.example"
    assert request.reference in mail.text
    assert mail.holds_secret
    assert join_requests.find(coalition, token_of(mail)) == request
    assert token_of(mail) not in request.withdrawal_hash


def test_a_closed_coalition_takes_no_requests(coalition):
    coalition.accepts_requests = False
    coalition.save()
    with pytest.raises(join_requests.Closed):
        submit(coalition)


def test_a_member_does_not_ask_again(coalition):
    member = factories.make_member(coalition)
    with pytest.raises(join_requests.AlreadyMember, match="is al lid"):
        submit(coalition, matched_organisation=member.organisation)


def test_the_same_request_is_filed_once(coalition, request_):
    with pytest.raises(join_requests.AlreadyWaiting):
        submit(coalition, organisation_name="KRAAMZORG beesel", contact_email="Anna@kraamzorg.example")
    join_requests.withdraw(request=request_)
    assert submit(coalition).pk != request_.pk


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"kvk": "12"}, "8 cijfers"),
        ({"motivation": "bsn 123456782"}, "burgerservicenummer"),
        ({"contact_email": "geen-adres"}, "mailadres"),
        ({"commitment": "misschien"}, "keuze"),
    ],
)
def test_what_is_wrong_is_not_filed_and_mails_nobody(coalition, details, words):
    with pytest.raises(Refused, match=words):
        submit(coalition, **details)
    assert not JoinRequest.objects.exists()
    assert not Mail.objects.exists()


def test_accepting_makes_a_new_member_with_a_representative(coalition, coordinator, request_):
    membership = accept(request_, coordinator, answer="Fijn dat jullie meedoen.")

    request_.refresh_from_db()
    assert (request_.state, request_.membership, request_.decided_by) == (
        RequestState.ACCEPTED,
        membership,
        coordinator,
    )
    assert membership.state == MembershipState.MEMBER
    assert membership.organisation.name == "Kraamzorg Beesel"
    speaker = Representative.objects.get(organisation=membership.organisation)
    assert (speaker.person.email, speaker.function) == ("anna@kraamzorg.example", "manager")
    assert "Fijn dat jullie meedoen." in Mail.objects.get(purpose="join_request_accepted").text
    assert Mail.objects.filter(purpose="invitation").count() == 1


def test_accepting_goes_on_from_where_the_organisation_stood(coalition, coordinator, request_):
    spell = factories.make_member(coalition, state="invited", joined_on=None)
    assert accept(request_, coordinator, organisation=spell.organisation).pk == spell.pk
    assert Organisation.objects.count() == 1


def test_who_comes_back_gets_a_new_spell(coalition, coordinator, request_):
    gone = factories.make_member(coalition, state="left")
    assert accept(request_, coordinator, organisation=gone.organisation).pk != gone.pk


def test_without_an_invitation_nobody_gets_an_account(coalition, coordinator, request_):
    accept(request_, coordinator, invites=False)
    assert not Representative.objects.exists()
    assert not Mail.objects.filter(purpose="invitation").exists()


def test_who_speaks_for_it_already_is_not_added_twice(coalition, coordinator, request_):
    organisation = factories.make_organisation()
    person = factories.make_person(email="anna@kraamzorg.example")
    factories.make_representative(person, organisation, function="directeur")
    accept(request_, coordinator, organisation=organisation)
    assert Representative.objects.get().function == "directeur"


def test_accepting_a_member_is_refused_and_leaves_nothing_behind(coalition, coordinator, request_):
    member = factories.make_member(coalition)
    with pytest.raises(Refused, match="Van daar kan de stap naar ‘Lid’ niet"):
        accept(request_, coordinator, organisation=member.organisation)
    request_.refresh_from_db()
    assert request_.state == RequestState.SUBMITTED
    assert not Mail.objects.filter(purpose="join_request_accepted").exists()


def test_a_number_that_is_taken_leaves_nothing_behind(coalition, coordinator):
    other = factories.make_organisation()
    other.kvk = "12345678"
    other.save()
    request = submit(coalition, kvk="12345678")
    with pytest.raises(Refused, match="KvK"):
        accept(request, coordinator)
    assert Organisation.objects.count() == 1
    assert not Membership.objects.exists()


def test_rejecting_mails_the_reason(coordinator, request_):
    join_requests.reject(request=request_, answer="U werkt buiten onze regio.", by=coordinator)
    request_.refresh_from_db()
    assert request_.state == RequestState.REJECTED
    assert "U werkt buiten onze regio." in Mail.objects.get(purpose="join_request_rejected").text


def test_rejecting_without_a_reason_is_refused(coordinator, request_):
    with pytest.raises(Refused, match="Schrijf waarom"):
        join_requests.reject(request=request_, answer="  ", by=coordinator)


ACTS = {
    "take_up": lambda request, by: join_requests.take_up(request=request, by=by),
    "accept": accept,
    "reject": lambda request, by: join_requests.reject(request=request, answer="Nee", by=by),
    "withdraw": lambda request, by: join_requests.withdraw(request=request),
}
ENDS = {"take_up": "in_review", "accept": "accepted", "reject": "rejected", "withdraw": "withdrawn"}


def bring(request, state, by):
    for act in {"in_review": ["take_up"], "submitted": []}.get(
        state, [k for k, v in ENDS.items() if v == state]
    ):
        ACTS[act](request, by)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", RequestState.values)
def test_act_from_state(coordinator, request_, state, act):
    bring(request_, state, coordinator)
    if ENDS[act] in REQUEST_MOVES.get(state, ()):
        ACTS[act](request_, coordinator)
        request_.refresh_from_db()
        assert request_.state == ENDS[act]
        return
    with pytest.raises(join_requests.AlreadyDecided, match="Intussen gewijzigd"):
        ACTS[act](request_, coordinator)
    request_.refresh_from_db()
    assert request_.state == state


@pytest.mark.parametrize("to", RequestState.values)
@pytest.mark.parametrize("start", RequestState.values)
def test_move_by_sql(coalition, coordinator, request_, start, to):
    bring(request_, start, coordinator)
    spell = Membership.objects.first() or factories.make_member(coalition)
    change = {
        "state": to,
        "decided_at": timezone.now() if to in {"accepted", "rejected"} else None,
        "answer": "Nee",
        "membership": spell if to == "accepted" else None,
    }
    if start == to or to in REQUEST_MOVES.get(start, ()):
        assert JoinRequest.objects.filter(pk=request_.pk).update(**change) == 1
        return
    with pytest.raises(IntegrityError, match="is al beslist"), transaction.atomic():
        JoinRequest.objects.filter(pk=request_.pk).update(**change)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"state": "rejected", "decided_at": timezone.now()}, "rejection_has_a_reason"),
        ({"state": "rejected", "answer": "Nee"}, "decided_has_a_moment"),
        ({"state": "accepted", "decided_at": timezone.now()}, "accepted_is_a_membership"),
    ],
)
def test_the_table_guards_itself(request_, change, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        JoinRequest.objects.filter(pk=request_.pk).update(**change)


def test_a_request_starts_as_new(request_):
    request_.pk, request_.reference, request_.withdrawal_hash = None, "KS-XXXXXX", "x"
    request_.state = RequestState.IN_REVIEW
    with pytest.raises(IntegrityError, match="is al beslist"), transaction.atomic():
        request_.save(force_insert=True)


def test_candidates_are_found_by_number_and_by_likeness(coalition):
    same_number = factories.make_organisation("Iets heel anders")
    same_number.kvk = "12345678"
    same_number.save()
    alike = factories.make_organisation("Kraamzorg Besel")
    factories.make_organisation("Gemeente Weert")
    request = submit(coalition, kvk="12345678")
    assert set(join_requests.candidates_for(request)) == {same_number, alike}


def test_another_name_of_an_organisation_finds_it_too(coalition):
    known = factories.make_organisation("Stichting Geboortezorg Peel")
    OrganisationAlias.objects.create(organisation=known, name="De Ooievaar")
    request = submit(coalition, organisation_name="de ooievaar")
    assert join_requests.candidates_for(request) == [known]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_hears_that_it_is_decided(coalition, coordinator, request_):
    other = factories.make_person("Klaas Kwartiermaker")
    barrier, outcomes = threading.Barrier(2), []

    def run(act, by):
        try:
            barrier.wait()
            outcomes.append(ACTS[act](request_, by))
        except Refused as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=pair) for pair in (("accept", coordinator), ("reject", other))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    refused = [one for one in outcomes if isinstance(one, Refused)]
    assert len(refused) == 1
    assert "Intussen gewijzigd door" in str(refused[0])
    assert Mail.objects.filter(purpose__in=["join_request_accepted", "join_request_rejected"]).count() == 1
