"""Figures per municipality and region: sums first, divide last, one transaction per partition.

A region's figure is the sum of its municipalities on the reference date of the period. Nothing is
computed row by row in Python; one statement makes every area of one indicator and period, with
its interval, its comparison with the country and, where there is no number, the reason.
"""

from django.db import connection, transaction

from monitoring import intervals
from monitoring.models import Partition, Run
from partners.models import Person
from portal import jobs

# A person can be recognised in a count below this one (regiobeeld Kansrijke Start).
SMALLEST_COUNT = 10
# A sum without its missing members is shown from this part of the denominators on.
LEAST_COVERAGE = 0.95
LEAST_MEMBERS = 3

_FIGURES = """
WITH period AS (
    SELECT reference_date AS day FROM monitoring_period WHERE id = %(period)s
),
members AS (
    SELECT link.region_id AS area_id, link.member_id
    FROM partners_areamember link, period
    WHERE link.valid_from <= day AND (link.valid_to IS NULL OR day < link.valid_to)
    UNION ALL
    SELECT area.id, area.id
    FROM partners_area area, period
    WHERE area.kind = 'municipality'
      AND area.valid_from <= day AND (area.valid_to IS NULL OR day < area.valid_to)
),
sums AS (
    SELECT members.area_id,
           sum(o.numerator) AS x,
           sum(o.denominator) FILTER (WHERE o.status = 'reported') AS n,
           count(*) AS member_count,
           count(*) FILTER (WHERE o.status = 'reported') AS reported_count,
           -- Null where the size of a missing member is unknown.
           CASE WHEN count(o.denominator) = count(*) THEN sum(o.denominator) END AS n_known,
           coalesce(min(o.status) FILTER (WHERE o.status <> 'reported'), 'not_delivered') AS reason
    FROM members
    LEFT JOIN monitoring_observation o
      ON o.area_id = members.member_id AND o.indicator_id = %(indicator)s
     AND o.period_id = %(period)s AND o.superseded_at IS NULL
    GROUP BY members.area_id
),
judged AS (
    SELECT *,
        CASE
            WHEN reported_count = 0 THEN reason
            WHEN reported_count < member_count AND (
                reported_count < %(least_members)s
                OR coalesce(n / nullif(n_known, 0), 0) < %(least_coverage)s
            ) THEN 'incomplete'
            WHEN n = 0 THEN 'not_applicable'
            WHEN %(is_at_risk)s AND (
                n < %(smallest)s OR x > 0 AND x < %(smallest)s
                OR %(is_share)s AND n - x > 0 AND n - x < %(smallest)s
            ) THEN 'suppressed_primary'
            -- Of two members, each could subtract its own count from the sum.
            WHEN %(is_at_risk)s AND member_count = 2 THEN 'suppressed_secondary'
            ELSE 'reported'
        END AS status
    FROM sums
),
limits AS (
    SELECT judged.*,
        CASE WHEN status = 'reported' THEN %(factor)s * x / n END AS value,
        {lower_95} AS lower_95, {upper_95} AS upper_95,
        {lower_998} AS lower_998, {upper_998} AS upper_998
    FROM judged
),
benchmark AS (
    SELECT limits.value FROM limits JOIN partners_area area ON area.id = limits.area_id
    WHERE area.kind = 'country'
)
INSERT INTO monitoring_aggregate (
    indicator_id, period_id, area_id, partition_id, numerator, denominator, value,
    lower_95, upper_95, lower_998, upper_998, compared_95, compared_998,
    status, member_count, reported_count
)
SELECT %(indicator)s, %(period)s, area_id, %(partition)s,
       CASE WHEN status = 'reported' THEN x END,
       CASE WHEN status NOT LIKE 'suppressed%%' THEN n END,
       value, lower_95, upper_95, lower_998, upper_998,
       {compared_95}, {compared_998},
       status, member_count, reported_count
FROM limits
"""

_WILSON = """
    CASE WHEN status = 'reported' THEN %(factor)s * (
        2 * x + {z}::float8 ^ 2 {sign} {z} * sqrt({z}::float8 ^ 2 + 4 * x * (1 - x / n))
    ) / (2 * (n + {z}::float8 ^ 2)) END
"""
_BYAR_LOWER = """
    CASE WHEN status = 'reported' THEN %(factor)s / n * CASE
        WHEN x < 10 THEN (%(exact_lower_{name})s::float8[])[x::int + 1]
        ELSE x * (1 - 1 / (9 * x) - {z} / (3 * sqrt(x))) ^ 3
    END END
"""
_BYAR_UPPER = """
    CASE WHEN status = 'reported' THEN %(factor)s / n * CASE
        WHEN x < 10 THEN (%(exact_upper_{name})s::float8[])[x::int + 1]
        ELSE (x + 1) * (1 - 1 / (9 * (x + 1)) + {z} / (3 * sqrt(x + 1))) ^ 3
    END END
"""
_COMPARED = """
    CASE WHEN lower_{name} > (SELECT value FROM benchmark) THEN 'higher'
         WHEN upper_{name} < (SELECT value FROM benchmark) THEN 'lower'
         WHEN lower_{name} IS NOT NULL AND (SELECT value FROM benchmark) IS NOT NULL THEN 'same'
    END
"""
_LEVELS = {"95": intervals.Z95, "998": intervals.Z998}


def _limits(interval: str) -> dict[str, str]:
    """The SQL of both limits at both levels."""
    found = {}
    for name, z in _LEVELS.items():
        match interval:
            case "wilson":
                found[f"lower_{name}"] = _WILSON.format(z=z, sign="-")
                found[f"upper_{name}"] = _WILSON.format(z=z, sign="+")
            case "byar":
                found[f"lower_{name}"] = _BYAR_LOWER.format(z=z, name=name)
                found[f"upper_{name}"] = _BYAR_UPPER.format(z=z, name=name)
            case _:
                found[f"lower_{name}"] = found[f"upper_{name}"] = "NULL::float8"
    return found


def figures_statement(interval: str) -> str:
    """The statement that makes all figures of a partition, for one kind of interval."""
    compared = {f"compared_{name}": _COMPARED.format(name=name) for name in _LEVELS}
    return _FIGURES.format(**_limits(interval), **compared)


def _exact_limits() -> dict[str, list[float]]:
    """Exact Poisson limits of the counts 0 to 9, at both levels."""
    found = {}
    for name, z in _LEVELS.items():
        exact = [intervals.exact_poisson(count, z=z) for count in range(10)]
        found[f"exact_lower_{name}"] = [interval.lower for interval in exact]
        found[f"exact_upper_{name}"] = [interval.upper for interval in exact]
    return found


def aggregate_partition(partition: Partition) -> None:
    """Replace every figure of the partition's indicator and period, or leave all as they were.

    Safe to run twice; two at once wait for each other. Raises LeaseLost where another worker has
    the partition by now.
    """
    indicator = partition.indicator
    with transaction.atomic(), connection.cursor() as cursor:
        partition.hold()
        key = f"aggregate:{partition.indicator_id}:{partition.period_id}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        cursor.execute(
            "DELETE FROM monitoring_aggregate WHERE indicator_id = %s AND period_id = %s",
            [partition.indicator_id, partition.period_id],
        )
        cursor.execute(
            figures_statement(indicator.interval),
            {
                "indicator": partition.indicator_id,
                "period": partition.period_id,
                "partition": partition.pk,
                "factor": float(indicator.factor),
                "is_at_risk": indicator.is_at_risk,
                "is_share": indicator.interval == "wilson",
                "smallest": SMALLEST_COUNT,
                "least_members": LEAST_MEMBERS,
                "least_coverage": LEAST_COVERAGE,
                **(_exact_limits() if indicator.interval == "byar" else {}),
            },
        )
        partition.finish(rows=cursor.rowcount)


_ALL_PAIRS = """
    SELECT DISTINCT o.indicator_id, o.period_id
    FROM monitoring_observation o JOIN monitoring_indicator i ON i.id = o.indicator_id
    WHERE o.superseded_at IS NULL AND i.is_current
"""
# Pairs with a delivery, or a change of a region, since the latest partition was ordered.
_STALE_PAIRS = """
    SELECT o.indicator_id, o.period_id
    FROM monitoring_observation o
    JOIN monitoring_indicator i ON i.id = o.indicator_id
    JOIN monitoring_importfile f ON f.id = o.import_file_id
    WHERE o.superseded_at IS NULL AND i.is_current
    GROUP BY o.indicator_id, o.period_id
    HAVING greatest(max(f.imported_at), (SELECT max(pgh_created_at) FROM partners_areamemberevent))
           > coalesce((
               SELECT max(p.created_at) FROM monitoring_partition p
               WHERE p.indicator_id = o.indicator_id AND p.period_id = o.period_id
                 AND p.state <> 'failed'
           ), '-infinity')
"""


@transaction.atomic
def order_run(*, reason: str, by: Person | None, only_stale: bool = False) -> Run | None:
    """Ask workers for every figure anew, or with `only_stale` for those that changed.

    None where there is nothing to do.
    """
    run = Run.objects.create(reason=reason, requested_by=by)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO monitoring_partition (run_id, indicator_id, period_id, state, attempts, "
            "last_error, rows) SELECT %s, pair.indicator_id, pair.period_id, 'waiting', 0, '', 0 "
            f"FROM ({_STALE_PAIRS if only_stale else _ALL_PAIRS}) AS pair",
            [run.pk],
        )
        count = cursor.rowcount
    if not count:
        run.delete()
        return None
    jobs.ring(Partition, times=min(count, 8))
    return run
