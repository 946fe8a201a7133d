"""Figures at national scale, made up: 28 indicators over 10 years for every municipality."""

from django.db import connection

from monitoring import aggregation
from monitoring.models import ImportFile, Indicator, Partition, Period
from portal import jobs
from tests.bench.measure import report, seconds

ROUNDS = 5

_REFERENCE = """
    CREATE TEMPORARY TABLE reference AS
    SELECT o.indicator_id, o.period_id, m.area_id, sum(o.numerator) AS x, sum(o.denominator) AS n,
           count(*) AS members
    FROM (
        SELECT region_id AS area_id, member_id FROM partners_areamember
        WHERE valid_from <= '2023-01-01' AND (valid_to IS NULL OR '2023-01-01' < valid_to)
        UNION ALL
        SELECT id, id FROM partners_area WHERE kind = 'municipality'
        AND valid_from <= '2023-01-01' AND (valid_to IS NULL OR '2023-01-01' < valid_to)
    ) AS m
    JOIN monitoring_observation o ON o.area_id = m.member_id AND o.superseded_at IS NULL
    GROUP BY o.indicator_id, o.period_id, m.area_id
"""


def fill() -> None:
    """Observations of 28 indicators × 10 years × all municipalities of 2023."""
    if Indicator.objects.filter(code="meting-27").exists():
        return
    Indicator.objects.bulk_create(
        Indicator(
            code=f"meting-{number}",
            name=f"Meting {number}",
            factor=100,
            interval=("wilson", "byar")[number % 4 == 0],
            is_at_risk=True,
        )
        for number in range(28)
    )
    for year in range(2013, 2023):
        Period.objects.get_or_create(
            code=f"proef-{year}", defaults={"label": str(year), "reference_date": "2023-01-01"}
        )
    file = ImportFile.objects.create(name="proef", sha256="b" * 64, size=1, row_count=1)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO monitoring_observation (indicator_id, period_id, area_id, numerator,
                denominator, status, is_provisional, import_file_id, row_number)
            SELECT i.id, p.id, a.id, (a.id * i.id * 7919 + p.id) %% 80, 80 + a.id %% 900,
                   'reported', false, %s, row_number() OVER ()
            FROM monitoring_indicator i, monitoring_period p, partners_area a
            WHERE i.code LIKE 'meting-%%' AND p.code LIKE 'proef-%%' AND a.kind = 'municipality'
              AND a.valid_to IS NULL
            """,
            [file.pk],
        )
        cursor.execute("ANALYZE")


def aggregate_full() -> None:
    """Every figure with intervals, judgement and status, beside a bare GROUP BY of the same sums."""
    fill()

    def ours() -> None:
        jobs.work_due(Partition)

    def reference() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET work_mem = '128MB'")
            cursor.execute(_REFERENCE)

    left, right = [], []
    for _ in range(ROUNDS):
        aggregation.order_all(reason="meting", by=None)
        left.append(seconds(ours))
        right.append(seconds(reference))
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE reference")
            cursor.execute("VACUUM ANALYZE monitoring_aggregate")
    report("aggregate_full", left, right, unit="s", of="median")


BENCHMARKS = {"aggregate_full": aggregate_full}
