"""What the board page must know of a coalition before it reads anything else: one query for all of it."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery

from coalitions.models import Coalition, Seat, SeatLevel
from monitoring import keeping
from monitoring.board_agreements import title_in_use
from monitoring.models import BoardVisit, HeadlineChoice


def facts_of(coalition: Coalition, person: Any) -> dict[str, Any]:
    """The title of the text in use, the chosen indicators, the earlier visits of `person`, for which
    organisations she governs, and what the figures are made of."""
    choice = HeadlineChoice.objects.filter(coalition=OuterRef("pk")).order_by("position")
    visits = BoardVisit.objects.filter(coalition=OuterRef("pk"), person=person)
    seats = Seat.objects.current().filter(
        level=SeatLevel.BOARD, membership__coalition=OuterRef("pk"), representative__person=person
    )
    return (
        Coalition.objects.filter(pk=coalition.pk)
        .values(
            title=Subquery(title_in_use()),
            codes=ArraySubquery(choice.values("indicator_code")),
            seen_at=Subquery(visits.values("seen_at")),
            before_at=Subquery(visits.values("before_at")),
            governed=ArraySubquery(seats.order_by("pk").values("membership__organisation")),
            **keeping.stamp_parts(),
        )
        .get()
    )
