"""Reading in a file with observations: all of it, or nothing and a list of what is wrong."""

import datetime
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format

from monitoring import aggregation
from monitoring.models import ImportFile, Period
from monitoring.readers import (
    Issue,
    Reading,
    StagedRow,
    read_cbs_geojson,
    read_observation_table,
)
from partners.models import Person
from portal.findings import MAX_ISSUES, sha256

GEOJSON = {".geojson", ".json"}

# Later than every delivery before, whatever the clock does: an edition of the figures knows by
# this moment which observations it was made from.
MOMENT = """
    SELECT greatest(clock_timestamp(), max(imported_at) + interval '1 microsecond') FROM monitoring_importfile
"""
STAGE = """
    DROP TABLE IF EXISTS pg_temp.staged, pg_temp.resolved;
    CREATE TEMPORARY TABLE staged (
        row_number integer NOT NULL,
        area_code text NOT NULL,
        period text NOT NULL,
        indicator_code text NOT NULL,
        numerator double precision,
        denominator double precision,
        status text NOT NULL
    ) ON COMMIT DROP
"""
COPY = (
    "COPY staged (row_number, area_code, period, indicator_code, numerator, denominator, status) FROM STDIN"
)
# Every staged row with its keys, beside the observation that holds until now.
RESOLVE = """
    CREATE TEMPORARY TABLE resolved ON COMMIT DROP AS
    SELECT staged.row_number, indicator.id AS indicator_id, period.id AS period_id,
           area.id AS area_id, staged.numerator, staged.denominator, staged.status,
           held.id AS held_id,
           held.id IS NOT NULL
             AND held.numerator IS NOT DISTINCT FROM staged.numerator
             AND held.denominator IS NOT DISTINCT FROM staged.denominator
             AND held.status = staged.status AS is_same
    FROM staged
    JOIN monitoring_indicator indicator
      ON indicator.code = staged.indicator_code AND indicator.is_current
    JOIN monitoring_period period ON period.code = staged.period
    JOIN partners_area area ON area.code = staged.area_code AND area.kind = 'municipality'
    LEFT JOIN monitoring_observation held
      ON held.indicator_id = indicator.id AND held.period_id = period.id
     AND held.area_id = area.id AND held.superseded_at IS NULL
"""
COUNT = """
    SELECT count(*) FILTER (WHERE held_id IS NULL),
           count(*) FILTER (WHERE held_id IS NOT NULL AND NOT is_same),
           count(*) FILTER (WHERE is_same)
    FROM resolved
"""
SUPERSEDE = """
    UPDATE monitoring_observation SET superseded_at = %s
    FROM resolved WHERE monitoring_observation.id = resolved.held_id AND NOT resolved.is_same
"""
INSERT = """
    INSERT INTO monitoring_observation
        (indicator_id, period_id, area_id, numerator, denominator, status, is_provisional,
         import_file_id, row_number)
    SELECT indicator_id, period_id, area_id, numerator, denominator, status, false, %s, row_number
    FROM resolved WHERE NOT is_same
"""


class AlreadyImported(Exception):
    """The same bytes were read in before; nothing happened."""

    def __init__(self, import_file: ImportFile) -> None:
        self.import_file = import_file
        at = timezone.localtime(import_file.imported_at)
        super().__init__(
            f"Dit bestand is al ingelezen op {date_format(at, 'j F Y')}"
            f" om {date_format(at, 'H.i')} uur. Er is niets veranderd."
        )


class ImportRefused(Exception):
    """The file has errors; nothing was stored."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("Er is niets opgeslagen. Verbeter eerst de fouten in het bestand.")


def import_observations(
    *, content: bytes, filename: str, by: Person | None, source_name: str = ""
) -> ImportFile:
    """The observations of one file, stored with their origin; a changed figure is a revision.

    Refused with AlreadyImported or ImportRefused, and then nothing is stored.
    """
    _refuse_known(content)
    reading = _read(content, filename)
    if reading.errors:
        raise ImportRefused(reading.issues)
    with transaction.atomic(), connection.cursor() as cursor:
        # One import at a time: two files could otherwise both be the newest for the same figure.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('monitoring_import'))")
        _refuse_known(content)
        _stage(cursor, reading.rows)
        _create_years(cursor)
        if issues := _issues(cursor):
            raise ImportRefused(issues)
        return _store(
            cursor,
            ImportFile(
                name=PurePath(filename).name[:200],
                sha256=reading.sha256,
                size=len(content),
                source_name=source_name,
                row_count=len(reading.rows),
                notes=list(reading.notes),
                imported_by=by,
            ),
        )


def _refuse_known(content: bytes) -> None:
    if known := ImportFile.objects.filter(sha256=sha256(content)).first():
        raise AlreadyImported(known)


def _read(content: bytes, filename: str) -> Reading:
    if PurePath(filename).suffix.lower() in GEOJSON:
        return read_cbs_geojson(content)
    return read_observation_table(content, filename)


def _stage(cursor: Any, rows: Iterable[StagedRow]) -> None:
    cursor.execute(STAGE)
    with cursor.copy(COPY) as copy:
        for row in rows:
            copy.write_row(row)
    # A fresh temporary table has no statistics; without them the joins may be nested loops.
    cursor.execute("ANALYZE staged")


def _create_years(cursor: Any) -> None:
    """A year that the portal does not know yet becomes a period on the division of 1 January."""
    this_year = timezone.localdate().year
    cursor.execute(r"SELECT DISTINCT period FROM staged WHERE period ~ '^\d{4}$'")
    years = [year for (year,) in cursor.fetchall() if int(year) <= this_year]
    Period.objects.bulk_create(
        [Period(code=year, label=year, reference_date=datetime.date(int(year), 1, 1)) for year in years],
        ignore_conflicts=True,
    )


def _store(cursor: Any, import_file: ImportFile) -> ImportFile:
    cursor.execute(RESOLVE)
    cursor.execute("ANALYZE resolved")
    cursor.execute(COUNT)
    import_file.new_count, import_file.revised_count, import_file.unchanged_count = cursor.fetchone()
    cursor.execute(MOMENT)
    (import_file.imported_at,) = cursor.fetchone()
    import_file.full_clean()
    import_file.save(force_insert=True)
    cursor.execute(SUPERSEDE, [import_file.imported_at])
    cursor.execute(INSERT, [import_file.pk])
    aggregation.order_for_file(import_file, by=import_file.imported_by)
    return import_file


# Checks against the database. Each query gives: row number, value, and words for the sentence.

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
UNKNOWN_AREA = """
    SELECT row_number, area_code FROM staged
    WHERE NOT EXISTS (SELECT FROM partners_area area
                      WHERE area.code = staged.area_code AND area.kind = 'municipality')
"""
GONE_AREA = """
    SELECT row_number, area_code, area.name, area.valid_to,
           (SELECT string_agg(next.name || ' (' || next.code || ')', ', ' ORDER BY next.code)
            FROM partners_areasuccession succession
            JOIN partners_area next ON next.id = succession.successor_id
            WHERE succession.predecessor_id = area.id)
    FROM staged JOIN monitoring_period period ON period.code = staged.period
    JOIN partners_area area ON area.code = staged.area_code AND area.kind = 'municipality'
    WHERE area.valid_to <= period.reference_date
"""
# The earliest municipalities start on the day the portal's tables start: BEFORE_ALL_AREAS.
FUTURE_AREA = """
    SELECT row_number, area_code, area.name, area.valid_from,
           (SELECT string_agg(old.name || ' (' || old.code || ')', ', ' ORDER BY old.code)
            FROM partners_areasuccession succession
            JOIN partners_area old ON old.id = succession.predecessor_id
            WHERE succession.successor_id = area.id)
    FROM staged JOIN monitoring_period period ON period.code = staged.period
    JOIN partners_area area ON area.code = staged.area_code AND area.kind = 'municipality'
    WHERE area.valid_from > period.reference_date
      AND period.reference_date >= (SELECT min(valid_from) FROM partners_area
                                    WHERE kind = 'municipality')
"""
TWICE = """
    SELECT row_number, area_code, first_row FROM (
        SELECT row_number, area_code,
               min(row_number) OVER same AS first_row, row_number() OVER same AS place
        FROM staged WINDOW same AS (
            PARTITION BY indicator_code, period, area_code ORDER BY row_number)
    ) numbered WHERE place > 1
"""


def _issues(cursor: Any) -> tuple[Issue, ...]:
    """What the database has against the staged rows, in the order of the file."""
    checks = (
        (UNKNOWN_INDICATOR, "indicator", _unknown_indicator),
        (UNKNOWN_PERIOD, "periode", _unknown_period),
        (BEFORE_ALL_AREAS, "periode", _before_all_areas),
        (UNKNOWN_AREA, "gemeentecode", _unknown_area),
        (GONE_AREA, "gemeentecode", _gone_area),
        (FUTURE_AREA, "gemeentecode", _future_area),
        (TWICE, "gemeentecode", _twice),
    )
    issues = []
    for query, column, sentence in checks:
        cursor.execute(f"{query} ORDER BY row_number LIMIT {MAX_ISSUES}")
        for row, value, *words in cursor.fetchall():
            message = f"Rij {row}, kolom {column}: {sentence(value, *words)}"
            issues.append(Issue(row, column, value, message))
    return tuple(sorted(issues, key=lambda issue: issue.row or 0)[:MAX_ISSUES])


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


def _gone_area(value: str, name: str, gone: datetime.date, successors: str | None) -> str:
    remedy = f"Gebruik de code van de opvolger: {successors}." if successors else "Laat de rij weg."
    return f"gemeente {name} ({value}) bestaat niet meer sinds {_day(gone)}. {remedy}"


def _future_area(value: str, name: str, start: datetime.date, predecessors: str | None) -> str:
    remedy = f"Gebruik de codes van toen: {predecessors}." if predecessors else "Laat de rij weg."
    return f"gemeente {name} ({value}) bestaat pas sinds {_day(start)}. {remedy}"


def _twice(value: str, first_row: int) -> str:
    return (
        f"{value} staat met dezelfde indicator en periode ook in rij {first_row}."
        " Laat één van de twee rijen weg."
    )


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")
