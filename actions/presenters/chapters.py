"""The local chapters of a programme beside the municipalities that have none yet."""

from dataclasses import dataclass

from django.db.models import QuerySet

from actions.models import LocalChapter, Programme
from coalitions.models import Coalition
from partners.models import Area


@dataclass(frozen=True, kw_only=True)
class ChapterLine:
    """One municipality, and what it wrote if it did."""

    municipality: Area
    chapter: LocalChapter | None
    may_write: bool


def lines(coalition: Coalition, programme: Programme, writes: QuerySet[Area]) -> list[ChapterLine]:
    """A line for each municipality of today. Three queries."""
    written = {one.municipality_id: one for one in programme.chapters.select_related("contact")}
    within = set(writes.order_by().values_list("pk", flat=True))
    return [
        ChapterLine(municipality=place, chapter=written.get(place.pk), may_write=place.pk in within)
        for place in coalition.municipalities().order_by("sort_key")
    ]
