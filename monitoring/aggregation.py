"""Sums per municipality and region: sums first, divide last, one transaction per partition.

A region is the sum of its municipalities on the reference date of the period. A municipality about
which no source says anything is the sum of its districts. Only sums are stored; what an area's own
observation or its sum means, says `monitoring.rules`. Nothing is computed row by row in Python.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, transaction

from monitoring import rules
from monitoring.models import Audit, ImportFile, Partition, Period, Run
from partners.models import AreaKind
from portal import jobs
from portal.evidence import tell_of_growth

# A sum without its missing members is shown from this part of the denominators on.
LEAST_COVERAGE = 0.95
# So many partitions together may make a table much larger than it was.
MANY = 20
LEAST_MEMBERS = rules.LEAST_MEMBERS

# By their names, so that they are found by index and not by passing over every district.
_KINDS = ", ".join(f"'{kind}'" for kind in AreaKind if kind != AreaKind.DISTRICT)
_VALID = "{0}.valid_from <= {1} AND ({0}.valid_to IS NULL OR {1} < {0}.valid_to)"

# As numbers of their own size they are found by hash; handed over as smaller ones, a row would be
# compared with one after the other.
_KNOWN = f"""
    o.indicator_id = ANY(%(indicators)s::bigint[]) AND o.period_id = ANY(%(periods)s::bigint[])
    AND {rules.KNOWN_TO.format(count="o", through="%(through)s", as_of="%(as_of)s")}
"""
# The municipality of every district, at the place of the number of the district. Looked up in here
# it costs a third of a join, which for millions of rows would take longer than to sum them.
MUNICIPALITIES = f"""
    SELECT array_agg(coalesce(link.region_id, 0) ORDER BY number)
    FROM generate_series(1, (SELECT max(member_id) FROM partners_areamember)) AS number
    LEFT JOIN partners_areamember link
      ON link.member_id = number AND link.kind = 'municipality' AND {_VALID.format("link", "%(day)s")}
"""
# The number of districts of every municipality, at the place of the number of the municipality.
DISTRICTS = f"""
    SELECT coalesce(array_agg(coalesce(found.count, 0) ORDER BY number), ARRAY[]::bigint[])
    FROM generate_series(1, (SELECT max(region_id) FROM partners_areamember WHERE kind = 'municipality'))
        AS number
    LEFT JOIN (
        SELECT region_id, count(*) FROM partners_areamember link
        WHERE kind = 'municipality' AND {_VALID.format("link", "%(day)s")} GROUP BY region_id
    ) AS found ON found.region_id = number
"""
# To make these takes longer than to sum one indicator of one year, so that they are kept from the order
# on. Made anew where they are not there; and unpacked once here, instead of at each look into them.
_KEPT = """coalesce(
    (SELECT {column} || ARRAY[]::bigint[] FROM monitoring_division
     WHERE places = %(places)s AND day = %(day)s),
    ({anew})
)"""
_DIVISION = _KEPT.format(column="municipalities", anew=MUNICIPALITIES)
_DISTRICTS = _KEPT.format(column="districts", anew=DISTRICTS)
# More than the number of any area or period: with it the three numbers of a sum are one number, by which
# millions of rows are grouped sooner than by three.
_SPAN = "(SELECT 1 + greatest(max(id), %(last_period)s) FROM partners_area)"
# Each observation once: by itself, or in the sum of the municipality that it is a district of; of
# the districts those without a number apart, as they are few and ask for more.
# For one day at a time and with the numbers of indicators and periods written out, so that
# PostgreSQL can estimate it; and as CREATE TABLE, which it spreads over processes, unlike INSERT.
COUNTS = f"""
    DROP TABLE IF EXISTS pg_temp.counts;
    CREATE TEMPORARY TABLE counts ON COMMIT DROP AS
    SELECT * FROM (
        SELECT indicator_id, period_id, area_id, false AS is_own, x, n,
               coalesce(reported_count, 0) AS reported_count,
               coalesce(missing_count, 0) AS missing_count,
               coalesce(sized_count, 0) AS sized_count, missing_n, reason
        FROM (
            SELECT place / {_SPAN} / {_SPAN} AS indicator_id, place / {_SPAN} %% {_SPAN} AS period_id,
                   place %% {_SPAN} AS area_id, x, n, reported_count
            FROM (
                SELECT (o.indicator_id * {_SPAN} + o.period_id) * {_SPAN} + ({_DIVISION})[o.area_id] AS place,
                       sum(o.numerator) AS x, sum(o.denominator) AS n, count(*) AS reported_count
                FROM monitoring_observation o WHERE {_KNOWN} AND o.numerator IS NOT NULL
                GROUP BY 1
            ) AS grouped
        ) AS reported
        FULL JOIN (
            SELECT o.indicator_id, o.period_id, ({_DIVISION})[o.area_id] AS area_id,
                   count(*) AS missing_count, count(o.denominator) AS sized_count,
                   sum(o.denominator) AS missing_n, min(o.status) AS reason
            FROM monitoring_observation o WHERE {_KNOWN} AND o.status <> 'reported'
            GROUP BY 1, 2, 3
        ) AS missing USING (indicator_id, period_id, area_id)
    ) AS districts
    WHERE area_id > 0
    UNION ALL
    SELECT own.* FROM partners_area area
    -- With an offset it is looked up per area, and not sought among the many districts.
    CROSS JOIN LATERAL (
        SELECT o.indicator_id, o.period_id, area.id, true, o.numerator,
               CASE WHEN o.status = 'reported' THEN o.denominator END,
               CASE WHEN o.status = 'reported' THEN 1 ELSE 0 END,
               CASE WHEN o.status = 'reported' THEN 0 ELSE 1 END,
               CASE WHEN o.status <> 'reported' AND o.denominator IS NOT NULL THEN 1 ELSE 0 END,
               CASE WHEN o.status <> 'reported' THEN o.denominator END,
               CASE WHEN o.status <> 'reported' THEN o.status END
        FROM monitoring_observation o WHERE o.area_id = area.id AND {_KNOWN} OFFSET 0
    ) AS own
    WHERE area.kind IN ({_KINDS}) AND {_VALID.format("area", "%(day)s")}
"""

_TOTALS = f"""
WITH cells AS (
    SELECT partition.id AS partition_id, indicator_id, period_id, is_summed
    FROM monitoring_partition partition JOIN monitoring_indicator indicator ON indicator.id = indicator_id
    WHERE partition.id = ANY(%(partitions)s)
),
links AS MATERIALIZED (
    SELECT region_id, member_id FROM partners_areamember link
    WHERE kind <> 'municipality' AND {_VALID.format("link", "%(day)s")}
),
division AS MATERIALIZED (SELECT {_DISTRICTS} AS districts),
-- What a source says about an area itself wins over the sum.
chosen AS (
    SELECT * FROM counts WHERE is_own OR (indicator_id, period_id, area_id) NOT IN (
        SELECT indicator_id, period_id, area_id FROM counts WHERE is_own
    )
),
counted AS (
    SELECT cells.*, area.id AS area_id, coalesce(is_own, false) AS is_own,
           CASE WHEN is_own THEN 1
                ELSE greatest((SELECT districts FROM division)[area.id], 1) END AS member_count,
           x, n, coalesce(reported_count, 0) AS reported_count, sized_count, missing_n,
           coalesce(reason, 'not_delivered') AS reason
    FROM cells
    JOIN partners_area area
      ON area.kind = 'municipality' AND {_VALID.format("area", "%(day)s")}
    LEFT JOIN chosen
      ON chosen.area_id = area.id AND chosen.indicator_id = cells.indicator_id
     AND chosen.period_id = cells.period_id
),
-- With an offset a thing is worked out once a row, and not anew wherever it is looked at.
municipal AS MATERIALIZED (
    SELECT judged.*, CASE WHEN status = 'reported' THEN x END AS counted_x,
           CASE WHEN status = 'reported' THEN n END AS counted_n,
           CASE WHEN status <> 'reported' THEN status END AS gap
    FROM (SELECT counted.*, {{outcome}} AS status FROM (
        SELECT counted.*,
               -- Null where the size of a missing member is unknown.
               CASE WHEN reported_count + sized_count = member_count
                    THEN coalesce(n, 0) + coalesce(missing_n, 0) END AS n_known
        FROM counted OFFSET 0
    ) AS counted OFFSET 0) AS judged
),
regional AS (
    SELECT counted.*, {{outcome}} AS status FROM (
        SELECT cells.indicator_id, cells.period_id, cells.is_summed, false AS is_own, found.*,
               regions.member_count,
               CASE WHEN known_count = regions.member_count THEN sum_known END AS n_known,
               CASE WHEN is_summed THEN coalesce(gap, 'not_delivered') ELSE 'not_available' END AS reason
        FROM (
            SELECT m.partition_id, links.region_id AS area_id,
                   sum(m.counted_x) AS x, sum(m.counted_n) AS n, count(m.counted_x) AS reported_count,
                   count(m.n_known) AS known_count, sum(m.n_known) AS sum_known, min(m.gap) AS gap
            FROM municipal m JOIN links ON links.member_id = m.area_id
            GROUP BY 1, 2
        ) AS found
        JOIN cells ON cells.partition_id = found.partition_id
        JOIN (SELECT region_id, count(*) AS member_count FROM links GROUP BY 1) AS regions
          ON regions.region_id = found.area_id
    ) AS counted
    WHERE (indicator_id, period_id, area_id) NOT IN (
        SELECT indicator_id, period_id, area_id FROM counts WHERE is_own
    )
), made AS (
    INSERT INTO monitoring_total (
        indicator_id, period_id, area_id, partition_id, numerator, denominator, status, member_count,
        reported_count
    )
    SELECT indicator_id, period_id, area_id, partition_id,
           CASE WHEN status = 'reported' THEN {{x}} END, {{n}}, status, member_count, reported_count
    FROM (
        SELECT indicator_id, period_id, area_id, partition_id, x, n, status, member_count, reported_count
        FROM municipal WHERE NOT is_own
        UNION ALL
        SELECT indicator_id, period_id, area_id, partition_id, x, n, status, member_count, reported_count
        FROM regional
    ) AS found
    -- In about the order of the index, so that one page of it after the other is filled.
    ORDER BY area_id
)
UPDATE monitoring_partition partition SET rows = coalesce(sums.rows, 0) + coalesce(read.rows, 0)
FROM cells
LEFT JOIN (
    -- What comes back from the insert would be kept aside only to be counted.
    SELECT partition_id, count(*) AS rows FROM (
        SELECT partition_id FROM municipal WHERE NOT is_own UNION ALL SELECT partition_id FROM regional
    ) AS found GROUP BY 1
) AS sums USING (partition_id)
LEFT JOIN (
    SELECT indicator_id, period_id, sum(reported_count + missing_count) AS rows FROM counts GROUP BY 1, 2
) AS read USING (indicator_id, period_id)
WHERE partition.id = cells.partition_id
"""
_OUTCOME = """
    CASE
        WHEN reported_count = 0 THEN reason
        -- The mean of shares without counts is not the share of all.
        WHEN NOT is_summed AND NOT is_own THEN 'not_available'
        WHEN reported_count < member_count AND (
            reported_count < %(least_members)s
            OR coalesce(n / nullif(n_known, 0), 0) < %(least_coverage)s
        ) THEN 'incomplete'
        ELSE 'reported'
    END
"""
# The last bits of a sum of fractions depend on the order of the rows; fifteen digits do not.
_WHOLE = "CASE WHEN {0} = trunc({0}) THEN {0} ELSE {0}::numeric::float8 END"


TOTALS = _TOTALS.format(outcome=_OUTCOME, x=_WHOLE.format("x"), n=_WHOLE.format("n"))

# What an earlier calculation for the same release left, unless another release shows it as well.
_CLEAR = """
    WITH replaced AS (
        SELECT edition.partition_id
        FROM monitoring_edition edition JOIN monitoring_release release ON release.id = edition.release_id
        WHERE release.published_at IS NULL AND edition.indicator_id = ANY(%(indicators)s)
          AND edition.period_id = ANY(%(periods)s)
          AND NOT EXISTS (
              SELECT FROM monitoring_edition kept
              WHERE kept.partition_id = edition.partition_id AND kept.release_id <> edition.release_id
          )
    ), audits AS (
        DELETE FROM monitoring_audit WHERE partition_id IN (SELECT partition_id FROM replaced)
    ), hidden AS (
        DELETE FROM monitoring_hiddenfigure WHERE partition_id IN (SELECT partition_id FROM replaced)
    ), told AS (
        DELETE FROM monitoring_told WHERE partition_id IN (SELECT partition_id FROM replaced)
    )
    -- As an array they are looked for in one go; joined, the rows are sought anew for each of them.
    DELETE FROM monitoring_total
    WHERE indicator_id = ANY(%(indicators)s) AND period_id = ANY(%(periods)s)
      AND partition_id = ANY(ARRAY(SELECT partition_id FROM replaced))
"""
_EDITIONS = f"""
    INSERT INTO monitoring_edition (
        release_id, indicator_id, period_id, partition_id, through_id, as_of, is_provisional
    )
    SELECT run.release_id, partition.indicator_id, partition.period_id, partition.id,
           %(through)s, %(as_of)s, EXISTS (
               SELECT FROM monitoring_observation count
               WHERE count.indicator_id = partition.indicator_id AND count.period_id = partition.period_id
                 AND count.is_provisional
                 AND {rules.KNOWN_TO.format(count="count", through="%(through)s", as_of="%(as_of)s")}
           )
    FROM monitoring_partition partition JOIN monitoring_run run ON run.id = partition.run_id
    WHERE partition.id = ANY(%(partitions)s)
    ON CONFLICT (release_id, indicator_id, period_id) DO UPDATE
    SET partition_id = excluded.partition_id, through_id = excluded.through_id,
        as_of = excluded.as_of, is_provisional = excluded.is_provisional,
        country_id = NULL, benchmark = NULL
"""
_AUDITS = """
    INSERT INTO monitoring_audit (
        partition_id, state, attempts, last_error, protected_count, hidden_count
    )
    SELECT partition.id, 'waiting', 0, '', 0, 0
    FROM monitoring_partition partition JOIN monitoring_indicator indicator
      ON indicator.id = partition.indicator_id
    WHERE partition.id = ANY(%(partitions)s) AND indicator.is_at_risk
"""
_BENCHMARKS = """
    UPDATE monitoring_edition edition SET country_id = figure.area_id, benchmark = figure.value
    FROM monitoring_releasefigure figure
    WHERE figure.area_id = ANY(ARRAY(SELECT id FROM partners_area WHERE kind = 'country'))
      AND figure.partition_id = ANY(%(partitions)s) AND edition.release_id = figure.release_id
      AND edition.indicator_id = figure.indicator_id AND edition.period_id = figure.period_id
"""

# What has the same input as the figures that the release has by now; those stay as they are.
_TAKE_OVER = """
    UPDATE monitoring_partition mine SET is_copied = true, rows = known.rows
    FROM monitoring_run run, monitoring_edition edition, monitoring_partition known
    WHERE mine.id = ANY(%s) AND run.id = mine.run_id AND run.reuses AND mine.input_hash <> ''
      AND edition.release_id = run.release_id AND edition.indicator_id = mine.indicator_id
      AND edition.period_id = mine.period_id AND known.id = edition.partition_id
      AND known.id <> mine.id AND known.state = 'done' AND known.input_hash = mine.input_hash
    RETURNING mine.id
"""

_SETTINGS = """
    SELECT set_config(name, value, true) FROM (VALUES
        -- With the usual few megabytes it would sort on disk what fits in memory.
        ('work_mem', '128MB'),
        -- What a crash takes back it takes back whole, that it was done as well: then it is done again.
        ('synchronous_commit', 'off'),
        -- To compile these statements takes longer than it saves.
        ('jit', 'off'),
        -- Joined by area alone and filtered afterwards it costs many times more than by all three keys.
        ('enable_mergejoin', 'off'),
        -- Sums are few beside the rows they are of, which it does not know of a number looked up.
        ('parallel_tuple_cost', '0.01'),
        -- Each process more makes partial sums to be merged, and other workers want the other cores.
        ('max_parallel_workers_per_gather', '1')
    ) AS setting (name, value)
"""
_STATEMENTS = (*COUNTS.split(";"), _CLEAR, TOTALS, _EDITIONS, _AUDITS, _BENCHMARKS)


def aggregate_partitions(partitions: Sequence[Partition]) -> None:
    """Work out every figure of these partitions anew for the release in preparation, or leave all
    as they were.

    Safe to run twice; two at once on the same indicator and period wait for each other. Raises
    LeaseLost where another worker has one of them by now.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_SETTINGS)
        # In one order, so that two workers with overlapping batches cannot wait for each other.
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) "
            "FROM (SELECT unnest(%s::text[]) AS key ORDER BY 1) AS keys",
            [[f"aggregate:{row.indicator_id}:{row.period_id}" for row in partitions]],
        )
        through, as_of = _newest_delivery()
        places = Run.objects.values_list("places", flat=True).get(pk=max(row.run_id for row in partitions))
        cursor.execute(_TAKE_OVER, [[row.pk for row in partitions]])
        unchanged = {pk for (pk,) in cursor.fetchall()}
        for chunk in _chunks([row for row in partitions if row.pk not in unchanged]):
            parameters = {
                **chunk,
                "places": places,
                "through": through,
                "as_of": as_of,
                "least_members": LEAST_MEMBERS,
                "least_coverage": LEAST_COVERAGE,
            }
            for statement in _STATEMENTS:
                cursor.execute(statement, parameters)
        Partition.finish_together(partitions)
        jobs.ring(Audit, times=min(len(partitions), 2))
    if len(partitions) >= MANY:
        tell_of_growth()


def _chunks(partitions: Sequence[Partition]) -> Iterator[dict[str, Any]]:
    """The partitions as sets of indicators × periods on one day; most often few sets.

    Two orders of the same figures may stand in one batch; the newest one makes them.
    """
    newest = {(row.period_id, row.indicator_id): row.pk for row in sorted(partitions, key=lambda row: row.pk)}
    indicators_of: dict[int, list[int]] = defaultdict(list)
    for period, indicator in sorted(newest):
        indicators_of[period].append(indicator)
    alike: dict[tuple[datetime.date, tuple[int, ...]], list[int]] = defaultdict(list)
    for period, day in Period.objects.filter(pk__in=indicators_of).values_list("pk", "reference_date"):
        alike[day, tuple(indicators_of[period])].append(period)
    for (day, indicators), periods in alike.items():
        yield {
            "day": day,
            "indicators": list(indicators),
            "periods": periods,
            "last_period": max(periods),
            "partitions": [newest[period, indicator] for period in periods for indicator in indicators],
        }


def _newest_delivery() -> tuple[int, datetime.datetime]:
    """Deliveries come in one after another; all up to this one are read, and none after it."""
    file = ImportFile.objects.order_by("-pk").only("pk", "imported_at")[0]
    return file.pk, file.imported_at
