"""What is asked of who governs: the bespreekpunten that she did not deal with yet."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from coalitions.access import ActingRole, Permission, can, reach_of
from coalitions.models import Coalition, Seat, SeatLevel
from monitoring.models import BoardAnswer, BoardItem
from monitoring.presenters.board_items import DONE
from portal.addresses import address_of
from portal.hooks import Ask, AskKind
from portal.numbers import counted


def asks_of(person: Any) -> list[Ask]:
    """Each bespreekpunt of everybody or of her government to which she gave no final answer; one query."""
    governed = [pk for pk, roles in reach_of(person).items() if pk and ActingRole.ALDERMAN in roles]
    if not governed:
        return []
    dealt_with = BoardAnswer.objects.filter(item=OuterRef("pk"), answered_by=person, kind__in=DONE)
    seats = Seat.objects.current().filter(
        level=SeatLevel.BOARD,
        representative__person=person,
        membership__coalition=OuterRef("coalition"),
        membership__organisation=OuterRef("organisation"),
    )
    items = (
        BoardItem.objects.open()
        .filter(~Exists(dealt_with), Q(organisation__isnull=True) | Exists(seats), coalition__in=governed)
        .select_related("coalition")
        .order_by("due_on", "pk")
    )
    return [
        Ask(
            kind=AskKind.FIGURES,
            title=item.question,
            url=address_of("monitoring:board-item-answer", item.coalition.slug, item.pk),
            action="Geef antwoord",
            due=item.due_on,
            detail=f"Bespreekpunt van {item.coalition}",
        )
        for item in items
    ]


def asks_in(coalition: Coalition, person: Any) -> list[Ask]:
    """What was proposed to ask of who governs, for who may ask it; one query."""
    if not can(person, Permission.BOARD_ITEM_ENTER, coalition):
        return []
    count = coalition.board_proposals.open().count()
    if not count:
        return []
    return [
        Ask(
            kind=AskKind.FIGURES,
            title=counted(count, "voorstel voor een bespreekpunt", "voorstellen voor bespreekpunten"),
            url=address_of("monitoring:board-item-list", coalition.slug) + "#voorstellen",
            action="Bekijk",
        )
    ]
