"""A VSV of several hospitals is the sum of them, once each of them delivered; each keeps its file and row.

Rows of such a hospital are staged under the code of the VSV and the number of the hospital. They become
one row of the VSV, together with what the other hospitals said before.
"""

from typing import Any

from portal.numbers import dutch_number

_PERIODS = "SELECT DISTINCT period FROM staged WHERE area_code ~ '^VSV.*/'"
CLEAR = "DROP TABLE IF EXISTS pg_temp.hospital_rows, pg_temp.hospital_parts"
_TAKE_APART = """
    CREATE TEMPORARY TABLE hospital_rows ON COMMIT DROP AS
    SELECT row_number, split_part(area_code, '/', 1) AS vsv,
           split_part(area_code, '/', 2)::bigint AS hospital_id,
           period, indicator_code, numerator, denominator, status
    FROM staged WHERE area_code ~ '^VSV.*/'
"""
# Of each figure that the file touches, what every hospital of the VSV says: in the file, or before it.
_PARTS = """
    CREATE TEMPORARY TABLE hospital_parts ON COMMIT DROP AS
    SELECT touched.*, member.hospital_id, coalesce(said.status, held.status) AS status,
           CASE WHEN said.status IS NULL THEN held.numerator ELSE said.numerator END AS numerator,
           CASE WHEN said.status IS NULL THEN held.denominator ELSE said.denominator END AS denominator
    FROM (
        SELECT vsv, period, indicator_code, min(row_number) AS row_number
        FROM hospital_rows GROUP BY 1, 2, 3
    ) AS touched
    JOIN unnest(%(vsvs)s::text[], %(periods)s::text[], %(hospitals)s::bigint[])
      AS member (vsv, period, hospital_id) USING (vsv, period)
    LEFT JOIN hospital_rows said USING (vsv, period, indicator_code, hospital_id)
    LEFT JOIN (
        SELECT area.code AS vsv, period.code AS period, indicator.code AS indicator_code, known.*
        FROM monitoring_hospitalfigure known
        JOIN partners_area area ON area.id = known.vsv_id
        JOIN monitoring_period period ON period.id = known.period_id
        JOIN monitoring_indicator indicator ON indicator.id = known.indicator_id AND indicator.is_current
        WHERE known.superseded_at IS NULL
    ) AS held USING (vsv, period, indicator_code, hospital_id)
"""
_SUMS = """
    INSERT INTO staged (row_number, area_code, period, indicator_code, numerator, denominator, status)
    SELECT min(row_number), vsv, period, indicator_code,
           CASE WHEN count(numerator) = count(*) THEN sum(numerator) END,
           CASE WHEN count(denominator) = count(*) THEN sum(denominator) END,
           coalesce(min(coalesce(status, 'not_delivered')) FILTER (WHERE numerator IS NULL), 'reported')
    FROM hospital_parts GROUP BY vsv, period, indicator_code
"""
_MISSING = """
    SELECT area.name, hospital.name, count(*)
    FROM hospital_parts part JOIN partners_area area ON area.kind = 'vsv' AND area.code = part.vsv
    JOIN partners_organisation hospital ON hospital.id = part.hospital_id
    WHERE part.status IS NULL GROUP BY 1, 2 ORDER BY 1, 2
"""
_KEYS = """
    FROM hospital_rows said JOIN partners_area vsv ON vsv.kind = 'vsv' AND vsv.code = said.vsv
    JOIN monitoring_period period ON period.code = said.period
    JOIN monitoring_indicator indicator ON indicator.code = said.indicator_code AND indicator.is_current
"""
_SUPERSEDE = f"""
    UPDATE monitoring_hospitalfigure held SET superseded_at = %(now)s
    {_KEYS} WHERE held.vsv_id = vsv.id AND held.period_id = period.id AND held.indicator_id = indicator.id
      AND held.hospital_id = said.hospital_id AND held.superseded_at IS NULL
      AND (held.numerator, held.denominator, held.status)
          IS DISTINCT FROM (said.numerator, said.denominator, said.status)
"""
_KEEP = f"""
    INSERT INTO monitoring_hospitalfigure (indicator_id, period_id, vsv_id, hospital_id, numerator,
        denominator, status, import_file_id, row_number)
    SELECT indicator.id, period.id, vsv.id, said.hospital_id, said.numerator, said.denominator, said.status,
           %(file)s, said.row_number
    {_KEYS} WHERE NOT EXISTS (
        SELECT FROM monitoring_hospitalfigure held
        WHERE held.vsv_id = vsv.id AND held.period_id = period.id AND held.indicator_id = indicator.id
          AND held.hospital_id = said.hospital_id AND held.superseded_at IS NULL
    )
"""
# As with the figures of a delivery: what its file said ends, and what that took the place of comes back.
_TAKE_BACK = """
    WITH ended AS (
        UPDATE monitoring_hospitalfigure SET superseded_at = %(now)s
        WHERE import_file_id = %(file)s AND superseded_at IS NULL
        RETURNING indicator_id, period_id, vsv_id, hospital_id
    )
    INSERT INTO monitoring_hospitalfigure (indicator_id, period_id, vsv_id, hospital_id, numerator,
        denominator, status, import_file_id, row_number)
    SELECT old.indicator_id, old.period_id, old.vsv_id, old.hospital_id, old.numerator, old.denominator,
           old.status, %(undo)s, old.row_number
    FROM ended JOIN monitoring_hospitalfigure old USING (indicator_id, period_id, vsv_id, hospital_id)
    WHERE old.superseded_at = %(then)s
"""


def periods(cursor: Any) -> list[str]:
    """The periods of the staged rows that are of one of several hospitals."""
    cursor.execute(_PERIODS)
    return [period for (period,) in cursor.fetchall()]


def add_up(cursor: Any, members: dict[tuple[str, str], list[int]]) -> list[str]:
    """Let staged rows of hospitals be rows of their VSV; notes about hospitals that are missing.

    `members` are the hospitals of each VSV that has several, in each period. Without one of them there is
    no sum.
    """
    cursor.execute(CLEAR)
    if not members:
        return []
    each = [(vsv, period, one) for (vsv, period), hospitals in members.items() for one in hospitals]
    cursor.execute(_TAKE_APART)
    cursor.execute("DELETE FROM staged WHERE area_code ~ '^VSV.*/'")
    vsvs, known_periods, hospitals = zip(*each, strict=True)
    known = {"vsvs": list(vsvs), "periods": list(known_periods), "hospitals": list(hospitals)}
    cursor.execute(_PARTS, known)
    cursor.execute(_SUMS)
    cursor.execute(_MISSING)
    return [_note(*found) for found in cursor.fetchall()]


def _note(vsv: str, hospital: str, count: int) -> str:
    figures = "1 cijfer" if count == 1 else f"{dutch_number(count)} cijfers"
    return (
        f"{hospital} heeft {figures} van {vsv} nog niet aangeleverd. Wij tonen het VSV pas als al zijn "
        "ziekenhuizen er zijn; wat er nu is, blijft bewaard."
    )


def has_rows(cursor: Any) -> bool:
    """Whether hospitals are among what is staged."""
    cursor.execute("SELECT to_regclass('pg_temp.hospital_rows') IS NOT NULL")
    return bool(cursor.fetchone()[0])


def keep(cursor: Any, *, now: Any, file: int) -> None:
    """What each hospital said holds from now on, with its row."""
    if has_rows(cursor):
        cursor.execute(_SUPERSEDE, {"now": now})
        cursor.execute(_KEEP, {"file": file})


def take_back(cursor: Any, moments: dict[str, Any]) -> None:
    """What hospitals said before a delivery holds again."""
    cursor.execute(_TAKE_BACK, moments)
