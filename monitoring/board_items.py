"""What a coalition asks of those who govern, and what they answer."""

import datetime
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from actions.models import Decision
from coalitions.access import ActingRole, roles_in
from coalitions.models import Coalition, CoalitionRole, Role, Seat, SeatLevel
from coalitions.models.memberships import MEMBER_STATES
from monitoring.models import AnswerKind, BoardAnswer, BoardItem
from monitoring.models.board import MOST_ITEMS
from partners.models import Organisation, Person
from portal import outbox
from portal.acts import Refused, act

MOST_DECISIONS = 10
GOVERNMENTS = ("gemeente", "provincie")


class DayGone(Refused):
    def __init__(self) -> None:
        super().__init__("Die dag is voorbij. Kies vandaag of een latere dag.")


class NoRoom(Refused):
    def __init__(self) -> None:
        super().__init__("Er staan al drie bespreekpunten. Rond er eerst een af.")


class NotGoverning(Refused):
    def __init__(self) -> None:
        super().__init__("Alleen wie bestuurt geeft antwoord op een bespreekpunt.")


class OfAnotherCoalition(Refused):
    def __init__(self) -> None:
        super().__init__("Dat besluit is van een andere coalitie.")


class Closed(Refused):
    def __init__(self) -> None:
        super().__init__("Dit bespreekpunt is al afgerond.")


class NotAsked(Refused):
    def __init__(self, item: BoardItem) -> None:
        super().__init__(f"Dit bespreekpunt is gevraagd aan {item.organisation}.")


def governments(coalition: Coalition) -> list[Organisation]:
    """The municipalities and provinces that take part, by name."""
    return list(
        Organisation.objects.filter(
            type__code__in=GOVERNMENTS,
            memberships__coalition=coalition,
            memberships__state__in=MEMBER_STATES,
        ).order_by("sort_key")
    )


def ask(
    *,
    coalition: Coalition,
    question: str,
    due_on: datetime.date,
    by: Person,
    explanation: str = "",
    organisation: Organisation | None = None,
    decision: Decision | None = None,
) -> BoardItem:
    """Put one thing on the board page and mail it to whom it is asked of."""
    if due_on < timezone.localdate():
        raise DayGone
    if decision is not None and decision.meeting.coalition_id != coalition.pk:
        raise OfAnotherCoalition
    with act(by=by):
        Coalition.objects.select_for_update(no_key=True).get(pk=coalition.pk)
        taken = set(coalition.board_items.open().values_list("slot", flat=True))
        free = [slot for slot in range(1, MOST_ITEMS + 1) if slot not in taken]
        if not free:
            raise NoRoom
        item = BoardItem(
            coalition=coalition,
            slot=free[0],
            question=question.strip(),
            explanation=explanation.strip(),
            organisation=organisation,
            decision=decision,
            due_on=due_on,
            asked_by=by,
        )
        item.full_clean(exclude=["asked_at"])
        item.save(force_insert=True)
        _tell(item, _governing(coalition, organisation))
    return item


def decisions_to_ask(coalition: Coalition) -> QuerySet[Decision]:
    """What meetings decided and nobody who governs was asked yet, the newest first."""
    return (
        Decision.objects.filter(meeting__coalition=coalition, board_items__isnull=True)
        .select_related("meeting")
        .order_by("-meeting__starts_at", "-pk")[:MOST_DECISIONS]
    )


def _governing(coalition: Coalition, organisation: Organisation | None) -> list[Person]:
    """Who governs here now and can be reached: of one organisation, or of all."""
    seats = Seat.objects.current().filter(
        level=SeatLevel.BOARD,
        membership__coalition=coalition,
        membership__state__in=MEMBER_STATES,
        membership__organisation__type__code__in=GOVERNMENTS,
    )
    if organisation is not None:
        seats = seats.filter(membership__organisation=organisation)
        wanted = Q(pk__in=seats.values("representative__person"))
    else:
        leading = CoalitionRole.objects.current().filter(
            coalition=coalition, role__in=[Role.COMMISSIONER, Role.FIGUREHEAD]
        )
        wanted = Q(pk__in=seats.values("representative__person")) | Q(pk__in=leading.values("person"))
    return list(Person.objects.filter(wanted, email__isnull=False).order_by("pk"))


def _tell(item: BoardItem, people: Iterable[Person]) -> None:
    for person in people:
        outbox.post(
            purpose="board_item_asked",
            reference=f"board-item:{item.pk}",
            recipient=person.email or "",
            context={"item": item, "person": person},
        )


def close(*, item: BoardItem, by: Person) -> None:
    """Take it off the page; its answers are kept."""
    with act(by=by):
        open_items = BoardItem.objects.open().filter(pk=item.pk)
        if not open_items.update(closed_at=Now(), closed_by=by):
            raise Closed


def answer(*, item: BoardItem, kind: str, by: Person, note: str = "") -> BoardAnswer:
    """What somebody who governs says of it; a later answer follows an earlier one."""
    if ActingRole.ALDERMAN not in roles_in(by, item.coalition):
        raise NotGoverning
    with act(by=by):
        held = BoardItem.objects.select_for_update(no_key=True).get(pk=item.pk)
        if held.closed_at is not None:
            raise Closed
        organisations = governed_by(by, item.coalition)
        if item.organisation_id:
            organisations = [one for one in organisations if one.pk == item.organisation_id]
            if not organisations:
                raise NotAsked(item)
        given = BoardAnswer(
            item=item,
            kind=AnswerKind(kind),
            note=note.strip(),
            organisation=organisations[0] if organisations else None,
            answered_by=by,
        )
        given.full_clean(exclude=["answered_at"])
        given.save(force_insert=True)
    return given


def governed_by(person: Person, coalition: Coalition) -> list[Organisation]:
    """The municipalities and provinces for which `person` governs here, by name."""
    seats = Seat.objects.current().filter(
        level=SeatLevel.BOARD, membership__coalition=coalition, representative__person=person
    )
    return list(
        Organisation.objects.filter(
            pk__in=seats.values("membership__organisation"), type__code__in=GOVERNMENTS
        ).order_by("sort_key")
    )
