"""What differs between two releases: each figure that is judged or shown otherwise, of a year or of three."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from monitoring import pooling
from monitoring.models import Aggregate, PooledFigure, Release, Status
from partners.models import Area, AreaKind

# Only what was worked out anew can be another figure.
_OF_YEARS = """
    WITH pairs AS (
        SELECT edition.indicator_id, edition.period_id
        FROM monitoring_edition edition LEFT JOIN monitoring_edition old
          ON old.release_id = %(old)s AND old.indicator_id = edition.indicator_id
         AND old.period_id = edition.period_id
        WHERE edition.release_id = %(new)s AND old.partition_id IS DISTINCT FROM edition.partition_id
    ),
    figures AS (
        SELECT figure.* FROM monitoring_releasefigure figure
        JOIN pairs USING (indicator_id, period_id) WHERE figure.release_id IN (%(old)s, %(new)s)
    )
    SELECT indicator.name, period.label, period.reference_date, area.id, area.name, area.kind, area.sort_key,
           old.status, old.compared_998, new.status, new.compared_998, count(*) OVER ()
    FROM (SELECT * FROM figures WHERE release_id = %(old)s) AS old
    FULL JOIN (SELECT * FROM figures WHERE release_id = %(new)s) AS new
        USING (indicator_id, period_id, area_id)
    JOIN monitoring_indicator indicator ON indicator.id = indicator_id
    JOIN monitoring_period period ON period.id = period_id
    JOIN partners_area area ON area.id = area_id
    WHERE (old.status, old.compared_998) IS DISTINCT FROM (new.status, new.compared_998)
    -- Where there are too many, those of the country are not the ones that are left out.
    ORDER BY area.kind <> %(country)s, indicator.name, period.reference_date, area.sort_key
    LIMIT %(most)s
"""

# The status of a figure and how it stands beside the country; None where there is no figure.
Judged = tuple[str | None, str | None]
NO_FIGURE: Judged = (None, None)


@dataclass(frozen=True, kw_only=True)
class Place:
    """The area of a change, with what puts it in order."""

    pk: int
    name: str
    kind: str
    sort_key: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """One figure whose judgement or visibility differs between two releases."""

    indicator: str
    period: str
    reference_date: datetime.date
    place: Place
    before: Judged
    after: Judged

    @property
    def old(self) -> str:
        """How it was."""
        return _words(*self.before)

    @property
    def new(self) -> str:
        """How it is."""
        return _words(*self.after)

    @property
    def is_of_a_known_figure(self) -> bool:
        """Whether the figure was there before and is there now."""
        return NO_FIGURE not in (self.before, self.after)

    @property
    def is_lost_for_the_country(self) -> bool:
        """Whether it was shown of the country and is not any more: nothing can be laid beside it then."""
        was, now = self.before[0], self.after[0]
        return self.place.kind == AreaKind.COUNTRY and was == Status.REPORTED != now


@dataclass(frozen=True, kw_only=True)
class Alike:
    """What changes in the same way in several places: one figure in one period."""

    indicator: str
    period: str
    old: str
    new: str
    # A coalition of one municipality has its name, and is told with it as one.
    places: list[str]


def alike(changes: Iterable[Change]) -> list[Alike]:
    """Changes put together, in the order of the first of each."""
    found: dict[tuple[str, str, str, str], dict[str, None]] = defaultdict(dict)
    for one in changes:
        found[one.indicator, one.period, one.old, one.new][one.place.name] = None
    return [
        Alike(indicator=indicator, period=period, old=old, new=new, places=list(places))
        for (indicator, period, old, new), places in found.items()
    ]


def between(old: Release, new: Release, *, most: int | None = None) -> tuple[list[Change], int]:
    """The changes in the order of a page, of years at most `most`; and how many there are."""
    with connection.cursor() as cursor:
        cursor.execute(
            _OF_YEARS, {"old": old.pk, "new": new.pk, "most": most, "country": AreaKind.COUNTRY.value}
        )
        rows = cursor.fetchall()
    windows = list(_of_windows(old, new))
    found = [*(_of_year(row) for row in rows), *windows]
    found.sort(key=lambda one: (one.indicator, one.reference_date, one.period, one.place.sort_key))
    return found, (rows[0][-1] if rows else 0) + len(windows)


def _of_year(row: tuple[Any, ...]) -> Change:
    indicator, period, day, pk, name, kind, sort_key, *judged, _ = row
    return Change(
        indicator=indicator,
        period=period,
        reference_date=day,
        place=Place(pk=pk, name=name, kind=kind, sort_key=sort_key),
        before=(judged[0], judged[1]),
        after=(judged[2], judged[3]),
    )


def _of_windows(old: Release, new: Release) -> Iterator[Change]:
    """The same of three years together: those that were put together anew; one query."""
    rows = list(PooledFigure.objects.of_one_alone(old, new).for_page())
    known, anew = (
        {_key(figure): figure for figure in pooling.figures(row for row in rows if row.is_new == is_new)}
        for is_new in (False, True)
    )
    in_both = {key[:2] for key in anew}
    for key in known.keys() | anew.keys():
        was, now = known.get(key), anew.get(key)
        before, after = _judged(was), _judged(now)
        figure = now or was
        if before == after or figure is None or key[:2] not in in_both:
            continue
        yield Change(
            indicator=figure.indicator.name,
            period=figure.period.label,
            reference_date=figure.period.reference_date,
            place=_place(figure.area),
            before=before,
            after=after,
        )


def _key(figure: Aggregate) -> tuple[int, str, int]:
    return figure.indicator_id, figure.period.code, figure.area_id


def _judged(figure: Aggregate | None) -> Judged:
    return (figure.status, figure.compared_998) if figure else NO_FIGURE


def _place(area: Area) -> Place:
    return Place(pk=area.pk, name=area.name, kind=area.kind, sort_key=area.sort_key)


def _words(status: str | None, compared: str | None) -> str:
    """How a figure is shown and judged, in a few words."""
    if status is None:
        return "geen cijfer"
    if status != Status.REPORTED:
        return str(Status(status).label)
    words = {
        "higher": "duidelijk hoger dan Nederland",
        "lower": "duidelijk lager dan Nederland",
        "same": "geen duidelijk verschil met Nederland",
    }
    return words.get(compared or "", "getoond, niet met Nederland vergeleken")
