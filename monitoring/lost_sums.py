"""What a municipality without a number takes along: the sums of the regions that it lies in.

A sum without some members is shown where it is known that they are few (`monitoring.aggregation`). One row
without a number and without its size is enough to hide the figure of the country; who brings it in hears
so before she takes it over.
"""

from typing import Any, NamedTuple

from monitoring.aggregation import LEAST_COVERAGE, LEAST_MEMBERS
from portal.enumeration import listed
from portal.findings import MAX_ISSUES, Issue

# So many regions and municipalities are named.
MOST_NAMED = 3

# Regions of which nothing is missing but what this file leaves open. A figure that a source gave of the
# region itself hides no sum, and a municipality that is known by its districts only is not looked at.
_LOST = """
    WITH open AS MATERIALIZED (
        SELECT staged.row_number, indicator.id AS indicator_id, indicator.name AS indicator,
               period.id AS period_id, period.code AS period, period.reference_date AS day,
               area.id AS area_id, area.name AS place
        FROM staged
        JOIN monitoring_indicator indicator
          ON indicator.code = staged.indicator_code AND indicator.is_current AND indicator.is_summed
        JOIN monitoring_period period ON period.code = staged.period
        JOIN partners_area area ON area.code = staged.area_code AND area.kind = 'municipality'
        WHERE staged.numerator IS NULL
    ),
    wanted AS (SELECT DISTINCT indicator_id, indicator, period_id, period, day FROM open),
    brought AS MATERIALIZED (
        SELECT indicator.id AS indicator_id, period.id AS period_id, area.id AS area_id, numerator AS x,
               denominator AS n
        FROM staged
        JOIN monitoring_indicator indicator
          ON indicator.code = staged.indicator_code AND indicator.is_current
        JOIN monitoring_period period ON period.code = staged.period
        JOIN partners_area area ON area.code = staged.area_code AND area.kind <> 'district'
        WHERE (indicator.id, period.id) IN (SELECT indicator_id, period_id FROM wanted)
    ),
    known AS MATERIALIZED (
        SELECT indicator_id, period_id, area_id, x, n, true AS is_brought FROM brought
        UNION ALL
        SELECT held.indicator_id, held.period_id, held.area_id, held.numerator, held.denominator, false
        FROM wanted JOIN monitoring_observation held USING (indicator_id, period_id)
        WHERE held.superseded_at IS NULL
          AND (indicator_id, period_id, area_id) NOT IN (
              SELECT indicator_id, period_id, area_id FROM brought)
    ),
    lost AS (
        SELECT indicator_id, period_id, region_id, count(*) AS member_count, bool_or(n IS NULL) AS is_unsized
        FROM wanted
        JOIN partners_areamember link
          ON link.kind <> 'municipality' AND link.valid_from <= day
         AND (link.valid_to IS NULL OR day < link.valid_to)
        JOIN known USING (indicator_id, period_id)
        WHERE known.area_id = link.member_id
          AND (indicator_id, period_id, region_id) NOT IN (
              SELECT indicator_id, period_id, area_id FROM known)
        GROUP BY 1, 2, 3, day
        HAVING bool_and(x IS NOT NULL OR is_brought) AND count(x) < count(*) AND count(x) > 0
           AND count(*) = (
               SELECT count(*) FROM partners_areamember every
               WHERE every.region_id = link.region_id AND every.kind <> 'municipality'
                 AND every.valid_from <= day AND (every.valid_to IS NULL OR day < every.valid_to))
           AND (count(x) < %(least_members)s OR bool_or(n IS NULL)
                OR sum(n) FILTER (WHERE x IS NOT NULL) < %(least_coverage)s * sum(n))
    )
    SELECT wanted.indicator, wanted.period,
           (SELECT min(row_number) FROM open
            WHERE open.indicator_id = lost.indicator_id AND open.period_id = lost.period_id),
           (SELECT array_agg(DISTINCT place ORDER BY place) FROM open
            WHERE open.indicator_id = lost.indicator_id AND open.period_id = lost.period_id),
           array_agg(region.name ORDER BY lost.member_count DESC, region.name), bool_or(is_unsized)
    FROM lost JOIN wanted USING (indicator_id, period_id)
    JOIN partners_area region ON region.id = lost.region_id
    GROUP BY lost.indicator_id, lost.period_id, 1, 2
    ORDER BY 3 LIMIT %(most)s
"""


def warnings(cursor: Any) -> list[Issue]:
    """Rows without a number that are the only reason why a region would show none either; one for each
    indicator and period."""
    known = {"least_members": LEAST_MEMBERS, "least_coverage": LEAST_COVERAGE, "most": MAX_ISSUES}
    cursor.execute(_LOST, known)
    return [_Lost(*row).issue for row in cursor.fetchall()]


class _Lost(NamedTuple):
    """What an indicator loses in a period by rows of the file, of which the first is named."""

    indicator: str
    period: str
    row: int
    places: list[str]
    regions: list[str]
    is_unsized: bool

    @property
    def issue(self) -> Issue:
        places = f"Rij {self.row}, kolom noemer: bij {_named(self.places)} staat geen getal"
        lost = f"Daarom verdwijnt '{self.indicator}' in {self.period} ook voor {_named(self.regions)}."
        message = f"{places}. Er ontbreekt dan te veel. {lost}"
        if self.is_unsized:
            message = (
                f"{places} en ook geen noemer. Niemand weet dan hoeveel er ontbreekt. {lost} "
                "Vul de noemer in als de bron die heeft."
            )
        return Issue(self.row, "noemer", self.places[0], message, severity="warning")


def _named(names: list[str]) -> str:
    """The first of many by name: "Nederland, Limburg en nog 2"."""
    shown, more = names[:MOST_NAMED], len(names) - MOST_NAMED
    return listed([*shown, f"nog {more}"] if more > 0 else shown)
