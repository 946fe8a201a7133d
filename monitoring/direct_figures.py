"""Figures that a source gives of a region itself: these win over the sum of its municipalities.

Where both are known, an analyst sees how far they are apart before the delivery is accepted.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from monitoring.models import DIRECT_KINDS, Status
from partners.models import AreaKind
from portal.findings import MAX_ISSUES, Issue
from portal.numbers import dutch_number

# Of which areas a file may hold figures.
DELIVERED_KINDS = (AreaKind.MUNICIPALITY, AreaKind.VSV, *DIRECT_KINDS)


def in_sql(kinds: tuple[AreaKind, ...]) -> str:
    """These kinds as a list in SQL."""
    return ", ".join(f"'{kind}'" for kind in kinds)


def names_of(kind: str, name: str, code: str) -> Iterator[str]:
    """How a file may write an area besides by a code of CBS."""
    # As CBS writes it: two municipalities have the name of their province.
    yield f"{name} (PV)" if kind == AreaKind.PROVINCE else name
    if kind != AreaKind.MUNICIPALITY:
        yield code


# A cell that is left empty says nothing of a region: the sum of its municipalities stays. Where there is a
# figure by now, it ends.
_LEAVE_OUT = f"""
    DELETE FROM staged USING partners_area area
    WHERE area.code = staged.area_code AND area.kind IN ({in_sql(DIRECT_KINDS)})
      AND staged.status = '{Status.NOT_DELIVERED}' AND NOT EXISTS (
          SELECT FROM monitoring_observation known
          JOIN monitoring_indicator indicator ON indicator.id = known.indicator_id AND indicator.is_current
          JOIN monitoring_period period ON period.id = known.period_id
          WHERE indicator.code = staged.indicator_code AND period.code = staged.period
            AND known.area_id = area.id AND known.superseded_at IS NULL
      )
"""
_WITHOUT_NUMBER = f"""
    SELECT row_number, area_code, area.name, staged.status
    FROM staged JOIN partners_area area ON area.code = staged.area_code
     AND area.kind IN ({in_sql(DIRECT_KINDS)})
    JOIN monitoring_indicator indicator ON indicator.code = staged.indicator_code AND indicator.is_current
    WHERE staged.numerator IS NULL AND indicator.is_summed
    ORDER BY 1 LIMIT {MAX_ISSUES}
"""
_HELD = """
    SELECT known.numerator, known.denominator FROM monitoring_observation known
    WHERE known.indicator_id = {0}.indicator_id AND known.period_id = {0}.period_id
      AND known.area_id = {1} AND known.superseded_at IS NULL OFFSET 0
"""
# What a source says of a region, and what it or an earlier file says of the municipalities in it.
_BESIDE_SUMS = f"""
    WITH pairs AS MATERIALIZED (
        SELECT indicator.id AS indicator_id, period.id AS period_id, period.reference_date AS day,
               found.indicator_code, found.period
        FROM (SELECT DISTINCT indicator_code, period FROM staged) AS found
        JOIN monitoring_indicator indicator
          ON indicator.code = found.indicator_code AND indicator.is_current AND indicator.is_summed
        JOIN monitoring_period period ON period.code = found.period
    ),
    said AS MATERIALIZED (
        SELECT area.id AS area_id, staged.*
        FROM staged JOIN partners_area area ON area.code = staged.area_code
         AND area.kind IN ({in_sql(DIRECT_KINDS)})
    ),
    direct AS MATERIALIZED (
        SELECT pairs.*, area.id AS area_id, area.code, area.name, said.row_number,
               coalesce(said.numerator, held.numerator) AS x,
               coalesce(said.denominator, held.denominator) AS n
        FROM pairs JOIN partners_area area ON area.kind IN ({in_sql(DIRECT_KINDS)})
        LEFT JOIN said ON said.area_id = area.id AND said.indicator_code = pairs.indicator_code
         AND said.period = pairs.period
        LEFT JOIN LATERAL ({_HELD.format("pairs", "area.id")}) AS held ON said.row_number IS NULL
        WHERE coalesce(said.numerator, held.numerator) IS NOT NULL
    ),
    -- The country is what its municipalities are together, and what its GGD regions are.
    parts AS (
        SELECT region_id, member_id, 'gemeenten' AS kind, valid_from, valid_to FROM partners_areamember
        UNION ALL
        SELECT country.id, region.id, 'GGD-regio''s', region.valid_from, region.valid_to
        FROM partners_area country JOIN partners_area region ON region.kind = 'ggd_region'
        WHERE country.kind = 'country'
    ),
    summed AS (
        SELECT coalesce(direct.row_number, min(staged.row_number)) AS row_number, direct.code, direct.name,
               direct.indicator_code, direct.period, link.kind, direct.x, direct.n,
               sum(part.x) AS sum_x, sum(part.n) AS sum_n,
               count(part.x) AS known_count, count(*) AS member_count,
               count(direct.row_number) > 0 AND count(staged.row_number) > 0 AS are_together
        FROM direct
        JOIN parts link ON link.region_id = direct.area_id
         AND link.valid_from <= direct.day AND (link.valid_to IS NULL OR direct.day < link.valid_to)
        JOIN partners_area member ON member.id = link.member_id
        LEFT JOIN staged ON staged.area_code = member.code AND staged.period = direct.period
         AND staged.indicator_code = direct.indicator_code
        LEFT JOIN LATERAL ({_HELD.format("direct", "member.id")}) AS held ON staged.row_number IS NULL
        CROSS JOIN LATERAL (
            SELECT coalesce(staged.numerator, held.numerator) AS x,
                   CASE WHEN coalesce(staged.numerator, held.numerator) IS NOT NULL
                        THEN coalesce(staged.denominator, held.denominator) END AS n
        ) AS part
        GROUP BY direct.row_number, direct.code, direct.name, direct.indicator_code, direct.period, link.kind,
                 direct.x, direct.n
    )
    SELECT row_number, code, name, indicator_code, period, kind, x, n, sum_x, sum_n, known_count,
           member_count, abs(sum_x - x) > 0.005 * x OR abs(sum_n - n) > 0.005 * n
    FROM summed
    -- Where this file says nothing of the region nor of anything in it, there is no news; and a sum that
    -- lacks municipalities is less, unless one file says both.
    WHERE row_number IS NOT NULL AND (sum_x <> x OR sum_n <> n)
      AND (known_count = member_count OR are_together OR sum_x > x OR sum_n > n)
    ORDER BY 1 LIMIT {MAX_ISSUES}
"""


class _Beside(NamedTuple):
    """A region of which the figure of the source is another one than the sum."""

    row_number: int
    code: str
    name: str
    indicator: str
    period: str
    # Of what it is laid beside: municipalities, or GGD regions.
    kind: str
    x: float
    n: float
    sum_x: float
    sum_n: float
    known_count: int
    member_count: int
    is_far: bool

    @property
    def message(self) -> str:
        known, total = dutch_number(self.known_count), dutch_number(self.member_count)
        is_whole = self.known_count == self.member_count
        question = "Vraag de bron hoe dat komt." if is_whole else f"Ontbreken er {self.kind}?"
        return (
            f"de bron geeft voor {self.name} zelf {_counts(self.x, self.n)} bij '{self.indicator}' in "
            f"{self.period}. De {self.kind} met een getal ({known} van de {total}) tellen op tot "
            f"{_counts(self.sum_x, self.sum_n)}. Wij tonen het cijfer van de bron. {question}"
        )


def leave_out_empty(cursor: Any) -> list[str]:
    """Take staged rows of regions without a number away where nothing is known of them; a note of that."""
    cursor.execute(_LEAVE_OUT)
    count = cursor.rowcount
    rows = "1 lege rij van een regio" if count == 1 else f"{dutch_number(count)} lege rijen van regio's"
    return [f"{rows} overgeslagen: daar tonen wij de som van de gemeenten."] if count else []


def oddities(cursor: Any) -> tuple[list[Issue], list[str]]:
    """Regions of which the source's own figure is far from the sum, and those where it hides the sum; and a
    note of those where it is only a little beside it."""
    cursor.execute(_BESIDE_SUMS)
    beside = [_Beside(*row) for row in cursor.fetchall()]
    far = [
        _warning(found.row_number, "teller", found.code, found.message) for found in beside if found.is_far
    ]
    return far + _without_number(cursor), _near(sum(not found.is_far for found in beside))


def _without_number(cursor: Any) -> list[Issue]:
    cursor.execute(_WITHOUT_NUMBER)
    return [
        _warning(
            row,
            "teller",
            code,
            f"bij {name} staat geen getal ({Status(status).label}). Dan tonen wij ook de som van de "
            "gemeenten niet. Mag die er wel staan? Laat deze rij dan weg.",
        )
        for row, code, name, status in cursor.fetchall()
    ]


def _near(count: int) -> list[str]:
    """How often the figure of a source is a little beside the sum, by rounding for example."""
    figures = "1 cijfer van een regio is" if count == 1 else f"{dutch_number(count)} cijfers van regio's zijn"
    words = f"{figures} hooguit een half procent anders dan de som van de gemeenten."
    return [f"{words} Wij tonen het cijfer van de bron."] if count else []


def _counts(x: float, n: float) -> str:
    return f"{dutch_number(x)} van {dutch_number(n)}"


def _warning(row: int, column: str, value: str, sentence: str) -> Issue:
    return Issue(row, column, value, f"Rij {row}, kolom {column}: {sentence}", severity="warning")
