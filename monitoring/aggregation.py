"""Figures per municipality and region: sums first, divide last, one transaction per partition.

A region's figure is the sum of its municipalities on the reference date of the period. Nothing is
computed row by row in Python; one statement makes every area of one indicator and period, with
its interval, its comparison with the country and, where there is no number, the reason.
"""

from collections.abc import Sequence

from django.db import connection, transaction

from monitoring import intervals
from monitoring.models import ImportFile, Partition, Run
from partners.models import Person
from portal import jobs

# A person can be recognised in a count below this one (regiobeeld Kansrijke Start).
SMALLEST_COUNT = 10
# A sum without its missing members is shown from this part of the denominators on.
LEAST_COVERAGE = 0.95
LEAST_MEMBERS = 3

_FIGURES = """
WITH cells AS (
    -- Two orders of the same figures may stand in one batch; the newest one makes them.
    SELECT DISTINCT ON (partition.indicator_id, partition.period_id)
           partition.id AS partition_id, partition.indicator_id, partition.period_id,
           period.reference_date AS day, indicator.factor::float8, indicator.interval,
           indicator.is_at_risk
    FROM monitoring_partition partition
    JOIN monitoring_indicator indicator ON indicator.id = partition.indicator_id
    JOIN monitoring_period period ON period.id = partition.period_id
    WHERE partition.id = ANY(%(partitions)s)
    ORDER BY partition.indicator_id, partition.period_id, partition.id DESC
),
-- Once per reference date, not once per partition: the same regions serve every indicator.
members AS MATERIALIZED (
    SELECT days.day, link.region_id AS area_id, link.member_id, region.kind = 'country' AS is_country
    FROM (SELECT DISTINCT day FROM cells) days
    JOIN partners_areamember link
      ON link.valid_from <= days.day AND (link.valid_to IS NULL OR days.day < link.valid_to)
    JOIN partners_area region ON region.id = link.region_id
    UNION ALL
    SELECT days.day, area.id, area.id, false
    FROM (SELECT DISTINCT day FROM cells) days
    JOIN partners_area area
      ON area.kind = 'municipality' AND area.valid_from <= days.day
     AND (area.valid_to IS NULL OR days.day < area.valid_to)
),
sums AS (
    SELECT cells.partition_id, members.area_id, members.is_country,
           sum(o.numerator) AS x,
           sum(o.denominator) FILTER (WHERE o.status = 'reported') AS n,
           count(*) AS member_count,
           count(*) FILTER (WHERE o.status = 'reported') AS reported_count,
           -- Null where the size of a missing member is unknown.
           CASE WHEN count(o.denominator) = count(*) THEN sum(o.denominator) END AS n_known,
           coalesce(min(o.status) FILTER (WHERE o.status <> 'reported'), 'not_delivered') AS reason
    FROM cells
    JOIN members ON members.day = cells.day
    LEFT JOIN monitoring_observation o
      ON o.area_id = members.member_id AND o.indicator_id = cells.indicator_id
     AND o.period_id = cells.period_id AND o.superseded_at IS NULL
    GROUP BY cells.partition_id, members.area_id, members.is_country
),
judged AS (
    SELECT cells.*, area_id, is_country, x, n, member_count, reported_count,
        CASE
            WHEN reported_count = 0 THEN reason
            WHEN reported_count < member_count AND (
                reported_count < %(least_members)s
                OR coalesce(n / nullif(n_known, 0), 0) < %(least_coverage)s
            ) THEN 'incomplete'
            WHEN n = 0 THEN 'not_applicable'
            WHEN is_at_risk AND (
                n < %(smallest)s OR x > 0 AND x < %(smallest)s
                OR interval = 'wilson' AND n - x > 0 AND n - x < %(smallest)s
            ) THEN 'suppressed_primary'
            -- Of two members, each could subtract its own count from the sum.
            WHEN is_at_risk AND member_count = 2 THEN 'suppressed_secondary'
            ELSE 'reported'
        END AS status
    FROM sums JOIN cells USING (partition_id)
),
limits AS (
    SELECT judged.*,
        CASE WHEN status = 'reported' THEN factor * x / n END AS value,
        {lower_95} AS lower_95, {upper_95} AS upper_95,
        {lower_998} AS lower_998, {upper_998} AS upper_998
    FROM judged
),
benchmarks AS (
    SELECT limits.*,
           max(value) FILTER (WHERE is_country) OVER (PARTITION BY partition_id) AS benchmark
    FROM limits
)
INSERT INTO monitoring_aggregate (
    indicator_id, period_id, area_id, partition_id, numerator, denominator, value,
    lower_95, upper_95, lower_998, upper_998, compared_95, compared_998,
    status, member_count, reported_count
)
SELECT indicator_id, period_id, area_id, partition_id,
       CASE WHEN status = 'reported' THEN x END,
       CASE WHEN status NOT LIKE 'suppressed%%' THEN n END,
       value, lower_95, upper_95, lower_998, upper_998,
       {compared_95}, {compared_998},
       status, member_count, reported_count
FROM benchmarks
"""

_LIMIT = """
    CASE WHEN status = 'reported' AND interval = 'wilson' THEN factor * (
        2 * x + {z}::float8 ^ 2 {sign} {z} * sqrt({z}::float8 ^ 2 + 4 * x * (1 - x / n))
    ) / (2 * (n + {z}::float8 ^ 2))
    WHEN status = 'reported' AND interval = 'byar' THEN factor / n * CASE
        WHEN x < 10 THEN (%({exact})s::float8[])[x::int + 1]
        ELSE {count} * (1 - 1 / (9 * {count}) {sign} {z} / (3 * sqrt({count}))) ^ 3
    END END
"""
_COMPARED = """
    CASE WHEN is_country OR lower_{name} IS NULL OR benchmark IS NULL THEN NULL
         WHEN lower_{name} > benchmark THEN 'higher'
         WHEN upper_{name} < benchmark THEN 'lower'
         ELSE 'same'
    END
"""
_LEVELS = {"95": intervals.Z95, "998": intervals.Z998}


def _figures_statement() -> str:
    """The statement with the formulas of `monitoring.intervals` written out in SQL."""
    formulas = {}
    for name, z in _LEVELS.items():
        formulas[f"lower_{name}"] = _LIMIT.format(z=z, sign="-", count="x", exact=f"exact_lower_{name}")
        formulas[f"upper_{name}"] = _LIMIT.format(z=z, sign="+", count="(x + 1)", exact=f"exact_upper_{name}")
        formulas[f"compared_{name}"] = _COMPARED.format(name=name)
    return _FIGURES.format(**formulas)


def _exact_limits() -> dict[str, list[float]]:
    """Exact Poisson limits of the counts 0 to 9, at both levels."""
    found = {}
    for name, z in _LEVELS.items():
        exact = [intervals.exact_poisson(count, z=z) for count in range(10)]
        found[f"exact_lower_{name}"] = [interval.lower for interval in exact if interval]
        found[f"exact_upper_{name}"] = [interval.upper for interval in exact if interval]
    return found


STATEMENT = _figures_statement()


_COUNT_ROWS = """
    UPDATE monitoring_partition partition SET rows = made.rows
    FROM (
        SELECT figure.partition_id, count(*) AS rows
        FROM monitoring_aggregate figure
        WHERE (figure.indicator_id, figure.period_id) IN (
            SELECT indicator_id, period_id FROM monitoring_partition WHERE id = ANY(%s)
        )
        GROUP BY figure.partition_id
    ) AS made
    WHERE partition.id = made.partition_id
"""


def aggregate_partitions(partitions: Sequence[Partition]) -> None:
    """Replace every figure of these partitions, or leave all as they were.

    Safe to run twice; two at once on the same indicator and period wait for each other. Raises
    LeaseLost where another worker has one of them by now.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        ids = [partition.pk for partition in partitions]
        # With the usual few megabytes, PostgreSQL would sort on disk what fits in memory.
        cursor.execute("SET LOCAL work_mem = '128MB'")
        # In one order, so that two workers with overlapping batches cannot wait for each other.
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) "
            "FROM (SELECT unnest(%s::text[]) AS key ORDER BY 1) AS keys",
            [[f"aggregate:{row.indicator_id}:{row.period_id}" for row in partitions]],
        )
        cursor.execute(
            "DELETE FROM monitoring_aggregate figure USING monitoring_partition partition "
            "WHERE partition.id = ANY(%s) AND figure.indicator_id = partition.indicator_id "
            "AND figure.period_id = partition.period_id",
            [ids],
        )
        cursor.execute(
            STATEMENT,
            {
                "partitions": ids,
                "smallest": SMALLEST_COUNT,
                "least_members": LEAST_MEMBERS,
                "least_coverage": LEAST_COVERAGE,
                **_exact_limits(),
            },
        )
        cursor.execute(_COUNT_ROWS, [ids])
        Partition.finish_together(partitions)


_ALL_PAIRS = """
    SELECT DISTINCT o.indicator_id, o.period_id
    FROM monitoring_observation o JOIN monitoring_indicator i ON i.id = o.indicator_id
    WHERE o.superseded_at IS NULL AND i.is_current
"""
_PAIRS_OF_FILE = f"{_ALL_PAIRS} AND o.import_file_id = %s"
# Pairs for which a region changed since the latest partition was ordered.
_STALE_PAIRS = f"""
    SELECT pair.indicator_id, pair.period_id FROM ({_ALL_PAIRS}) AS pair
    WHERE coalesce((
        SELECT max(p.created_at) FROM monitoring_partition p
        WHERE p.indicator_id = pair.indicator_id AND p.period_id = pair.period_id
    ), '-infinity') <= (SELECT max(pgh_created_at) FROM partners_areamemberevent)
"""


def order_all(*, reason: str, by: Person | None) -> Run | None:
    """Ask workers for every figure anew; None where there are no observations."""
    return _order(_ALL_PAIRS, [], reason=reason, by=by)


def order_for_file(file: ImportFile, *, by: Person | None) -> Run | None:
    """Ask workers for the figures that a delivery touches; call it in the delivery's transaction."""
    return _order(_PAIRS_OF_FILE, [file.pk], reason=f"levering {file.name}", by=by)


def order_stale() -> Run | None:
    """Ask workers for the figures whose regions changed since; None where all are up to date."""
    return _order(_STALE_PAIRS, [], reason="een regio is gewijzigd", by=None)


@transaction.atomic
def _order(pairs: str, parameters: list[int], *, reason: str, by: Person | None) -> Run | None:
    run = Run.objects.create(reason=reason[:200], requested_by=by)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO monitoring_partition (run_id, indicator_id, period_id, state, attempts, "
            "last_error, rows) SELECT %s, pair.indicator_id, pair.period_id, 'waiting', 0, '', 0 "
            f"FROM ({pairs}) AS pair",
            [run.pk, *parameters],
        )
        count = cursor.rowcount
    if not count:
        run.delete()
        return None
    jobs.ring(Partition, times=min(count, 8))
    return run
