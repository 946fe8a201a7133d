"""Two people edit the same thing: the second is told what the first wrote, and nothing is lost.

A page keeps the revision of what it shows; the operation that writes compares it on the locked row.
Who then sends her words once more knows what she writes over, and does so.
"""

import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator

from portal.acts import Refused

SHOWN_LENGTH = 80


class ChangedMeanwhile(Refused):
    """Somebody else changed this since it was shown; the text holds both values."""

    def __init__(self, message: str, *, revision: int) -> None:
        self.revision = revision
        super().__init__(message)


def revision_of(row: Any) -> int:
    """The number of the last change of a row whose history is kept; 0 where there is none."""
    last = row.events.order_by("-pgh_id").values_list("pgh_id", flat=True).first()
    return last or 0


def latest_revision(model: Any) -> int:
    """The number of the last change of any row of `model`, for a page that shows many of them."""
    return model.pgh_event_model.objects.aggregate(last=models.Max("pgh_id"))["last"] or 0


def touched(row: Any, *, seen: int | None, wanted: dict[str, Any]) -> dict[str, Any]:
    """The part of `wanted` that is other than what was shown at revision `seen`: of a page with many
    rows somebody changes a few."""
    before = row.events.filter(pgh_id__lte=seen).order_by("-pgh_id").first() if seen is not None else None
    if before is None:
        return wanted
    return {field: value for field, value in wanted.items() if getattr(before, field) != value}


def refuse_if_changed(row: Any, *, seen: int | None, wanted: dict[str, Any], name: str = "") -> None:
    """Raise ChangedMeanwhile where `row`, locked, changed after revision `seen` in a field of `wanted`.

    Without `seen` the caller did not show the row to anybody, and nothing is compared. `name` says which
    of several rows it is.
    """
    if seen is None:
        return
    events = row.events.select_related("pgh_context").order_by("-pgh_id")
    last = events.first()
    if last is None or last.pgh_id <= seen:
        return
    before = events.filter(pgh_id__lte=seen).first()
    fields = [
        field
        for field, value in wanted.items()
        if (before is None or getattr(before, field) != getattr(row, field)) and value != getattr(row, field)
    ]
    if not fields:
        return
    values = " ".join(_both_values(row, field, wanted[field], name) for field in fields)
    raise ChangedMeanwhile(
        f"{meanwhile(_by_whom(last), last.pgh_created_at)}. {values} Er is niets opgeslagen. "
        "Sla nog een keer op als jouw antwoord moet gelden.",
        revision=last.pgh_id,
    )


def meanwhile(by: Any = None, at: datetime.datetime | None = None) -> str:
    """How a refusal begins where somebody was there first: who, and when; the day too where it was
    another one."""
    who = f" door {by}" if by else ""
    if at is None:
        return f"Intussen gewijzigd{who}"
    moment = timezone.localtime(at)
    day = "" if moment.date() == timezone.localdate() else f" op {date_format(moment, 'j F Y')}"
    return f"Intussen gewijzigd{who}{day} om {moment:%H.%M} uur"


def last_change(row: Any) -> str:
    """As `meanwhile`, of the last change of `row`."""
    last = row.events.select_related("pgh_context").order_by("-pgh_id").first()
    return meanwhile(_by_whom(last), last.pgh_created_at) if last else meanwhile()


def _both_values(row: models.Model, field: str, mine: Any, name: str) -> str:
    known = row._meta.get_field(field)
    label = f"{name}: {known.verbose_name}" if name else known.verbose_name  # type: ignore[union-attr]
    words = dict(getattr(known, "flatchoices", ()))
    now, mine = (words.get(value, value) for value in (getattr(row, field), mine))
    return f"Bij ‘{label}’ staat nu ‘{_shown(now)}’; jij vulde in ‘{_shown(mine)}’."


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime.date):
        return date_format(value, "j F Y")
    return Truncator(str(value)).chars(SHOWN_LENGTH) if value not in (None, "") else "leeg"


def _by_whom(event: Any) -> Any:
    pk = event.pgh_context.metadata.get("user") if event.pgh_context else None
    return get_user_model().objects.filter(pk=pk).first() if pk else None
