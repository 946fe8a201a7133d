"""When three years are put together: as soon as each of them is worked out and checked."""

from typing import Any

from django.db import connection

from monitoring import pooling
from monitoring.models import Partition, WindowAudit
from portal import jobs

# Of the release in preparation; what was published is as it was.
_ORDER = """
    INSERT INTO monitoring_windowaudit (
        indicator_id, first_year, earliest_id, middle_id, latest_id, state, attempts, last_error,
        shown_count, hidden_count
    )
    SELECT %(indicator)s, %(first)s, years.partitions[1], years.partitions[2], years.partitions[3],
           'waiting', 0, '', 0, 0
    FROM (
        SELECT array_agg(edition.partition_id ORDER BY period.code) AS partitions
        FROM monitoring_edition edition
        JOIN monitoring_release release ON release.id = edition.release_id AND release.published_at IS NULL
        JOIN monitoring_period period ON period.id = edition.period_id
        JOIN monitoring_audit audit ON audit.partition_id = edition.partition_id AND audit.state = 'done'
        WHERE edition.indicator_id = %(indicator)s AND period.code = ANY(%(years)s)
        HAVING count(*) = %(count)s
    ) AS years
    WHERE %(partition)s = ANY(years.partitions)
    ON CONFLICT (earliest_id, middle_id, latest_id) DO UPDATE
    SET state = 'waiting', attempts = 0, due_at = now(), finished_at = NULL, lease_until = NULL,
        lease_token = NULL
"""
# Two years that are checked at the same moment would not see each other.
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('window:' || %(indicator)s || ':' || %(first)s, 0))"


def order_window(partition: Partition) -> None:
    """Have the three years that this one is among checked together, where all of them are there.

    Call it in the transaction that finishes the check of the year.
    """
    code = partition.period.code
    if not code.isdecimal():
        return
    first = pooling.window_of(int(code))
    known: dict[str, Any] = {
        "indicator": partition.indicator_id,
        "partition": partition.pk,
        "first": first,
        "years": [str(year) for year in range(first, first + pooling.YEARS)],
        "count": pooling.YEARS,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, known)
        cursor.execute(_ORDER, known)
        if cursor.rowcount:
            jobs.ring(WindowAudit)
