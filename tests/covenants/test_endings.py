"""A text is replaced by its rule, and a document ends; what was signed stays."""

import datetime
import json

import pgtrigger
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from covenants import endings, rounds, signatures, texts
from covenants.chain import check_chain
from covenants.models import (
    ChainEvent,
    Covenant,
    EndProposal,
    EventType,
    PartySignature,
    ResignRule,
    SignatureKind,
    VersionState,
)
from covenants.register import entry_of, register
from covenants.signing_invitations import signed_organisation_ids
from portal.models import Mail
from tests import factories
from tests.covenants.signing_cast import answer, ask, code_of, make_signatory, open_round, sign

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_round_once")]
TODAY = timezone.localdate


def reopen(version, by):
    """A round for who joins later."""
    return rounds.open_round(
        version=version,
        closes_at=timezone.now() + datetime.timedelta(days=9),
        kind=SignatureKind.ACCEDE,
        by=by,
        invites=False,
    )


def newer(version, by, rule, **terms):
    """The next version of the document, fixed."""
    draft = texts.new_version(covenant=version.covenant, by=by, resign_rule=rule, **terms)
    return factories.freeze(draft)


def states(version):
    return list(version.covenant.versions.order_by("number").values_list("state", flat=True))


def test_the_old_text_is_signed_until_a_round_of_the_new_one_opens(version, signatory, coordinator):
    second = newer(version, coordinator, ResignRule.RESIGN_ALL)
    assert states(version) == [VersionState.OPEN, VersionState.FROZEN]
    asked = ask(version, signatory)
    code = code_of(asked)
    open_round(second, coordinator)

    assert states(version) == [VersionState.SUPERSEDED, VersionState.OPEN]
    with pytest.raises(signatures.TextChanged) as refused:
        answer(version, asked, signatory.person, code=code)
    assert refused.value.newest == second
    told = list(ChainEvent.objects.filter(version=version).order_by("seq").values_list("type", flat=True))
    assert told == [
        EventType.FROZEN,
        EventType.ROUND_OPENED,
        EventType.ROUND_CLOSED,
        EventType.SUPERSEDED,
    ]
    assert check_chain(version) == []


def test_everybody_signs_again_and_is_bound_by_the_old_text_until_then(version, signatory, coordinator):
    sign(version, signatory)
    second = open_round(newer(version, coordinator, ResignRule.RESIGN_ALL), coordinator).version
    entry = entry_of(version.covenant, signatory.organisation)
    assert (entry.bound_by.number, signed_organisation_ids(second)) == (1, set())
    signed = sign(second, signatory).signature
    assert (signed.kind, signed.stint) == (SignatureKind.RESIGN, 1)
    assert entry_of(version.covenant, signatory.organisation).bound_by == second


def test_a_tacit_text_binds_everybody_from_its_day(version, signatory, coordinator):
    sign(version, signatory)
    starts = TODAY() + datetime.timedelta(days=10)
    second = newer(version, coordinator, ResignRule.TACIT, effective_on=starts)
    before = starts - datetime.timedelta(days=1)
    assert entry_of(version.covenant, signatory.organisation, before).bound_by == version
    assert entry_of(version.covenant, signatory.organisation, starts).bound_by == second
    assert endings.supersede_due() == 0
    assert states(version)[0] == VersionState.OPEN


def test_a_text_whose_day_has_come_replaces_the_one_before_once(version, coordinator):
    newer(version, coordinator, ResignRule.TACIT, effective_on=TODAY())
    assert endings.supersede_due() == 1
    assert states(version) == [VersionState.SUPERSEDED, VersionState.FROZEN]
    assert endings.supersede_due() == 0


def test_better_words_replace_at_once_and_ask_nobody(version, signatory, coordinator):
    sign(version, signatory)
    second = newer(version, coordinator, ResignRule.EDITORIAL)
    assert states(version) == [VersionState.SUPERSEDED, VersionState.FROZEN]
    assert entry_of(version.covenant, signatory.organisation).bound_by == second
    assert PartySignature.objects.count() == 1


def test_nobody_is_carried_past_a_text_that_asks_everybody_again(version, signatory, coordinator):
    sign(version, signatory)
    newer(version, coordinator, ResignRule.RESIGN_ALL)
    newer(version, coordinator, ResignRule.EDITORIAL)
    assert entry_of(version.covenant, signatory.organisation).bound_by == version


def test_a_new_version_may_have_other_terms_and_the_old_keeps_its_own(version, signatory, coordinator):
    sign(version, signatory)
    draft = texts.new_version(covenant=version.covenant, by=coordinator, resign_rule=ResignRule.RESIGN_ALL)
    assert draft.notice_months == version.notice_months == 3
    texts.edit_terms(version=draft, by=coordinator, notice_months=12)
    factories.freeze(draft)
    version.refresh_from_db()
    draft.refresh_from_db()
    assert (version.notice_months, draft.notice_months) == (3, 12)
    assert entry_of(version.covenant, signatory.organisation).bound_by.notice_months == 3


def propose(version, by, days: int = 30, reason: str = "Opgegaan in een nieuw convenant"):
    return endings.propose_end(
        covenant=version.covenant,
        ended_on=TODAY() + datetime.timedelta(days=days),
        reason=reason,
        by=by,
    )


def test_a_document_ends_by_two_people_and_its_signatures_and_register_of_before_stay(
    version, signatory, coalition, coordinator, team
):
    signatory.mandate.representative.is_primary = True
    signatory.mandate.representative.save()
    sign(version, signatory)
    proposal = propose(version, coordinator)
    day = proposal.ended_on
    assert len(register(version.covenant, day)) == 1
    assert states(version) == [VersionState.OPEN]
    assert not Mail.objects.filter(purpose="covenant_ended").exists()
    covenant = endings.confirm_end(proposal=proposal, by=team)

    assert states(version) == [VersionState.ENDED]
    assert len(register(covenant, day - datetime.timedelta(days=1))) == 1
    assert register(covenant, day) == []
    assert PartySignature.objects.count() == 1
    told = set(Mail.objects.filter(purpose="covenant_ended").values_list("recipient", flat=True))
    assert told == {signatory.person.email, coordinator.email}
    body = json.loads(ChainEvent.objects.filter(version=version).latest("seq").body)
    assert (body["proposed_by"], body["ended_by"]) == (coordinator.name, team.name)
    with pytest.raises(signatures.RoundClosed):
        sign(version, make_signatory(coalition, coordinator))
    with pytest.raises(endings.EndedAlready):
        propose(version, coordinator)
    with pytest.raises(endings.EndedAlready):
        texts.new_version(covenant=covenant, by=coordinator)
    assert check_chain(version) == []


def test_nobody_ends_a_document_alone(version, coordinator):
    proposal = propose(version, coordinator)
    with pytest.raises(endings.SamePerson):
        endings.confirm_end(proposal=proposal, by=coordinator)
    assert states(version) == [VersionState.OPEN]


def test_a_proposal_is_answered_once(version, coordinator, team):
    proposal = propose(version, coordinator)
    with pytest.raises(endings.ProposedAlready, match="stelde al voor"):
        propose(version, team)
    endings.withdraw_end(proposal=proposal, by=coordinator)
    for answer_it in (endings.confirm_end, endings.withdraw_end):
        with pytest.raises(endings.Settled):
            answer_it(proposal=proposal, by=team)
    second = propose(version, coordinator)
    endings.confirm_end(proposal=second, by=team)
    with pytest.raises(endings.Settled):
        endings.confirm_end(proposal=second, by=team)
    assert states(version) == [VersionState.ENDED]


def test_when_telling_fails_the_document_goes_on(version, coordinator, team, monkeypatch):
    def fails(covenant: object, parties: object) -> None:
        raise RuntimeError("weg")

    proposal = propose(version, coordinator)
    monkeypatch.setattr(endings, "_tell", fails)
    with pytest.raises(RuntimeError):
        endings.confirm_end(proposal=proposal, by=team)
    proposal.refresh_from_db()
    version.covenant.refresh_from_db()
    assert (states(version), proposal.is_waiting) == ([VersionState.OPEN], True)
    assert version.covenant.ended_on is None


def test_what_cannot_end_is_refused_whole(version, coalition, coordinator, team, monkeypatch):
    with pytest.raises(endings.EndsInThePast):
        propose(version, coordinator, days=-1)
    draft = factories.make_draft(coalition, "Intentieverklaring")
    with pytest.raises(endings.NothingToEnd):
        propose(draft, coordinator)
    waiting = propose(version, coordinator, days=0)
    later = TODAY() + datetime.timedelta(days=2)
    monkeypatch.setattr(endings.timezone, "localdate", lambda: later)
    with pytest.raises(endings.EndsInThePast):
        endings.confirm_end(proposal=waiting, by=team)
    version.refresh_from_db()
    assert version.state == VersionState.OPEN


def test_the_database_ends_nothing_without_a_second_person(version, coordinator, team):
    proposal = propose(version, coordinator)
    facts = {"ended_on": proposal.ended_on, "ended_by": team, "ended_reason": proposal.reason}
    with pytest.raises(IntegrityError, match="met twee personen"), transaction.atomic():
        Covenant.objects.update(**facts)
    one_person = {"confirmed_by": coordinator, "confirmed_at": timezone.now()}
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        EndProposal.objects.update(**one_person)
    with pytest.raises(IntegrityError, match="confirmed_by_and_at"), transaction.atomic():
        EndProposal.objects.update(confirmed_by=team)
    with pytest.raises(IntegrityError, match="verandert niet"), transaction.atomic():
        EndProposal.objects.update(reason="Iets anders")
    with pytest.raises(IntegrityError, match="one_waiting"), transaction.atomic():
        EndProposal.objects.create(
            covenant=version.covenant, ended_on=TODAY(), reason="Nog een", proposed_by=team
        )
    endings.confirm_end(proposal=proposal, by=team)
    for change in ({"ended_on": TODAY()}, {"ended_on": None, "ended_by": None}):
        with pytest.raises(IntegrityError, match="al beëindigd"), transaction.atomic():
            Covenant.objects.update(**change)
    with pytest.raises(IntegrityError, match="verandert niet"), transaction.atomic():
        EndProposal.objects.all().delete()


def test_freezing_stands_in_the_chain_and_a_rewritten_hash_is_named(version):
    event = ChainEvent.objects.filter(version=version).order_by("seq").first()
    assert event.type == EventType.FROZEN
    assert version.sha256 in event.body
    with pgtrigger.ignore("covenants.CovenantVersion:confirmed_text_stays"):
        type(version).objects.filter(pk=version.pk).update(sha256="cd" * 32)
    assert any("vingerafdruk" in problem.sentence for problem in check_chain(version))
