"""Paper signatures: two people, the paper itself, and a register as of any day."""

import datetime
import hashlib
import io
import zipfile

import pytest

from covenants import asks, exports, outside, rounds
from covenants.chain import check_chain
from covenants.models import ChainEvent, EventType, OutsideRegistration, PartySignature, Round
from covenants.register import register, signed_membership_ids
from tests import factories
from tests.covenants.signing_cast import make_signatory, open_round, sign

pytestmark = pytest.mark.django_db
PAPER_DAY = datetime.date(2021, 12, 9)


@pytest.fixture
def text(coalition):
    return factories.freeze(factories.make_draft(coalition))


@pytest.fixture
def organisations(coalition):
    found = [factories.make_organisation() for _ in range(27)]
    for organisation in found:
        factories.make_member(coalition, organisation)
    return found


@pytest.fixture
def second(coalition):
    person = factories.make_person("Teun Team")
    factories.give_role(person, coalition, "team")
    return person


def put_on_paper(text, organisations, by, *, signed_on=PAPER_DAY, **terms):
    return outside.register_paper(
        version=text,
        organisations=organisations,
        signed_on=signed_on,
        evidence=factories.make_upload("convenant.pdf"),
        by=by,
        **terms,
    )


def test_a_whole_paper_covenant_is_registered_in_one_act(text, organisations, coordinator, second):
    registered = put_on_paper(text, organisations, coordinator)
    assert register(text.covenant) == []
    signed = outside.confirm(registration=registered, by=second)

    assert len(signed) == 27
    assert len(register(text.covenant, PAPER_DAY)) == 27
    assert register(text.covenant, PAPER_DAY - datetime.timedelta(days=1)) == []
    assert all(entry.is_outside for entry in register(text.covenant))
    events = ChainEvent.objects.filter(version=text)
    assert events.filter(type=EventType.OUTSIDE).count() == 1
    assert events.filter(type=EventType.PARTY_SIGNED).count() == 27
    assert check_chain(text) == []


def test_rounds_count_on_from_the_paper(text, organisations, coordinator, second):
    outside.confirm(registration=put_on_paper(text, organisations, coordinator), by=second)
    later = put_on_paper(
        text,
        [make_signatory(text.covenant.coalition, coordinator).organisation],
        coordinator,
        signed_on=datetime.date(2022, 11, 30),
        kind="accede",
    )
    outside.confirm(registration=later, by=second)
    third = open_round(text, coordinator)

    assert third.number == 3
    assert Round.objects.filter(closed_at__isnull=False).count() == 2
    sizes = [
        len(register(text.covenant, day))
        for day in (datetime.date(2021, 12, 31), datetime.date(2022, 11, 30))
    ]
    assert sizes == [27, 28]


def test_who_registered_cannot_confirm(text, organisations, coordinator):
    registered = put_on_paper(text, organisations, coordinator)
    with pytest.raises(outside.SamePerson):
        outside.confirm(registration=registered, by=coordinator)
    assert not PartySignature.objects.exists()


def test_a_registration_is_settled_once(text, organisations, coordinator, second):
    registered = put_on_paper(text, organisations, coordinator)
    outside.confirm(registration=registered, by=second)
    for settle in (outside.confirm, outside.reject):
        with pytest.raises(outside.Settled):
            settle(registration=registered, by=second)


def test_what_was_rejected_leaves_no_signature(text, organisations, coordinator, second):
    registered = outside.reject(registration=put_on_paper(text, organisations, coordinator), by=second)
    assert not registered.is_waiting
    assert register(text.covenant) == []


def test_a_paper_asks_a_second_person_on_her_own_page_too(text, organisations, coordinator, second):
    put_on_paper(text, organisations, coordinator)
    (ask,) = asks.asks_of(second)
    assert ask.title == "Controleer een papier met handtekeningen"
    assert coordinator.name in ask.detail
    assert ask in asks.asks_in(text.covenant.coalition, second)
    assert asks.asks_of(coordinator) == []


def test_who_is_party_already_is_named(text, coordinator, second):
    coalition = text.covenant.coalition
    signatory = make_signatory(coalition, coordinator)
    registered = put_on_paper(text, [signatory.organisation], coordinator)
    open_round(text, coordinator)
    sign(text, signatory)
    with pytest.raises(outside.AlreadyParty, match=signatory.organisation.name):
        outside.confirm(registration=registered, by=second)
    with pytest.raises(outside.AlreadyParty):
        put_on_paper(text, [signatory.organisation], coordinator)


def test_a_paper_of_tomorrow_or_without_organisations_is_refused(text, organisations, coordinator):
    with pytest.raises(outside.InTheFuture):
        put_on_paper(
            text,
            organisations,
            coordinator,
            signed_on=factories.today() + datetime.timedelta(days=1),
        )
    with pytest.raises(outside.NothingOnIt):
        put_on_paper(text, [], coordinator)
    assert not OutsideRegistration.objects.exists()


def test_a_text_that_is_still_written_has_no_paper(coalition, organisations, coordinator):
    with pytest.raises(outside.NotFixed):
        put_on_paper(factories.make_draft(coalition), organisations, coordinator)


def test_a_round_opens_once_and_invites_who_may_still_sign(text, coordinator, second):
    coalition = text.covenant.coalition
    signed = make_signatory(coalition, coordinator)
    waiting = make_signatory(coalition, coordinator)
    outside.confirm(registration=put_on_paper(text, [signed.organisation], coordinator), by=second)
    opened = open_round(text, coordinator, invites=True)

    assert list(opened.invitations.values_list("person", flat=True)) == [waiting.person.pk]
    with pytest.raises(rounds.AlreadyOpen):
        open_round(text, coordinator)


def test_members_that_signed_on_paper_count(text, organisations, coordinator, second):
    outside.confirm(registration=put_on_paper(text, organisations, coordinator), by=second)
    assert len(signed_membership_ids(text.covenant.coalition)) == 27


def test_the_archive_brings_the_paper_that_the_chain_names(text, organisations, coordinator, second):
    outside.confirm(registration=put_on_paper(text, organisations[:1], coordinator), by=second)
    put_on_paper(text, organisations[1:], coordinator)
    archive = zipfile.ZipFile(io.BytesIO(exports.export(text.covenant)))
    [path] = [name for name in archive.namelist() if name.startswith("papier/")]
    digest = hashlib.sha256(archive.read(path)).hexdigest()
    assert f"{digest}  {path}" in archive.read("SHA256SUMS").decode().splitlines()
    assert digest in archive.read("keten/versie-1.jsonl").decode()
    assert "`papier/`" in archive.read("LEESMIJ.md").decode()
