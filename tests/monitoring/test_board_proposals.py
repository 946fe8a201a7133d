"""What partners and analysts propose to ask of those who govern."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from monitoring import board_items, board_proposals
from monitoring.models import BoardItem, BoardProposal
from portal.acts import Refused
from portal.models import Mail
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = {"question": "Maak uren vrij voor de kraamzorg", "explanation": "Nu belt niemand."}


@pytest.fixture
def due_on():
    return factories.today() + datetime.timedelta(days=14)


@pytest.fixture
def proposal(coalition, coordinator, partner):
    return board_proposals.propose(coalition=coalition, by=partner, **WORDS)


def address(name, coalition, *more):
    return reverse(f"monitoring:{name}", args=[coalition.slug, *more])


def test_coordinators_hear_of_it_by_mail(proposal, coordinator):
    mail = Mail.objects.get(purpose="board_item_proposed")
    assert mail.recipient == coordinator.email
    assert "Petra Partner stelt voor om alle bestuurders van Maas en Peel te vragen:" in mail.text
    assert WORDS["question"] in mail.text


def test_taken_over_it_is_asked_in_the_same_words_and_the_proposer_hears_it(
    proposal, coalition, coordinator, alderman, due_on
):
    item = board_proposals.take_over(proposal=proposal, due_on=due_on, by=coordinator)
    assert (item.question, item.explanation) == tuple(WORDS.values())
    proposal.refresh_from_db()
    assert (proposal.item, proposal.decided_by) == (item, coordinator)
    assert "Dat is nu gevraagd." in Mail.objects.get(purpose="board_proposal_decided").text
    assert Mail.objects.filter(purpose="board_item_asked", recipient=alderman.email).exists()


def test_declined_the_proposer_hears_why(proposal, coordinator, partner):
    board_proposals.decline(proposal=proposal, reason="Dat regelt de verzekeraar.", by=coordinator)
    mail = Mail.objects.get(purpose="board_proposal_decided")
    assert mail.recipient == partner.email
    assert "De reden: Dat regelt de verzekeraar." in mail.text
    assert not BoardItem.objects.exists()


def test_where_there_is_no_room_nothing_is_decided(proposal, coalition, coordinator, due_on):
    for number in range(3):
        board_items.ask(coalition=coalition, question=f"Vraag {number}", due_on=due_on, by=coordinator)
    with pytest.raises(board_items.NoRoom):
        board_proposals.take_over(proposal=proposal, due_on=due_on, by=coordinator)
    proposal.refresh_from_db()
    assert proposal.decided_at is None
    assert not Mail.objects.filter(purpose="board_proposal_decided").exists()


def test_it_is_decided_once_and_with_a_reason(proposal, coordinator, due_on):
    with pytest.raises(Refused, match="waarom niet"):
        board_proposals.decline(proposal=proposal, reason=" ", by=coordinator)
    board_proposals.decline(proposal=proposal, reason="Later.", by=coordinator)
    for again in (
        lambda: board_proposals.decline(proposal=proposal, reason="Toch niet.", by=coordinator),
        lambda: board_proposals.take_over(proposal=proposal, due_on=due_on, by=coordinator),
    ):
        with pytest.raises(board_proposals.AlreadyDecided):
            again()
    with pytest.raises(IntegrityError), transaction.atomic():
        BoardProposal.objects.update(declined_reason="Anders")


def test_postgresql_keeps_a_decision_whole_and_inside_its_coalition(proposal, coordinator, due_on):
    elsewhere = board_items.ask(
        coalition=factories.make_coalition(), question="Elders", due_on=due_on, by=coordinator
    )
    decided = {"decided_at": timezone.now(), "decided_by": coordinator}
    for facts in (decided, {"decided_at": timezone.now()}, {**decided, "item": elsewhere}):
        with pytest.raises(IntegrityError), transaction.atomic():
            BoardProposal.objects.update(**facts)


def test_one_person_has_at_most_five_waiting(proposal, coalition, partner):
    for number in range(4):
        board_proposals.propose(coalition=coalition, question=f"Vraag {number}", by=partner)
    with pytest.raises(board_proposals.TooManyOpen):
        board_proposals.propose(coalition=coalition, question="Nog een", by=partner)


def test_a_partner_proposes_and_reads_what_became_of_it(coalition, coordinator, partner, log_in):
    client, page = log_in(partner), address("board-item-list", coalition)
    assert address("board-item-propose", coalition) in client.get(page).text
    assert client.post(address("board-item-propose", coalition), {"question": ""}).status_code == 422
    shown = client.post(address("board-item-propose", coalition), WORDS, follow=True).text
    assert "Je voorstel is verstuurd." in shown
    assert "Wacht op antwoord" in shown
    proposal = BoardProposal.objects.get()
    for name in ("board-proposal-take-over", "board-proposal-decline"):
        assert client.get(address(name, coalition, proposal.pk)).status_code == 403
    board_proposals.decline(proposal=proposal, reason="Dat loopt al.", by=coordinator)
    assert "Dat loopt al." in client.get(page).text


def test_the_coordinator_is_asked_and_decides(proposal, coalition, coordinator, due_on, log_in):
    client, page = log_in(coordinator), address("board-item-list", coalition)
    workplace = client.get(reverse("coalitions:workplace", args=[coalition.slug])).text
    assert "1 voorstel voor een bespreekpunt" in workplace
    assert WORDS["question"] in client.get(page).text
    take_over = address("board-proposal-take-over", coalition, proposal.pk)
    past = {"due_on": "2020-01-01"}
    assert "Die dag is voorbij" in client.post(take_over, past).text
    shown = client.post(take_over, {"due_on": due_on.isoformat()}, follow=True).text
    assert "Het bespreekpunt staat op de pagina" in shown
    assert client.get(take_over).status_code == 404
    workplace = client.get(reverse("coalitions:workplace", args=[coalition.slug])).text
    assert "voorstel voor een bespreekpunt" not in workplace


def test_a_partner_does_not_read_what_others_proposed(proposal, coalition, analyst, log_in):
    assert WORDS["question"] not in log_in(analyst).get(address("board-item-list", coalition)).text
