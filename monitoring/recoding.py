"""Figures on the municipal division of another day: municipalities merge, facts are never moved.

A full merger adds counts and is exact. Of a municipality that was split a part goes along by its
share of the inhabitants: an estimate, which says so and is never judged.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from monitoring.catalogue import codes_without_counts
from monitoring.models import Aggregate, Indicator, Period, Status
from partners.models import Area, AreaSuccession

_VALID = "{0}.valid_from <= {1} AND ({0}.valid_to IS NULL OR {1} < {0}.valid_to)"
# Where each municipality of then ended up on a later day, and which part of it.
LINEAGE = f"""
    lineage(period_id, day, origin_id, area_id, share, is_estimated) AS (
        SELECT period.id, period.reference_date, area.id, area.id, 1::float8, false
        FROM monitoring_period period JOIN partners_area area
          ON area.kind = 'municipality' AND {_VALID.format("area", "period.reference_date")}
        WHERE period.id = ANY(%(periods)s)
        UNION ALL
        SELECT lineage.period_id, lineage.day, lineage.origin_id, succession.successor_id,
               lineage.share * coalesce(succession.share, 1),
               lineage.is_estimated OR succession.kind = 'partial'
        FROM lineage
        JOIN partners_areasuccession succession ON succession.predecessor_id = lineage.area_id
        WHERE succession."on" > lineage.day AND succession."on" <= %(day)s::date
    )
"""
_RECODED = f"""
    WITH RECURSIVE {LINEAGE}
    SELECT lineage.period_id, lineage.area_id, sum(figure.numerator * share), sum(figure.denominator * share),
           coalesce(min(coalesce(figure.status, 'not_delivered'))
                    FILTER (WHERE figure.numerator IS NULL), 'reported'),
           bool_or(is_estimated),
           array_agg(origin.name || ' (' || origin.code || ')' ORDER BY origin.code)
    FROM lineage
    JOIN partners_area area ON area.id = lineage.area_id AND {_VALID.format("area", "%(day)s::date")}
    JOIN partners_area origin ON origin.id = lineage.origin_id
    LEFT JOIN monitoring_aggregate figure
      ON figure.area_id = lineage.origin_id AND figure.indicator_id = %(indicator)s
     AND figure.period_id = lineage.period_id
    WHERE %(areas)s::bigint[] IS NULL OR lineage.area_id = ANY(%(areas)s::bigint[])
    GROUP BY lineage.period_id, lineage.area_id
"""
# Rows of a delivery about municipalities that were gone by then, beside who took them over. Only where
# they went over as a whole; a split one stays an error.
_RECODE = """
    CREATE TEMPORARY TABLE recoded ON COMMIT DROP AS
    WITH RECURSIVE walk AS (
        SELECT staged.row_number, area.id AS area_id, period.reference_date AS day, area.valid_to AS gone
        FROM staged JOIN monitoring_period period ON period.code = staged.period
        JOIN partners_area area ON area.kind = 'municipality' AND area.code = staged.area_code
        WHERE area.valid_to <= period.reference_date AND staged.indicator_code <> ALL(%(shares)s)
        UNION ALL
        SELECT walk.row_number, succession.successor_id, walk.day, walk.gone
        FROM walk JOIN partners_areasuccession succession ON succession.predecessor_id = walk.area_id
        WHERE succession.kind IN ('full', 'rename') AND succession."on" <= walk.day
    )
    SELECT walk.row_number, area.id AS area_id, area.code, walk.gone
    FROM walk JOIN partners_area area ON area.id = walk.area_id AND area.valid_from <= walk.day
         AND (area.valid_to IS NULL OR walk.day < area.valid_to)
"""
# Every municipality that ended up in the successor has to be there, or the sum is short.
_MERGE = """
    WITH RECURSIVE targets AS (
        SELECT staged.indicator_code, staged.period, recoded.code, recoded.area_id, min(recoded.gone) AS gone
        FROM recoded JOIN staged USING (row_number) GROUP BY 1, 2, 3, 4
    ),
    origins(target_id, origin_id) AS (
        SELECT DISTINCT area_id, area_id FROM targets
        UNION
        SELECT origins.target_id, succession.predecessor_id FROM origins
        JOIN partners_areasuccession succession
          ON succession.successor_id = origins.origin_id AND succession.kind IN ('full', 'rename')
    ),
    wanted AS (
        -- As they were on the day before the merger; who is new by it was not there.
        SELECT targets.indicator_code, targets.period, targets.code AS target, area.code
        FROM targets JOIN origins ON origins.target_id = targets.area_id
        JOIN partners_area area
          ON area.id = origins.origin_id AND area.valid_from < targets.gone
         AND (area.valid_to IS NULL OR targets.gone <= area.valid_to)
    ),
    merged AS (
        SELECT wanted.indicator_code, wanted.period, wanted.target AS code,
               min(staged.row_number) AS row_number,
               CASE WHEN count(staged.numerator) = count(*) THEN sum(staged.numerator) END AS numerator,
               CASE WHEN count(staged.denominator) = count(*) THEN sum(staged.denominator) END AS denominator,
               coalesce(min(coalesce(staged.status, 'not_delivered'))
                        FILTER (WHERE staged.numerator IS NULL), 'reported') AS status
        FROM wanted LEFT JOIN staged ON staged.indicator_code = wanted.indicator_code
         AND staged.period = wanted.period AND staged.area_code = wanted.code
        GROUP BY 1, 2, 3
    ),
    gone AS (
        DELETE FROM staged USING wanted
        WHERE staged.indicator_code = wanted.indicator_code AND staged.period = wanted.period
          AND staged.area_code = wanted.code
    )
    INSERT INTO staged (row_number, area_code, period, indicator_code, numerator, denominator, status)
    SELECT row_number, code, period, indicator_code, numerator, denominator, status FROM merged
"""


def recode_staged(cursor: Any) -> int:
    """Add up the staged rows of municipalities that were gone by their period; how many they were.

    Where one of those that merged is missing or has no number, the sum has none either.
    """
    # Shares without counts are never added up.
    cursor.execute(_RECODE, {"shares": codes_without_counts()})
    count = cursor.rowcount
    if count:
        cursor.execute(_MERGE)
    return count


def absent(indicator: Indicator, period: Period, area: Area) -> Aggregate:
    """The figure of an area that did not exist in a period: it says so."""
    return Aggregate(
        indicator=indicator,
        period=period,
        area=area,
        status=Status.NOT_APPLICABLE,
        member_count=0,
        reported_count=0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Recoded:
    """One figure of before on a later division, with what it was made of."""

    area_id: int
    numerator: float | None
    denominator: float | None
    status: str
    # A part of a split municipality goes along by its inhabitants: no margin, no trend, no judgement.
    is_estimated: bool
    parts: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """The municipality was the same then."""
        return len(self.parts) == 1 and not self.is_estimated

    @property
    def provenance(self) -> str:
        """`Opgeteld uit: Brielle (GM0501), …`; empty where nothing was put together."""
        if self.is_same:
            return ""
        words = "Geschat uit delen van" if self.is_estimated else "Opgeteld uit"
        return f"{words}: {', '.join(self.parts)}"


def recoded(
    indicator: Indicator, period: Period, *, on: datetime.date, areas: Iterable[Area] | None = None
) -> dict[int, Recoded]:
    """The published figures of a period per municipality of the later day `on`, by area.

    A sum of which one part is not shown is not shown: with the other parts it would tell of it.
    """
    found = _recoded_rows(indicator, [period], on=on, areas=areas)
    return {area: one for (_, area), one in found.items()}


def recoded_series(
    indicator: Indicator, periods: Iterable[Period], area: Area, *, on: datetime.date
) -> dict[int, Recoded]:
    """The same of one municipality of the later day in many periods, by period; one query."""
    found = _recoded_rows(indicator, periods, on=on, areas=[area])
    return {period: one for (period, _), one in found.items()}


def has_changed(area: Area) -> bool:
    """Whether a municipality took over others, or parts of them; one query."""
    return AreaSuccession.objects.filter(successor=area).exclude(kind="rename").exists()


def _recoded_rows(
    indicator: Indicator, periods: Iterable[Period], *, on: datetime.date, areas: Iterable[Area] | None
) -> dict[tuple[int, int], Recoded]:
    parameters: dict[str, Any] = {
        "day": on,
        "indicator": indicator.pk,
        "periods": [period.pk for period in periods],
        "areas": None if areas is None else [area.pk for area in areas],
    }
    with connection.cursor() as cursor:
        cursor.execute(_RECODED, parameters)
        return {(period, row[0]): _recoded(row) for period, *row in cursor.fetchall()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One period of one municipality, as it was published and on the division of a later day."""

    period: Period
    published: Aggregate | None
    recoded: Recoded | None

    @property
    def is_broken(self) -> bool:
        """The published figure is about another area than that of today."""
        return self.recoded is not None and not self.recoded.is_same


def both_series(indicator: Indicator, area: Area, *, on: datetime.date) -> list[Step]:
    """Every period up to `on` twice, oldest first: as published, and recoded to the division of `on`.

    Three queries.
    """
    periods = Period.objects.filter(
        editions__indicator=indicator, editions__release__publications__is_only=True, reference_date__lte=on
    ).order_by("reference_date", "code")
    own = {row.period_id: row for row in indicator.aggregates.filter(area=area)}
    found = recoded_series(indicator, periods, area, on=on)
    return [
        Step(period=period, published=own.get(period.pk), recoded=found.get(period.pk)) for period in periods
    ]


def _recoded(row: Sequence[Any]) -> Recoded:
    area_id, x, n, status, is_estimated, parts = row
    is_shown = status == Status.REPORTED
    return Recoded(
        area_id=area_id,
        numerator=x if is_shown else None,
        denominator=n if is_shown else None,
        status=status,
        is_estimated=is_estimated,
        parts=tuple(parts),
    )
