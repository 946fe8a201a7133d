"""Figures at national scale, made up: 28 indicators over 10 years for 18,000 districts.

Five million observations, summed to municipalities and from there to every region.
"""

import secrets

from django.db import connection, transaction

from monitoring import imports, orders, releases
from monitoring.models import ImportFile, Indicator, Partition, Period, Release
from partners.models import Area, AreaKind
from portal import jobs
from tests import factories
from tests.bench.measure import memory, report, seconds

ROUNDS = 5
DISTRICTS = 18_000
INDICATORS = 28
YEARS = range(2013, 2023)
DAY = "2023-01-01"

_AREAS = """
    INSERT INTO partners_area (kind, code, name, valid_from)
    SELECT 'district', 'WK' || lpad(number::text, 6, '0'), 'Wijk ' || number, '2020-01-01'
    FROM generate_series(1, %(districts)s) AS number
"""
_MEMBERS = """
    INSERT INTO partners_areamember (region_id, member_id, kind, valid_from)
    SELECT municipality.id, district.id, 'municipality', '2020-01-01'
    FROM (SELECT id, row_number() OVER (ORDER BY code) AS place FROM partners_area
          WHERE kind = 'district') AS district
    JOIN (SELECT id, row_number() OVER (ORDER BY code) AS place, count(*) OVER () AS number
          FROM partners_area WHERE kind = 'municipality' AND valid_from <= %(day)s
          AND (valid_to IS NULL OR %(day)s < valid_to)) AS municipality
      ON municipality.place = district.place %% municipality.number + 1
"""
_OBSERVATIONS = """
    INSERT INTO monitoring_observation (indicator_id, period_id, area_id, numerator, denominator,
        status, is_provisional, import_file_id, row_number)
    SELECT i.id, p.id, a.id, (a.id * i.id * 7919 + p.id) %% 80, 80 + a.id %% 900,
           'reported', false, %(file)s, row_number() OVER ()
    FROM monitoring_indicator i, monitoring_period p, partners_area a
    WHERE i.code LIKE 'landelijk-%%' AND p.code LIKE 'proef-%%' AND a.kind = 'district'
    ORDER BY i.id, p.id, a.id
"""
# A bare GROUP BY, in two levels because that is by far the fastest way to these sums.
_REFERENCE = """
    CREATE TEMPORARY TABLE reference AS
    WITH municipal AS (
        SELECT o.indicator_id, o.period_id, m.region_id AS area_id, sum(o.numerator) AS x,
               sum(o.denominator) AS n, count(*) AS members
        FROM monitoring_observation o
        JOIN partners_areamember m ON m.member_id = o.area_id AND m.kind = 'municipality'
        WHERE o.superseded_at IS NULL AND o.indicator_id = ANY(%(indicators)s::bigint[])
        GROUP BY 1, 2, 3
    )
    SELECT * FROM municipal
    UNION ALL
    SELECT indicator_id, period_id, m.region_id, sum(x), sum(n), count(*)
    FROM municipal JOIN partners_areamember m ON m.member_id = municipal.area_id
    WHERE m.valid_from <= %(day)s AND (m.valid_to IS NULL OR %(day)s < m.valid_to)
    GROUP BY 1, 2, 3
"""
# Only sums are stored; to be fair, everything that follows from them is worked out once as well.
_READ = """
    SELECT count(value), sum(lower_95), sum(upper_95), sum(lower_998), sum(upper_998),
           count(compared_95), count(compared_998), max(status)
    FROM monitoring_releasefigure
    WHERE release_id = %(release)s
      AND area_id = ANY(%(areas)s::bigint[]) AND indicator_id = ANY(%(indicators)s::bigint[])
"""
_DIFFERENT = """
    SELECT count(*)
    FROM reference
    FULL JOIN (
        SELECT indicator_id, period_id, area_id, numerator AS x, denominator AS n, member_count AS members
        FROM monitoring_total WHERE indicator_id = ANY(%(indicators)s::bigint[])
    ) AS ours USING (indicator_id, period_id, area_id)
    WHERE (reference.x, reference.n, reference.members) IS DISTINCT FROM (ours.x, ours.n, ours.members)
"""
_CORRECT = """
    WITH ended AS (
        UPDATE monitoring_observation SET superseded_at = %s
        WHERE indicator_id = %s AND period_id = %s AND area_id = %s AND superseded_at IS NULL
        RETURNING *
    )
    INSERT INTO monitoring_observation (indicator_id, period_id, area_id, numerator, denominator, status,
        is_provisional, import_file_id, row_number)
    SELECT indicator_id, period_id, area_id, 10 + %s %% 50, denominator, status, false, %s, 1 FROM ended
"""
_KEYS = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = 'monitoring_observation'::regclass AND contype = 'f'
"""


def fill() -> None:
    """Observations of 28 indicators × 10 years × 18,000 districts, with the statistics that
    PostgreSQL makes by itself within a minute."""
    _fill()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE monitoring_observation, partners_area, partners_areamember")


@transaction.atomic
def _fill() -> None:
    # A second start finds no definition of these and takes them for outdated.
    if Indicator.objects.filter(code__startswith="landelijk-").update(is_current=True):
        return
    Indicator.objects.bulk_create(
        Indicator(
            code=f"landelijk-{number:02}",
            name=f"Landelijk {number}",
            factor=100,
            interval=("wilson", "byar")[number % 4 == 0],
            is_at_risk=True,
        )
        for number in range(INDICATORS)
    )
    for year in YEARS:
        Period.objects.get_or_create(
            code=f"proef-{year}", defaults={"label": str(year), "reference_date": DAY}
        )
    file = ImportFile.objects.create(name="landelijk", sha256="c" * 64, size=1, row_count=1)
    with connection.cursor() as cursor:
        cursor.execute(_AREAS, {"districts": DISTRICTS})
        cursor.execute(_MEMBERS, {"day": DAY})
        # Five million rows that name what exists: checked in one go, not four times a row.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(_KEYS)
        keys = cursor.fetchall()
        for name, _definition in keys:
            cursor.execute(f"ALTER TABLE monitoring_observation DROP CONSTRAINT {name}")
        cursor.execute(_OBSERVATIONS, {"file": file.pk})
        for name, definition in keys:
            cursor.execute(f"ALTER TABLE monitoring_observation ADD CONSTRAINT {name} {definition}")


def order(indicators: int = INDICATORS, years: int = len(YEARS)) -> None:
    """Ask for the figures of the first so many indicators and years, as a delivery of all of them does."""
    run = orders.order_for_file(ImportFile.objects.get(name="landelijk"), by=None)
    asked = run.partitions.filter(
        indicator__in=_indicators()[:indicators],
        period__in=Period.objects.filter(code__startswith="proef-").order_by("code")[:years],
    )
    run.partitions.exclude(pk__in=asked.values("pk")).delete()


@transaction.atomic
def _release() -> Release:
    return releases.reopen()


def _indicators() -> list[Indicator]:
    return list(Indicator.objects.filter(code__startswith="landelijk-").order_by("code"))


def _work() -> None:
    jobs.work_due(Partition)
    if Partition.objects.exclude(state="done").exists():
        raise SystemExit("Een onderdeel van de meting is niet uitgerekend.")


def _clean() -> None:
    """What PostgreSQL does by itself within a minute."""
    with connection.cursor() as cursor:
        cursor.execute(
            "VACUUM ANALYZE monitoring_total, monitoring_edition, monitoring_partition, monitoring_indicator"
        )


def _known() -> dict[str, object]:
    """What the reading and the reference ask for."""
    return {
        "indicators": [row.pk for row in _indicators()],
        # By their keys, as pages ask for them.
        "areas": list(Area.objects.exclude(kind=AreaKind.DISTRICT).values_list("pk", flat=True)),
        "day": DAY,
        "release": _release().pk,
    }


def _ask(statement: str, known: dict[str, object]) -> None:
    """With as much memory as the calculation takes for itself."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute(statement, known)


def _everything(known: dict[str, object]) -> float:
    """Seconds to work out every figure of the country and read all that follows from it."""

    def ours() -> None:
        _work()
        _ask(_READ, known)

    order()
    return seconds(ours)


def aggregate_full() -> None:
    """Every figure with intervals, judgement and status, beside a bare GROUP BY of the same sums."""
    fill()
    known = _known()
    left, right = [], []
    for _ in range(ROUNDS):
        left.append(_everything(known))
        right.append(seconds(lambda: _ask(_REFERENCE, known)))
        with connection.cursor() as cursor:
            cursor.execute(_DIFFERENT, known)
            if different := cursor.fetchone()[0]:
                raise SystemExit(f"{different} sommen verschillen van de vergelijking.")
            cursor.execute("DROP TABLE reference")
        _clean()
    report("aggregate_full", left, right, unit="s", of="median", memory_mb=memory())


def aggregate_growth() -> None:
    """An eighth, a quarter, half and all of the country; eight times the first is linear."""
    fill()
    found: dict[int, list[float]] = {1: [], 2: [], 4: [], 8: []}
    for _ in range(ROUNDS):
        for size, (indicators, years) in {1: (7, 5), 2: (7, 10), 4: (14, 10), 8: (28, 10)}.items():
            order(indicators, years)
            found[size].append(seconds(_work))
            _clean()
    linear = [8 * value for value in found[1]]
    medians = {f"{size}x": round(sorted(rounds)[ROUNDS // 2], 3) for size, rounds in found.items()}
    report("aggregate_growth", found[8], linear, unit="s", of="median", memory_mb=memory(), **medians)


def aggregate_one() -> None:
    """One corrected figure to a new draft, beside every figure of the country."""
    fill()
    known = _known()
    by = factories.make_person("Meter van cijfers", email=None)
    indicator, period = _indicators()[0], Period.objects.filter(code__startswith="proef-").first()
    area = Area.objects.filter(kind=AreaKind.DISTRICT).first()
    ours, everything = [], []
    for _ in range(ROUNDS):
        everything.append(_everything(known))
        _clean()
    for number in range(ROUNDS):
        with transaction.atomic(), connection.cursor() as cursor:
            file = ImportFile(
                name="verbetering", sha256=secrets.token_hex(32), size=1, row_count=1, imported_by=by
            )
            imports.keep_file(cursor, file)
            corrected = [file.imported_at, indicator.pk, period.pk, area.pk, number, file.pk]
            cursor.execute(_CORRECT, corrected)
            if not orders.order_for_file(file, by=by):
                raise SystemExit("De verbetering is niet besteld.")
        ours.append(seconds(_work))
    report("aggregate_one", ours, everything, unit="s", of="median", memory_mb=memory())


BENCHMARKS = {
    "aggregate_full": aggregate_full,
    "aggregate_growth": aggregate_growth,
    "aggregate_one": aggregate_one,
}
