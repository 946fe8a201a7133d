"""Where the text says so, the parties have a say in who joins later."""

import pytest

from covenants import accessions, asks, rounds, signing_invitations
from covenants.chain import check_chain
from covenants.models import AccessionVoice, ChainEvent, EventType, PartySignature, SignatureKind
from portal.acts import Refused
from tests import factories
from tests.covenants.signing_cast import ask, make_signatory, open_round, sign
from tests.covenants.test_endings import reopen

pytestmark = pytest.mark.django_db


@pytest.fixture
def parties(coalition, coordinator):
    """Two parties of a text that asks for consent, of which the round for acceding is open."""
    text = factories.freeze(factories.make_draft(coalition, accession_needs_consent=True))
    version = open_round(text, coordinator).version
    found = [make_signatory(coalition, coordinator) for _ in range(2)]
    for signatory in found:
        sign(version, signatory)
    rounds.close_round(round=version.rounds.get(), by=coordinator)
    reopen(version, coordinator)
    version.refresh_from_db()
    return version, found


def test_nobody_joins_before_the_parties_agreed(parties, signatory, coordinator):
    version, (first, second) = parties
    with pytest.raises(accessions.NotAdmitted):
        sign(version, signatory)
    assert asks.asks_of(signatory.person) == []
    with pytest.raises(accessions.NotAdmitted):
        signing_invitations.invite(
            round=version.rounds.open().get(), organisation=signatory.organisation, by=coordinator
        )

    accession = accessions.ask(version=version, organisation=signatory.organisation, by=coordinator)
    assert [one.title for one in asks.asks_of(first.person)] == [f"Mag {signatory.organisation} toetreden?"]
    for party in (first, second):
        accessions.speak(accession=accession, mandate=party.mandate, agrees=True, by=party.person)
    assert asks.asks_of(first.person) == []
    accessions.decide(accession=accession, is_admitted=True, by=coordinator)

    assert sign(version, signatory).signature.kind == SignatureKind.ACCEDE
    assert ChainEvent.objects.filter(version=version, type=EventType.ADMITTED).count() == 1
    assert check_chain(version) == []


def test_an_objection_or_a_silent_party_asks_for_a_reason(parties, signatory, coordinator):
    version, (first, _) = parties
    accession = accessions.ask(version=version, organisation=signatory.organisation, by=coordinator)
    accessions.speak(
        accession=accession, mandate=first.mandate, agrees=False, note="Te vroeg", by=first.person
    )
    assert accessions.tally_of(accession) == accessions.Tally(agreed=0, objected=1, parties=2)
    with pytest.raises(accessions.NeedsBasis):
        accessions.decide(accession=accession, is_admitted=True, by=coordinator)
    accessions.decide(accession=accession, is_admitted=False, by=coordinator)
    with pytest.raises(accessions.Decided):
        accessions.speak(accession=accession, mandate=first.mandate, agrees=True, by=first.person)
    with pytest.raises(accessions.NotAdmitted):
        sign(version, signatory)
    # Later they can be asked again.
    again = accessions.ask(version=version, organisation=signatory.organisation, by=coordinator)
    accessions.decide(accession=again, is_admitted=True, basis="Bestuurlijk overleg", by=coordinator)
    assert sign(version, signatory).signature is not None


def test_a_party_speaks_once_and_a_stranger_never(parties, signatory, coalition, coordinator):
    version, (first, _) = parties
    accession = accessions.ask(version=version, organisation=signatory.organisation, by=coordinator)
    with pytest.raises(Refused, match="al gevraagd"):
        accessions.ask(version=version, organisation=signatory.organisation, by=coordinator)
    accessions.speak(accession=accession, mandate=first.mandate, agrees=True, by=first.person)
    with pytest.raises(Refused, match="al geantwoord"):
        accessions.speak(accession=accession, mandate=first.mandate, agrees=False, by=first.person)
    with pytest.raises(accessions.NotAParty):
        accessions.speak(accession=accession, mandate=signatory.mandate, agrees=True, by=signatory.person)
    with pytest.raises(accessions.PartyAlready):
        accessions.ask(version=version, organisation=first.organisation, by=coordinator)
    assert AccessionVoice.objects.count() == 1


def test_a_text_that_does_not_ask_for_consent_lets_everybody_in(version, signatory, coordinator):
    with pytest.raises(accessions.NoSay):
        accessions.ask(version=version, organisation=signatory.organisation, by=coordinator)
    ask(version, signatory)
    sign(version, signatory)
    assert PartySignature.objects.count() == 1
