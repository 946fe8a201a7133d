"""Partners and analysts propose what to ask of those who govern; who may ask it decides."""

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from coalitions.models import Coalition, CoalitionRole, Role
from monitoring import board_items
from monitoring.models import BoardItem, BoardProposal
from partners.models import Organisation, Person
from portal import outbox
from portal.acts import Refused, act

# More wait for nobody's answer.
MOST_OPEN = 5


class TooManyOpen(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Vijf voorstellen van jou wachten nog op antwoord. Wacht daarop voor je er nog een doet."
        )


class AlreadyDecided(Refused):
    def __init__(self) -> None:
        super().__init__("Over dit voorstel is al besloten.")


def propose(
    *,
    coalition: Coalition,
    question: str,
    by: Person,
    explanation: str = "",
    organisation: Organisation | None = None,
) -> BoardProposal:
    """Lay it before the coordinators, who hear of it by mail."""
    with act(by=by):
        Coalition.objects.select_for_update(no_key=True).get(pk=coalition.pk)
        if coalition.board_proposals.open().filter(proposed_by=by).count() >= MOST_OPEN:
            raise TooManyOpen
        proposal = BoardProposal(
            coalition=coalition,
            question=question.strip(),
            explanation=explanation.strip(),
            organisation=organisation,
            proposed_by=by,
        )
        proposal.full_clean(exclude=["proposed_at"])
        proposal.save(force_insert=True)
        for person in _coordinators(coalition):
            _mail("board_item_proposed", proposal, person)
    return proposal


def take_over(*, proposal: BoardProposal, due_on: datetime.date, by: Person) -> BoardItem:
    """It becomes a bespreekpunt in the words of who proposed it."""
    with act(by=by):
        proposal = _open(proposal)
        item = board_items.ask(
            coalition=proposal.coalition,
            question=proposal.question,
            explanation=proposal.explanation,
            organisation=proposal.organisation,
            due_on=due_on,
            by=by,
        )
        _decide(proposal, by=by, item=item)
    return item


def decline(*, proposal: BoardProposal, reason: str, by: Person) -> BoardProposal:
    """It is not asked; who proposed it hears why."""
    with act(by=by):
        proposal = _open(proposal)
        _decide(proposal, by=by, reason=reason.strip())
    return proposal


def _open(proposal: BoardProposal) -> BoardProposal:
    held = (
        BoardProposal.objects.select_for_update(no_key=True, of=("self",))
        .select_related("coalition", "organisation", "proposed_by")
        .get(pk=proposal.pk)
    )
    if held.decided_at is not None:
        raise AlreadyDecided
    return held


def _decide(proposal: BoardProposal, *, by: Person, item: BoardItem | None = None, reason: str = "") -> None:
    proposal.item, proposal.declined_reason = item, reason
    proposal.decided_at, proposal.decided_by = timezone.now(), by
    proposal.full_clean(exclude=["proposed_at"])
    proposal.save(update_fields=["item", "declined_reason", "decided_at", "decided_by"])
    if proposal.proposed_by.email and proposal.proposed_by != by:
        _mail("board_proposal_decided", proposal, proposal.proposed_by)


def _coordinators(coalition: Coalition) -> QuerySet[Person]:
    roles = CoalitionRole.objects.current().filter(coalition=coalition, role=Role.COORDINATOR)
    return Person.objects.filter(pk__in=roles.values("person"), email__isnull=False).order_by("pk")


def _mail(purpose: str, proposal: BoardProposal, person: Person) -> None:
    outbox.post(
        purpose=purpose,
        reference=f"board-proposal:{proposal.pk}",
        recipient=person.email or "",
        context={"proposal": proposal, "person": person},
    )
