"""Which figures workers are asked to work out: all, those of a delivery, or those of regions that changed."""

import hashlib
from typing import Any

from django.db import connection, transaction

from monitoring import releases, rules
from monitoring.aggregation import COUNTS, DISTRICTS, MUNICIPALITIES, TOTALS
from monitoring.models import ImportFile, Partition, Run
from monitoring.parts import links
from partners.models import Person
from portal import jobs

_ALL_PAIRS = """
    SELECT i.id AS indicator_id, p.id AS period_id
    FROM monitoring_indicator i CROSS JOIN monitoring_period p
    -- With a limit the index gives one row each; EXISTS would be a join with all of them.
    CROSS JOIN LATERAL (
        SELECT FROM monitoring_observation o
        WHERE o.indicator_id = i.id AND o.period_id = p.id AND o.superseded_at IS NULL LIMIT 1
    ) AS found
    WHERE i.is_current
"""
# With a part, its whole: what may be shown of that follows from what its parts tell.
_PAIRS_OF_FILE = """
    WITH touched AS (
        SELECT DISTINCT o.indicator_id, o.period_id, i.code
        FROM monitoring_observation o JOIN monitoring_indicator i ON i.id = o.indicator_id
        WHERE i.is_current AND o.import_file_id = %(file)s
    )
    SELECT indicator_id, period_id FROM touched
    UNION
    SELECT whole.id, touched.period_id
    FROM touched
    JOIN unnest(%(parts)s::text[], %(wholes)s::text[]) AS link (part, whole) ON link.part = touched.code
    JOIN monitoring_indicator whole ON whole.code = link.whole AND whole.is_current
    WHERE EXISTS (
        SELECT FROM monitoring_observation o
        WHERE o.indicator_id = whole.id AND o.period_id = touched.period_id AND o.superseded_at IS NULL
    )
"""
# Pairs that were never worked out, or on other regions than there are now. By what the regions are and
# not by when they changed, as who changes them may commit after an order that did not see it yet; only
# of an order from before that was kept the moment is all there is.
_STALE_PAIRS = f"""
    SELECT pair.indicator_id, pair.period_id FROM ({_ALL_PAIRS}) AS pair
    LEFT JOIN LATERAL (
        SELECT run.places, p.created_at AS at
        FROM monitoring_partition p JOIN monitoring_run run ON run.id = p.run_id
        WHERE p.indicator_id = pair.indicator_id AND p.period_id = pair.period_id
        ORDER BY p.id DESC LIMIT 1
    ) AS ordered ON true
    WHERE ordered.at IS NULL
       OR ordered.places NOT IN ('', %(places)s)
       OR ordered.places = '' AND ordered.at <= (SELECT max(pgh_created_at) FROM partners_areamemberevent)
       OR NOT EXISTS (
           SELECT FROM monitoring_edition edition
           WHERE edition.indicator_id = pair.indicator_id AND edition.period_id = pair.period_id
       ) AND NOT EXISTS (
           SELECT FROM monitoring_partition p
           WHERE p.indicator_id = pair.indicator_id AND p.period_id = pair.period_id
             AND p.state IN ('waiting', 'failed')
       )
"""


# Everything that figures follow from. Observations change by deliveries only, and each of those orders
# what it touches, so that the newest one stands for all of them.
_PLACES = """
    SELECT md5(concat(
        (SELECT string_agg(concat_ws(',', region_id, member_id, valid_from, valid_to), ';' ORDER BY id)
         FROM partners_areamember),
        -- A VSV has own figures only, so that with a new one no other figure changes.
        (SELECT string_agg(concat_ws(',', id, kind, valid_from, valid_to), ';' ORDER BY id)
         FROM partners_area WHERE kind <> 'vsv')))
"""
_CODE = hashlib.sha256((COUNTS + TOTALS + rules.figures()).encode()).hexdigest()
_INSERT = """
    INSERT INTO monitoring_partition (run_id, indicator_id, period_id, state, attempts, last_error, rows,
                                      file_id, input_hash)
    SELECT %(run)s, pair.indicator_id, pair.period_id, 'waiting', 0, '', 0, newest.file_id,
           CASE WHEN newest.file_id IS NULL THEN '' ELSE md5(concat_ws('|', newest.file_id, indicator.factor,
               indicator."interval", indicator.is_at_risk, indicator.is_zero_at_risk, indicator.is_summed,
               indicator.is_by_region, indicator.is_pooled_by_region, indicator.is_pooled_only,
               period.reference_date, %(places)s::text, %(code)s::text)) END
    FROM ({pairs}) AS pair
    JOIN monitoring_indicator indicator ON indicator.id = pair.indicator_id
    JOIN monitoring_period period ON period.id = pair.period_id
    CROSS JOIN LATERAL (
        SELECT coalesce(%(cause)s::bigint, max(known.file_id)) AS file_id FROM monitoring_partition known
        WHERE known.indicator_id = pair.indicator_id AND known.period_id = pair.period_id
    ) AS newest
    ORDER BY pair.period_id, pair.indicator_id
"""
# Of states that are no more none is kept: who still has one of them to work out makes it itself.
_FORGET = "DELETE FROM monitoring_division WHERE places <> %(places)s"
_DIVISIONS = """
    INSERT INTO monitoring_division (places, day, municipalities, districts)
    SELECT %(places)s, day, made.municipalities, counted.districts
    FROM (
        SELECT DISTINCT period.reference_date AS day FROM monitoring_partition partition
        JOIN monitoring_period period ON period.id = partition.period_id
        WHERE partition.run_id = %(run)s
        EXCEPT SELECT day FROM monitoring_division WHERE places = %(places)s
    ) AS days
    CROSS JOIN LATERAL ({municipalities}) AS made (municipalities)
    CROSS JOIN LATERAL ({districts}) AS counted (districts)
    WHERE made.municipalities IS NOT NULL
    ON CONFLICT DO NOTHING
""".format(
    municipalities=MUNICIPALITIES.replace("%(day)s", "days.day"),
    districts=DISTRICTS.replace("%(day)s", "days.day"),
)


def order_all(*, reason: str, by: Person | None, reuses: bool = False) -> Run | None:
    """Ask workers for every figure anew, or with `reuses` for what changed; None where there are no
    observations."""
    return _order(_ALL_PAIRS, {}, reason=reason, by=by, reuses=reuses)


def order_for_file(file: ImportFile, *, by: Person | None, cause: ImportFile | None = None) -> Run | None:
    """Ask workers for the figures that a delivery touches; call it in the delivery's transaction.

    `cause` is the file that changed them, where it is another one than that.
    """
    cause = cause or file
    known = {
        "file": file.pk,
        "parts": [part for part, _ in links()],
        "wholes": [whole for _, whole in links()],
    }
    return _order(_PAIRS_OF_FILE, known, reason=f"levering {cause.name}", by=by, cause=cause)


def order_stale() -> Run | None:
    """Ask workers for the figures whose regions changed since; None where all are up to date."""
    return _order(_STALE_PAIRS, {}, reason="een regio is gewijzigd", by=None)


@transaction.atomic
def _order(
    pairs: str,
    parameters: dict[str, Any],
    *,
    reason: str,
    by: Person | None,
    cause: ImportFile | None = None,
    reuses: bool = False,
) -> Run | None:
    with connection.cursor() as cursor:
        cursor.execute(_PLACES)
        (places,) = cursor.fetchone()
        run = Run.objects.create(reason=reason[:200], requested_by=by, reuses=reuses, places=places)
        known = {"run": run.pk, "places": places, "code": _CODE}
        cursor.execute(
            _INSERT.format(pairs=pairs), {**known, **parameters, "cause": cause.pk if cause else None}
        )
        count = cursor.rowcount
        if not count:
            run.delete()
            return None
        cursor.execute(_FORGET, known)
        cursor.execute(_DIVISIONS, known)
    run.release = releases.reopen()
    run.save(update_fields=["release"])
    jobs.ring(Partition, times=min(count, 8))
    return run
