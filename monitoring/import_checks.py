"""What the database has against the rows of a delivery: errors, and warnings that ask for a reason.

Every check is one query over all staged rows. It gives the row, the value, and words for the sentence.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from monitoring import direct_figures, hospital_sums, lost_sums
from monitoring.direct_figures import DELIVERED_KINDS, in_sql
from portal.findings import MAX_ISSUES, Issue
from portal.numbers import dutch_number

_KINDS = in_sql(DELIVERED_KINDS)

UNKNOWN_INDICATOR = """
    SELECT row_number, indicator_code FROM staged
    WHERE NOT EXISTS (SELECT FROM monitoring_indicator indicator
                      WHERE indicator.code = staged.indicator_code AND indicator.is_current)
"""
UNKNOWN_PERIOD = r"""
    SELECT row_number, period, period ~ '^\d{4}$' FROM staged
    WHERE NOT EXISTS (SELECT FROM monitoring_period WHERE code = staged.period)
"""
BEFORE_ALL_AREAS = """
    SELECT row_number, staged.period, first.day
    FROM staged JOIN monitoring_period period ON period.code = staged.period,
         (SELECT min(valid_from) AS day FROM partners_area WHERE kind = 'municipality') first
    WHERE period.reference_date < first.day
"""
UNKNOWN_AREA = f"""
    SELECT row_number, area_code FROM staged
    WHERE NOT EXISTS (SELECT FROM partners_area area
                      WHERE area.code = staged.area_code AND area.kind IN ({_KINDS}))
"""
GONE_AREA = f"""
    SELECT row_number, area_code, area.name, area.valid_to,
           (SELECT string_agg(next.name || ' (' || next.code || ')', ', ' ORDER BY next.code)
            FROM partners_areasuccession succession
            JOIN partners_area next ON next.id = succession.successor_id
            WHERE succession.predecessor_id = area.id),
           (SELECT bool_and(succession.kind IN ('full', 'rename')) FROM partners_areasuccession succession
            WHERE succession.predecessor_id = area.id)
    FROM staged JOIN monitoring_period period ON period.code = staged.period
    JOIN partners_area area ON area.code = staged.area_code AND area.kind IN ({_KINDS})
    WHERE area.valid_to <= period.reference_date
"""
# The earliest municipalities start on the day the portal's tables start: BEFORE_ALL_AREAS.
FUTURE_AREA = f"""
    SELECT row_number, area_code, area.name, area.valid_from,
           (SELECT string_agg(old.name || ' (' || old.code || ')', ', ' ORDER BY old.code)
            FROM partners_areasuccession succession
            JOIN partners_area old ON old.id = succession.predecessor_id
            WHERE succession.successor_id = area.id)
    FROM staged JOIN monitoring_period period ON period.code = staged.period
    JOIN partners_area area ON area.code = staged.area_code AND area.kind IN ({_KINDS})
    WHERE area.valid_from > period.reference_date
      AND period.reference_date >= (SELECT min(valid_from) FROM partners_area
                                    WHERE kind = 'municipality')
"""
TWICE = """
    SELECT row_number, area_code, first_row
    FROM staged JOIN (
        SELECT indicator_code, period, area_code, min(row_number) AS first_row
        FROM staged GROUP BY 1, 2, 3 HAVING count(*) > 1
    ) AS doubled USING (indicator_code, period, area_code)
    WHERE row_number > first_row
"""
HOSPITAL_TWICE = """
    SELECT row_number, vsv, first_row
    FROM hospital_rows JOIN (
        SELECT indicator_code, period, vsv, hospital_id, min(row_number) AS first_row
        FROM hospital_rows GROUP BY 1, 2, 3, 4 HAVING count(*) > 1
    ) AS doubled USING (indicator_code, period, vsv, hospital_id)
    WHERE row_number > first_row
"""


def errors(cursor: Any) -> list[Issue]:
    """What the database has against the staged rows, in the order of the file."""
    checks: list[tuple[str, str, Callable[..., str]]] = [
        (UNKNOWN_INDICATOR, "indicator", _unknown_indicator),
        (UNKNOWN_PERIOD, "periode", _unknown_period),
        (BEFORE_ALL_AREAS, "periode", _before_all_areas),
        (UNKNOWN_AREA, "gemeentecode", _unknown_area),
        (GONE_AREA, "gemeentecode", _gone_area),
        (FUTURE_AREA, "gemeentecode", _future_area),
        (TWICE, "gemeentecode", _twice),
    ]
    if hospital_sums.has_rows(cursor):
        checks.append((HOSPITAL_TWICE, "vsv", _twice))
    issues = []
    for query, column, sentence in checks:
        cursor.execute(f"{query} ORDER BY row_number LIMIT {MAX_ISSUES}")
        for row, value, *words in cursor.fetchall():
            message = f"Rij {row}, kolom {column}: {sentence(value, *words)}"
            issues.append(Issue(row, column, value, message))
    return sorted(issues, key=lambda issue: issue.row or 0)[:MAX_ISSUES]


def _unknown_indicator(value: str) -> str:
    return f"indicator '{value}' is onbekend. Gebruik een code uit de lijst met indicatoren."


def _unknown_period(value: str, is_year: bool) -> str:  # noqa: FBT001
    if is_year:
        return f"periode {value} ligt in de toekomst. Lever alleen jaren die begonnen zijn."
    return f"periode '{value}' is onbekend. Vul een jaar in, bijvoorbeeld 2022."


def _before_all_areas(value: str, first: datetime.date) -> str:
    return f"periode {value} is te oud: het portaal kent de gemeenten vanaf {_day(first)}. Laat deze rij weg."


def _unknown_area(value: str) -> str:
    return f"gemeentecode {value} bestaat niet. Zoek de code op bij Gemeenten."


def _gone_area(
    value: str,
    name: str,
    gone: datetime.date,
    successors: str | None,
    is_whole: bool | None,  # noqa: FBT001
) -> str:
    remedy = f"Gebruik de code van de opvolger: {successors}." if successors else "Laat de rij weg."
    if is_whole:
        remedy = f"{remedy[:-1]}, of laat het portaal optellen: kies bij de kolommen ‘Tel rijen … op’."
    return f"gemeente {name} ({value}) bestaat niet meer sinds {_day(gone)}. {remedy}"


def _future_area(value: str, name: str, start: datetime.date, predecessors: str | None) -> str:
    remedy = f"Gebruik de codes van toen: {predecessors}." if predecessors else "Laat de rij weg."
    return f"gemeente {name} ({value}) bestaat pas sinds {_day(start)}. {remedy}"


def _twice(value: str, first_row: int) -> str:
    remedy = "Laat één van de twee rijen weg."
    if value.startswith("VSV"):
        remedy = "Lever het VSV zelf, of elk van zijn ziekenhuizen één keer."
    return f"{value} staat met dezelfde indicator en periode ook in rij {first_row}. {remedy}"


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")


# Warnings. A figure may be right although it looks odd: somebody says why.

_THIS_YEAR = r"""
    SELECT min(row_number), period FROM staged WHERE period = %(this_year)s::text GROUP BY period
"""
# A percentage among shares, or a thousand among hundreds: all figures of a period are off by as much.
_MAGNITUDE = """
    SELECT found.row_number, found.indicator_code, found.period, found.middle, before.middle, before.code
    FROM (
        SELECT min(row_number) AS row_number, indicator.code AS indicator_code, period.code AS period,
               indicator.id AS indicator_id, period.reference_date,
               percentile_cont(0.5) WITHIN GROUP (
                   ORDER BY indicator.factor * numerator / denominator) AS middle
        FROM staged
        JOIN monitoring_indicator indicator
          ON indicator.code = staged.indicator_code AND indicator.is_current
        JOIN monitoring_period period ON period.code = staged.period
        WHERE numerator IS NOT NULL AND denominator > 0
        GROUP BY indicator.id, period.id
    ) AS found
    CROSS JOIN LATERAL (
        SELECT p.code, percentile_cont(0.5) WITHIN GROUP (
                   ORDER BY indicator.factor * o.numerator / o.denominator) AS middle
        FROM monitoring_observation o JOIN monitoring_period p ON p.id = o.period_id
        JOIN monitoring_indicator indicator ON indicator.id = o.indicator_id
        WHERE o.indicator_id = found.indicator_id AND o.superseded_at IS NULL AND o.denominator > 0
          AND p.reference_date < found.reference_date
        GROUP BY p.code, p.reference_date ORDER BY p.reference_date DESC LIMIT 1
    ) AS before
    WHERE before.middle > 0 AND found.middle > 0
      AND (found.middle / before.middle >= 50 OR before.middle / found.middle >= 50)
"""
# Further than chance alone brings a count from the mean of the area's own last five years. What is
# known of an area is looked up once, and not for each of its years in the file.
_OUTLIER = f"""
    WITH found AS MATERIALIZED (
        SELECT staged.row_number, staged.area_code, staged.numerator AS x, staged.denominator AS n,
               indicator.id AS indicator_id, indicator."interval", area.id AS area_id,
               period.reference_date AS day
        FROM staged
        JOIN monitoring_indicator indicator
          ON indicator.code = staged.indicator_code AND indicator.is_current AND indicator.is_at_risk
        JOIN monitoring_period period ON period.code = staged.period
        JOIN partners_area area ON area.code = staged.area_code AND area.kind IN ({_KINDS})
        WHERE staged.numerator IS NOT NULL AND staged.denominator > 0
    ),
    before AS MATERIALIZED (
        SELECT pair.indicator_id, pair.area_id, known.*
        FROM (SELECT DISTINCT indicator_id, area_id FROM found) AS pair
        CROSS JOIN LATERAL (
            SELECT p.reference_date AS day, o.numerator AS x, o.denominator AS n
            FROM monitoring_observation o JOIN monitoring_period p ON p.id = o.period_id
            WHERE o.indicator_id = pair.indicator_id AND o.area_id = pair.area_id
              AND o.superseded_at IS NULL AND o.numerator IS NOT NULL
        ) AS known
    )
    SELECT row_number, area_code, x, n, mean * n
    FROM (
        SELECT found.row_number, found.area_code, found.x, found.n, found."interval",
               sum(before.x) / nullif(sum(before.n), 0) AS mean
        FROM found JOIN before
          ON before.indicator_id = found.indicator_id AND before.area_id = found.area_id
         AND before.day < found.day AND before.day >= found.day - interval '5 years'
        GROUP BY 1, 2, 3, 4, 5 HAVING count(*) >= 3
    ) AS compared
    WHERE abs(x - mean * n) > 5 * sqrt(greatest(
        mean * n * CASE WHEN "interval" = 'wilson' THEN 1 - mean ELSE 1 END, 1))
"""


def oddities(cursor: Any) -> tuple[list[Issue], list[str]]:
    """What looks odd in the staged rows, in the order of the file; and notes of what does a little."""
    checks = (
        (_THIS_YEAR, "periode", _this_year),
        (_MAGNITUDE, "teller en noemer", _magnitude),
        (_OUTLIER, "teller", _outlier),
    )
    known = {"this_year": timezone.localdate().year}
    issues, notes = direct_figures.oddities(cursor)
    issues += lost_sums.warnings(cursor)
    for query, column, sentence in checks:
        cursor.execute(f"{query} ORDER BY 1 LIMIT {MAX_ISSUES}", known)
        for row, value, *words in cursor.fetchall():
            message = f"Rij {row}, kolom {column}: {sentence(value, *words)}"
            issues.append(Issue(row, column, value, message, severity="warning"))
    return sorted(issues, key=lambda issue: issue.row or 0)[:MAX_ISSUES], notes


def _this_year(value: str) -> str:
    return f"periode {value} is nog niet voorbij. Klopt het dat deze cijfers al volledig zijn?"


def _magnitude(indicator: str, period: str, middle: float, before: float, then: str) -> str:
    return (
        f"de cijfers van '{indicator}' in {period} zijn ongeveer {dutch_number(middle, 2)}, en in {then} "
        f"{dutch_number(before, 2)}. Staan er percentages waar aantallen horen, of andersom?"
    )


def _outlier(area: str, x: float, n: float, expected: float) -> str:
    return (
        f"bij {area} staan {dutch_number(x)} van {dutch_number(n)}; naar het gemiddelde van de laatste jaren "
        f"zouden het er {dutch_number(round(expected))} zijn. Controleer het aantal bij de bron."
    )
