"""A file with figures: read, checked and accepted, beside a bare COPY; and to the sums of regions.

`PORTAL_BENCH_YEARS` says how much: a year is one figure of each municipality and indicator.
"""

import csv
import datetime
import io
import os
import statistics
import sys
from typing import Any

from django.db import connection

from monitoring import deliveries
from monitoring.models import Delivery, ImportFile, Indicator, Partition, Period
from partners.models import Area
from portal import jobs
from tests import factories
from tests.bench.measure import memory, report, seconds

ROUNDS = 3
YEARS = range(2021, 2021 + int(os.environ.get("PORTAL_BENCH_YEARS", "5")))
INDICATORS = 28
HEADER = ("gemeentecode", "periode", "indicator", "teller", "noemer")


def _new_codes() -> list[str]:
    """Indicators that nothing was delivered of yet, so that nothing that holds is revised."""
    start = Indicator.objects.filter(code__startswith="levering-").count()
    codes = [f"levering-{start + number:04}" for number in range(INDICATORS)]
    Indicator.objects.bulk_create(
        Indicator(code=code, name=code, factor=100, interval="wilson", is_at_risk=True) for code in codes
    )
    return codes


def _rows(salt: int) -> list[tuple[str, int, str, int, int]]:
    found, codes = [], _new_codes()
    for year in YEARS:
        areas = Area.objects.municipalities().on(datetime.date(min(year, 2023), 1, 1))
        for place, code in enumerate(areas.values_list("code", flat=True)):
            for number, indicator in enumerate(codes):
                found.append((code, year, indicator, (place * 7 + number + salt) % 80 + 10, 100 + place))
    return found


def _file(rows: list[tuple[str, int, str, int, int]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADER)
    writer.writerows(rows)
    return text.getvalue().encode()


def _bring(content: bytes, by: object) -> Delivery:
    delivery = deliveries.bring_in(
        source=io.BytesIO(content), filename="meting.csv", by=by, source_name="Meting"
    )
    if delivery.errors:
        raise SystemExit(f"De meting heeft fouten: {delivery.errors[0]['message']}")
    return deliveries.accept(delivery=delivery, by=by, reason="Meting")


_BARE = (
    "COPY bare_observation (id, indicator_id, period_id, area_id, numerator, denominator, status,"
    " is_provisional, import_file_id, row_number) FROM STDIN"
)


_KEYS = """
    SELECT pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = 'monitoring_observation'::regclass AND contype = 'f'
"""


def _make_bare(cursor: Any) -> None:
    """A table like that of the observations, with all its keys, those to other tables too."""
    cursor.execute("DROP TABLE IF EXISTS bare_observation")
    cursor.execute("CREATE TABLE bare_observation (LIKE monitoring_observation INCLUDING ALL)")
    cursor.execute(_KEYS)
    for (key,) in cursor.fetchall():
        cursor.execute(f"ALTER TABLE bare_observation ADD {key}")


def _as_stored(rows: list[tuple[str, int, str, int, int]]) -> list[tuple[object, ...]]:
    """The rows with the keys that a bare COPY needs to know already."""
    keys: dict[str, int] = dict(Indicator.objects.values_list("code", "pk"))
    places = dict(Area.objects.municipalities().values_list("code", "pk"))
    periods = dict(Period.objects.values_list("code", "pk"))
    file = ImportFile.objects.latest("pk").pk
    return [
        (at, keys[indicator], periods[str(year)], places[code], x, n, "reported", False, file, at)
        for at, (code, year, indicator, x, n) in enumerate(rows)
    ]


def _kept_bare(rows: list[tuple[str, int, str, int, int]]) -> float:
    """How long a bare COPY of the rows into such a table takes; it knows their keys already."""
    with connection.cursor() as cursor:
        _make_bare(cursor)
        stored = _as_stored(rows)

        def bare() -> None:
            with cursor.copy(_BARE) as copy:
                for row in stored:
                    copy.write_row(row)

        took = seconds(bare)
        cursor.execute("DROP TABLE bare_observation")
    return took


def import_rows() -> None:
    """From file to accepted observations, beside COPY of the same rows into such a table with its keys."""
    by = factories.make_person("Meter van leveringen", email=None)
    ours, reference, count = [], [], 0
    for number in range(ROUNDS):
        rows = _rows(number)
        content, count = _file(rows), len(rows)
        ours.append(seconds(lambda content=content: _bring(content, by)))
        reference.append(_kept_bare(rows))
    report("import_rows", ours, reference, unit="s", of="median", rows=count, memory_mb=memory())


def csv_to_regions() -> None:
    """From a CSV file to the sums of every region, beside the same in pandas and a bare COPY that keeps
    the rows; needs pandas, which is no part of the portal."""
    try:
        import pandas
    except ImportError:
        print("csv_to_regions niet gemeten: pandas is er niet.", file=sys.stderr)
        return
    by = factories.make_person("Meter van regio's", email=None)
    ours, reference, alone = [], [], []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT member.code, link.region_id, extract(year FROM link.valid_from)::int,"
            " coalesce(extract(year FROM link.valid_to)::int, 9999) FROM partners_areamember link"
            " JOIN partners_area member ON member.id = link.member_id WHERE link.kind <> 'municipality'"
        )
        links = pandas.DataFrame(cursor.fetchall(), columns=["gemeentecode", "region", "first", "last"])
    for number in range(ROUNDS):
        rows = _rows(100 + number)
        content = _file(rows)

        def portal(content: bytes = content) -> None:
            _bring(content, by)
            jobs.work_due(Partition)

        def frames(content: bytes = content) -> None:
            table = pandas.read_csv(io.BytesIO(content), sep=";").merge(links, on="gemeentecode")
            table = table[(table["first"] <= table["periode"]) & (table["periode"] < table["last"])]
            table.groupby(["indicator", "periode", "region"])[["teller", "noemer"]].sum()

        ours.append(seconds(portal))
        alone.append(seconds(frames))
        reference.append(alone[-1] + _kept_bare(rows))
    more = {"pandas": round(statistics.median(alone), 3), "memory_mb": memory()}
    report("csv_to_regions", ours, reference, unit="s", of="median", **more)


BENCHMARKS = {"import_rows": import_rows, "csv_to_regions": csv_to_regions}
