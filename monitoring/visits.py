"""Since when something is new to somebody on the board page."""

import datetime
from typing import Any

from django.utils import timezone

from coalitions.models import Coalition
from monitoring.models import BoardVisit

# Who looks twice within this time is still on the same visit.
ONE_VISIT = datetime.timedelta(minutes=30)


def visit(
    coalition: Coalition,
    person: Any,
    *,
    seen_at: datetime.datetime | None,
    before_at: datetime.datetime | None,
) -> datetime.datetime | None:
    """Note this visit beside what is known of earlier ones; the moment of the visit before this one,
    None on the first. At most one write in half an hour."""
    now = timezone.now()
    if seen_at is None:
        # Two windows may open at once: the second finds the row of the first.
        BoardVisit.objects.get_or_create(coalition=coalition, person=person, defaults={"seen_at": now})
        return None
    if now - seen_at < ONE_VISIT:
        return before_at
    known = BoardVisit.objects.filter(coalition=coalition, person=person, seen_at=seen_at)
    known.update(before_at=seen_at, seen_at=now)
    return seen_at
