"""Reading in a file with observations: all of it, or nothing and a list of what is wrong."""

import datetime
import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import PurePath
from typing import Any, BinaryIO, NamedTuple

from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format

from monitoring import direct_figures, hospital_sums, import_checks, orders, recoding
from monitoring.direct_figures import DELIVERED_KINDS, in_sql
from monitoring.models import ImportFile
from monitoring.models.observations import ALL_THE_SAME
from monitoring.readers import (
    Issue,
    Layout,
    Reading,
    StagedRow,
    read_cbs_geojson,
    read_observation_table,
)
from partners.models import Area, Person
from partners.vsv_areas import BirthCare
from portal.findings import fingerprint
from portal.numbers import dutch_number

GEOJSON = {".geojson", ".json"}

# Later than every delivery before, whatever the clock does: an edition of the figures knows by
# this moment which observations it was made from.
MOMENT = """
    SELECT greatest(clock_timestamp(), max(imported_at) + interval '1 microsecond') FROM monitoring_importfile
"""
STAGE = """
    DROP TABLE IF EXISTS pg_temp.staged, pg_temp.resolved, pg_temp.recoded;
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
RESOLVE = f"""
    CREATE TEMPORARY TABLE resolved ON COMMIT DROP AS
    SELECT staged.row_number, indicator.id AS indicator_id, period.id AS period_id,
           area.id AS area_id, staged.numerator, staged.denominator, staged.status,
           held.id AS held_id,
           held.id IS NOT NULL
             AND held.numerator IS NOT DISTINCT FROM staged.numerator
             AND held.denominator IS NOT DISTINCT FROM staged.denominator
             AND held.status = staged.status
             AND held.is_provisional = %(is_provisional)s AS is_same
    FROM staged
    JOIN monitoring_indicator indicator
      ON indicator.code = staged.indicator_code AND indicator.is_current
    JOIN monitoring_period period ON period.code = staged.period
    JOIN partners_area area ON area.code = staged.area_code AND area.kind IN ({in_sql(DELIVERED_KINDS)})
    -- With an offset it is looked up per row: that takes as long as the file, not as all there is.
    LEFT JOIN LATERAL (
        SELECT id, numerator, denominator, status, is_provisional FROM monitoring_observation known
        WHERE known.indicator_id = indicator.id AND known.period_id = period.id
          AND known.area_id = area.id AND known.superseded_at IS NULL OFFSET 0
    ) AS held ON true
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
    SELECT indicator_id, period_id, area_id, numerator, denominator, status, %s, %s, row_number
    FROM resolved WHERE NOT is_same
    -- In the order of the index, so that one page of it after the other is filled.
    ORDER BY indicator_id, period_id, area_id
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
    *,
    source: BinaryIO,
    filename: str,
    by: Person | None,
    source_name: str = "",
    reason: str = "",
    is_provisional: bool = False,
) -> ImportFile:
    """The observations of one file, stored with their origin; a changed figure is a revision.

    Refused with AlreadyImported or ImportRefused, and then nothing is stored. Without a `reason` a
    file that looks odd is refused as well.
    """
    sha256 = fingerprint(source)
    refuse_known(sha256)
    reading = read(source, filename)
    with transaction.atomic(), connection.cursor() as cursor:
        count = stage(cursor, reading.rows)
        if reading.errors:
            raise ImportRefused(reading.issues)
        lock(cursor)
        refuse_known(sha256)
        prepared = prepare(cursor)
        if issues := import_checks.errors(cursor):
            raise ImportRefused(issues)
        odd, notes = import_checks.oddities(cursor)
        if odd and not reason:
            raise ImportRefused(odd)
        return store(
            cursor,
            ImportFile(
                name=PurePath(filename).name[:200],
                sha256=sha256,
                size=source.seek(0, os.SEEK_END),
                source_name=source_name,
                row_count=count,
                notes=[
                    *reading.notes,
                    *prepared.notes,
                    *notes,
                    *(f"{issue.message} {ALL_THE_SAME} {reason}" for issue in odd),
                ],
                imported_by=by,
            ),
            is_provisional=is_provisional,
        )


def lock(cursor: Any) -> None:
    """One import at a time: two files could otherwise both be the newest for the same figure."""
    cursor.execute("SELECT pg_advisory_xact_lock(hashtext('monitoring_import'))")


def refuse_known(sha256: str) -> None:
    """Raise AlreadyImported where the bytes with this fingerprint were read in and hold."""
    if known := ImportFile.objects.filter(sha256=sha256, is_undone=False).first():
        raise AlreadyImported(known)


def is_geojson(filename: str) -> bool:
    """Whether the name says that this is a file of places with attributes."""
    return PurePath(filename).suffix.lower() in GEOJSON


def read(source: BinaryIO, filename: str, *, layout: Layout | None = None) -> Reading:
    """The rows of a file and what is wrong in them; names of areas are known by heart."""
    if is_geojson(filename):
        return read_cbs_geojson(source)
    return read_observation_table(source, filename, layout=layout, names=_names(), hospitals=_hospitals())


def _names() -> dict[str, str]:
    """The code of an area by its exact name; a name that two areas have or had is nobody's."""
    found: dict[str, str] = {}
    doubled = set()
    areas = Area.objects.filter(kind__in=DELIVERED_KINDS)
    for kind, name, code in areas.values_list("kind", "name", "code"):
        for written in direct_figures.names_of(kind, name, code):
            if found.setdefault(written, code) != code:
                doubled.add(written)
    return {name: code for name, code in found.items() if name not in doubled}


def _hospitals() -> Callable[[str], dict[str, str]]:
    """Of a period the code of each hospital by its exact name, of the VSV of that time."""
    birth_care = BirthCare()

    @cache
    def of_period(period: str) -> dict[str, str]:
        return birth_care.codes_by_hospital(on=_end_of(period))

    return of_period


def _end_of(period: str) -> datetime.date:
    """The last day of a year, as far as it came."""
    today = timezone.localdate()
    return min(datetime.date(int(period), 12, 31), today) if period.isdecimal() else today


class Prepared(NamedTuple):
    """What preparing did besides: years that are new, and what there is to say."""

    new_periods: list[int]
    notes: list[str]


def stage(cursor: Any, rows: Iterable[StagedRow]) -> int:
    """Put rows in the table that the checks read, one after another as they are read; how many."""
    cursor.execute(STAGE)
    count = 0
    with cursor.copy(COPY) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def prepare(cursor: Any, *, recodes: bool = False) -> Prepared:
    """Make the staged rows ready to be checked: those of hospitals and, where asked, of municipalities that
    were gone are added up."""
    _analyze(cursor, "staged")
    new_periods = _create_years(cursor)
    birth_care = BirthCare()
    several = {
        (vsv, period): list(members)
        for period in hospital_sums.periods(cursor)
        for vsv, members in birth_care.hospitals_of_vsvs(on=_end_of(period)).items()
        if len(members) > 1
    }
    notes = [*hospital_sums.add_up(cursor, several), *direct_figures.leave_out_empty(cursor)]
    if recodes and (recoded := recoding.recode_staged(cursor)):
        words = "rijen van opgeheven gemeenten opgeteld bij hun opvolger."
        notes.append(f"{dutch_number(recoded)} {words}")
    return Prepared(new_periods, notes)


_YEARS = r"""
    INSERT INTO monitoring_period (code, label, reference_date)
    SELECT period, period, make_date(period::int, 1, 1)
    FROM (SELECT DISTINCT period FROM staged) AS found
    WHERE period ~ '^\d{4}$' AND period::int <= %s
    ON CONFLICT (code) DO NOTHING RETURNING id
"""
STAGE_AGAIN = """
    INSERT INTO staged
    SELECT row_number, area_code, period, indicator_code, numerator, denominator, status
    FROM monitoring_stagedfigure WHERE delivery_id = %s
"""


def stage_again(cursor: Any, delivery_id: int) -> int:
    """The rows of a delivery that wait, in the table that the checks read; how many they are."""
    cursor.execute(STAGE)
    cursor.execute(STAGE_AGAIN, [delivery_id])
    return cursor.rowcount


def resolve(cursor: Any, *, is_provisional: bool) -> tuple[int, int, int]:
    """Tie every staged row to its keys; how many are new, changed and the same.

    A figure that was provisional and is final now has changed, also where its counts did not.
    """
    cursor.execute(RESOLVE, {"is_provisional": is_provisional})
    _analyze(cursor, "resolved")
    cursor.execute(COUNT)
    return cursor.fetchone()


def _analyze(cursor: Any, table: str) -> None:
    """A fresh temporary table has no statistics; without them the joins may be nested loops."""
    # Of some thousands of its rows: how much it holds is all that the joins need to know.
    cursor.execute("SET LOCAL default_statistics_target = 10")
    cursor.execute(f"ANALYZE {table}")
    cursor.execute("SET LOCAL default_statistics_target TO DEFAULT")


def _create_years(cursor: Any) -> list[int]:
    """A year that the portal does not know yet becomes a period on the division of 1 January."""
    cursor.execute(_YEARS, [timezone.localdate().year])
    return [pk for (pk,) in cursor.fetchall()]


# A delivery of more rows than this, and than a tenth of what is known to be there, changes the plans.
MANY_ROWS = 20_000
_IS_MUCH = """
    SELECT %s > greatest(%s, 0.1 * reltuples) FROM pg_class WHERE oid = 'monitoring_observation'::regclass
"""


def store(cursor: Any, import_file: ImportFile, *, is_provisional: bool = False) -> ImportFile:
    """Let the staged rows be the figures that hold from now on."""
    found = resolve(cursor, is_provisional=is_provisional)
    import_file.new_count, import_file.revised_count, import_file.unchanged_count = found
    keep_file(cursor, import_file)
    if import_file.revised_count:
        cursor.execute(SUPERSEDE, [import_file.imported_at])
    cursor.execute(INSERT, [is_provisional, import_file.pk])
    hospital_sums.keep(cursor, now=import_file.imported_at, file=import_file.pk)
    cursor.execute(_IS_MUCH, [import_file.new_count + import_file.revised_count, MANY_ROWS])
    if cursor.fetchone()[0]:
        # Until PostgreSQL itself finds time for it, every calculation would be planned for a small table.
        cursor.execute("ANALYZE monitoring_observation")
    orders.order_for_file(import_file, by=import_file.imported_by)
    return import_file


def keep_file(cursor: Any, import_file: ImportFile) -> None:
    """Keep what is known of a file, as of a moment later than every file before."""
    cursor.execute(MOMENT)
    (import_file.imported_at,) = cursor.fetchone()
    import_file.full_clean()
    import_file.save(force_insert=True)
