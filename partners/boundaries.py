"""The borders of municipalities on a map: bringing in a file, and the shapes that hold on a day."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.db.models import Subquery
from django.utils import timezone
from django.utils.formats import date_format

from partners.boundary_files import BoundaryReading, read_boundaries
from partners.models import Area, AreaShape, BoundaryFile, Person
from partners.simplification import MultiPolygon, simplified
from portal.acts import act
from portal.findings import MAX_ISSUES, Issue, sha256

# How far a border may move, in metres, and the decimals of a degree that go with it: for a map of one
# region, and for a map of the whole country on which a dot is a kilometre.
FINE = {"metres": 60.0, "decimals": 4}
COARSE = {"metres": 500.0, "decimals": 3}
MOST_NAMED = 10
# From this many municipalities on a map is as coarse as the country.
MANY = 41


class BoundariesRefused(Exception):
    """The file is wrong; nothing was stored."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("Er is niets opgeslagen. Verbeter eerst de fouten, of kies een ander bestand.")


@dataclass(frozen=True, slots=True)
class Outlines:
    """Shapes by the key of their area, and the day of which they are the borders."""

    day: datetime.date
    by_area: Mapping[int, MultiPolygon]


def import_boundaries(
    *, content: bytes, filename: str, by: Person | None, year: int | None = None
) -> BoundaryFile:
    """Keep the borders in a file; those of the same day that were there before go.

    Refused with BoundariesRefused, and then nothing changes.
    """
    reading = read_boundaries(content, year=year)
    areas = _areas(reading)
    fine = simplified(reading.shapes, **FINE)  # type: ignore[arg-type]
    coarse = simplified(reading.shapes, **COARSE)  # type: ignore[arg-type]
    with act(by=by):
        file = BoundaryFile(
            valid_from=_day(reading),
            name=PurePath(filename).name[:200],
            sha256=sha256(content),
            area_count=len(areas),
            notes=list(reading.notes),
            imported_by=by,
        )
        BoundaryFile.objects.filter(valid_from=file.valid_from).delete()
        file.full_clean()
        file.save(force_insert=True)
        AreaShape.objects.bulk_create(
            AreaShape(file=file, area_id=pk, outline=fine[code], coarse_outline=coarse[code])
            for code, pk in areas.items()
        )
    return file


def outlines(area_ids: Iterable[int], *, on: datetime.date) -> Outlines | None:
    """The shapes of these municipalities on that day; None where not every one has a shape of a division
    that held then. One query."""
    wanted = set(area_ids)
    field = "outline" if len(wanted) < MANY else "coarse_outline"
    file = BoundaryFile.objects.holding_on(on).values("pk")[:1]
    rows = AreaShape.objects.filter(file=Subquery(file), area__in=wanted).values_list(
        "area_id", "file__valid_from", field
    )
    found = {area: (day, shape) for area, day, shape in rows}
    if not wanted or set(found) != wanted:
        return None
    (day,) = {day for day, _ in found.values()}
    return Outlines(day, {area: shape for area, (_, shape) in found.items()})


def _day(reading: BoundaryReading) -> datetime.date:
    # The files of CBS are about the division of 1 January.
    return datetime.date(reading.year or 1, 1, 1)


def _areas(reading: BoundaryReading) -> dict[str, int]:
    """The keys of the municipalities in the file, which must be all of that day and no other."""
    if reading.errors:
        raise BoundariesRefused(reading.errors)
    day = _day(reading)
    if day > timezone.localdate():
        raise BoundariesRefused([_issue(f"Grenzen van {day.year} zijn er nog niet. Kies een ouder bestand.")])
    known: dict[str, int] = dict(Area.objects.municipalities().on(day).values_list("code", "pk"))
    unknown, missing = sorted(set(reading.shapes) - set(known)), sorted(set(known) - set(reading.shapes))
    words = date_format(day, "j F Y")
    issues = [
        _issue(f"{code} is op {words} geen gemeente. Is het bestand wel van {day.year}?", code)
        for code in unknown[:MAX_ISSUES]
    ]
    if missing:
        names: Any = Area.objects.municipalities().filter(code__in=missing[:MOST_NAMED])
        named = ", ".join(f"{area.name} ({area.code})" for area in names)
        more = f" en nog {len(missing) - MOST_NAMED}" if len(missing) > MOST_NAMED else ""
        issues.append(_issue(f"In het bestand ontbreken gemeenten van {words}: {named}{more}."))
    if issues:
        raise BoundariesRefused(issues)
    return known


def _issue(message: str, value: str = "") -> Issue:
    return Issue(None, "gemeentecode" if value else "", value, message)
