"""When each member last did something, for who works on the list."""

import datetime
from functools import lru_cache

from django.db.models import DateField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest, TruncDate

from actions.models import Attendance, ProgressReport
from portal import days
from portal.hooks import Column


@lru_cache(maxsize=1)
def columns() -> list[Column]:
    """The last day on which somebody came to a meeting or reported on an action."""
    attended = Attendance.objects.filter(
        organisation=OuterRef("organisation"), meeting__coalition=OuterRef("coalition")
    )
    reported = ProgressReport.objects.filter(membership=OuterRef("pk"))
    return [
        Column(
            key="last_active",
            label="Laatst actief",
            annotation=Greatest(
                _last(attended, "organisation", "meeting__starts_at"),
                _last(reported, "membership", "submitted_at"),
            ),
            value=_shown,
            is_internal=True,
        )
    ]


def _last(rows: QuerySet, of: str, moment: str) -> Subquery:
    day = rows.order_by().values(of).annotate(day=TruncDate(Max(moment))).values("day")
    return Subquery(day, output_field=DateField())


def _shown(day: datetime.date | None) -> str:
    return days.shortly(day) if day else ""
