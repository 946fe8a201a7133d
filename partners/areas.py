"""The municipalities and regions of the Netherlands, from the tables in `partners/data`."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, transaction

from partners.models import Area, AreaMember, AreaSuccession

DATA = Path(__file__).resolve().parent / "data"

_AREAS = """
    INSERT INTO partners_area (kind, code, name, valid_from, valid_to, longitude, latitude)
    SELECT kind, code, name, valid_from::date, valid_to::date, lon::float8, lat::float8 FROM stage
    ON CONFLICT (kind, code) DO UPDATE
    SET name = excluded.name, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
        longitude = excluded.longitude, latitude = excluded.latitude
    WHERE (partners_area.name, partners_area.valid_from, partners_area.valid_to,
           partners_area.longitude, partners_area.latitude)
          IS DISTINCT FROM (excluded.name, excluded.valid_from, excluded.valid_to,
                            excluded.longitude, excluded.latitude)
"""

# An administrator may have changed a region since; what is there is left alone.
_MEMBERS = """
    INSERT INTO partners_areamember (region_id, member_id, kind, valid_from, valid_to)
    SELECT region.id, member.id, region.kind, s.valid_from::date, s.valid_to::date
    FROM stage s
    JOIN partners_area region ON region.kind = s.region_kind AND region.code = s.region_code
    JOIN partners_area member ON member.kind = 'municipality' AND member.code = s.member_code
    WHERE NOT EXISTS (
        SELECT FROM partners_areamember known
        WHERE known.member_id = member.id AND known.kind = region.kind
          AND daterange(known.valid_from, known.valid_to) && daterange(s.valid_from::date, s.valid_to::date)
    )
"""

_SUCCESSIONS = """
    INSERT INTO partners_areasuccession (predecessor_id, successor_id, "on", kind, share)
    SELECT predecessor.id, successor.id, s."on"::date, s.kind, s.share::float8
    FROM stage s
    JOIN partners_area predecessor
      ON predecessor.kind = 'municipality' AND predecessor.code = s.predecessor
    JOIN partners_area successor ON successor.kind = 'municipality' AND successor.code = s.successor
    ON CONFLICT DO NOTHING
"""


@transaction.atomic
def load_areas() -> str:
    """Add what is missing and correct what changed; a sentence on what there is now. Safe to repeat."""
    _run("areas.csv", _AREAS)
    _run("area_members.csv", _MEMBERS)
    _run("area_successions.csv", _SUCCESSIONS)
    return (
        f"Gebieden: {Area.objects.count()}, waarvan {Area.objects.municipalities().count()} gemeenten; "
        f"{AreaMember.objects.count()} keer een gemeente in een regio; "
        f"{AreaSuccession.objects.count()} herindelingen."
    )


def _run(filename: str, statement: str) -> None:
    header, *rows = _read(DATA / filename)
    with connection.cursor() as cursor:
        columns = ", ".join(f'"{name}" text' for name in header)
        cursor.execute(f"CREATE TEMPORARY TABLE stage ({columns}) ON COMMIT DROP")
        names = ", ".join(f'"{name}"' for name in header)
        with cursor.copy(f"COPY stage ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([cell or None for cell in row])
        cursor.execute(statement)
        cursor.execute("DROP TABLE stage")


def _read(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file)
