"""When each member last did something, for who works on the list."""

import datetime
from functools import lru_cache

from django.db.models import DateField, OuterRef, QuerySet, Subquery
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
    last = Greatest(_last(attended, "meeting__starts_at"), _last(reported, "submitted_at"))
    return [
        Column(
            key="last_active",
            label="Laatst actief",
            annotation=lambda _: last,
            value=_shown,
            is_internal=True,
        )
    ]


def _last(rows: QuerySet, moment: str) -> Subquery:
    # Found at the end of an index; to look for the highest of all would read years of reports.
    newest = rows.filter(**{f"{moment}__isnull": False}).order_by(f"-{moment}")
    return Subquery(newest.values(day=TruncDate(moment))[:1], output_field=DateField())


def _shown(day: datetime.date | None) -> str:
    return days.shortly(day) if day else ""
