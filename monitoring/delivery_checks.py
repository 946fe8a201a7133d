"""What a delivery would do: its rows staged piece by piece as they are read, and looked at together."""

import itertools
from collections.abc import Callable
from typing import Any, BinaryIO

from django.db import connection, transaction

from monitoring import import_checks, imports
from monitoring.catalogue import codes_without_counts
from monitoring.direct_figures import DELIVERED_KINDS, in_sql
from monitoring.models import Delivery, DeliveryState, Status
from monitoring.readers import Issue, Layout, Reading
from partners.models import AreaKind
from portal.numbers import dutch_number

MOST_DIFFERENCES = 200
# So many rows are read before anybody hears how far it is.
PIECE = 10_000

_COPY = """
    COPY monitoring_stagedfigure (delivery_id, row_number, area_code, period, indicator_code,
        numerator, denominator, status) FROM STDIN
"""


def read_in(
    delivery: Delivery, source: BinaryIO, *, after_each: Callable[[Reading], None] | None = None
) -> Reading:
    """Stage the rows of a file, a piece at a time and each in a transaction, and hand back what was wrong.

    `after_each` is called within the transaction of each piece.
    """
    delivery.staged.all().delete()
    reading = imports.read(source, delivery.name, layout=_layout(delivery))
    while piece := list(itertools.islice(reading.rows, PIECE)):
        with transaction.atomic(), connection.cursor() as cursor:
            with cursor.copy(_COPY) as copy:
                for row in piece:
                    copy.write_row((delivery.pk, *row))
            delivery.rows_done += len(piece)
            if after_each:
                after_each(reading)
    return reading


def look_at(delivery: Delivery, reading: Reading) -> dict[str, Any]:
    """What the staged rows would do, as a delivery keeps it; rows of a file with errors do not stay."""
    nothing = {"new_count": 0, "revised_count": 0, "unchanged_count": 0, "differences": [], "summary": []}
    known = {"state": DeliveryState.CHECKED, "row_count": delivery.rows_done}
    issues, notes = reading.issues, reading.notes
    if reading.errors:
        delivery.staged.all().delete()
        return {**known, **nothing, "issues": _plain(issues), "notes": notes}
    with transaction.atomic(), connection.cursor() as cursor:
        imports.stage_again(cursor, delivery.pk)
        prepared = imports.prepare(cursor, recodes=bool(delivery.mapping.get("recodes")))
        notes += [*_without_number(cursor), *prepared.notes]
        errors = import_checks.errors(cursor)
        if errors:
            delivery.staged.all().delete()
        else:
            odd, more_notes = import_checks.oddities(cursor)
            issues += odd
            notes += more_notes
            new, revised, unchanged = imports.resolve(cursor, is_provisional=delivery.is_provisional)
            cursor.execute(_SUMMARY, {"shares": codes_without_counts()})
            summary = [_summary(row) for row in cursor.fetchall()]
            is_provisional = delivery.is_provisional
            differences = _differences(cursor, is_provisional=is_provisional) if revised else []
        # A check leaves nothing behind, not even a year; nobody else has seen these.
        cursor.execute("DELETE FROM monitoring_period WHERE id = ANY(%s)", [prepared.new_periods])
    if errors:
        return {**known, **nothing, "issues": _plain([*issues, *errors]), "notes": notes}
    return {
        **known,
        "issues": _plain(issues),
        "notes": notes,
        "new_count": new,
        "revised_count": revised,
        "unchanged_count": unchanged,
        "summary": summary,
        "differences": differences,
    }


def _layout(delivery: Delivery) -> Layout | None:
    """What somebody said of the columns; None where the file has none."""
    if not delivery.header:
        return None
    mapping = delivery.mapping
    return Layout(
        header=tuple(delivery.header),
        columns=mapping["columns"],
        fixed=mapping.get("fixed", {}),
        decimal_mark=mapping.get("decimal_mark") or None,
    )


_SUMMARY_KEYS = ("indicator", "period", "kind", "rows", "reported", "numerator", "denominator")
_SUMMARY = f"""
    SELECT indicator.name, staged.period, area.kind, count(*), count(numerator),
           sum(numerator) FILTER (WHERE staged.indicator_code <> ALL(%(shares)s)),
           sum(denominator) FILTER (WHERE numerator IS NOT NULL AND staged.indicator_code <> ALL(%(shares)s))
    FROM staged JOIN monitoring_indicator indicator
      ON indicator.code = staged.indicator_code AND indicator.is_current
    JOIN partners_area area ON area.code = staged.area_code AND area.kind IN ({in_sql(DELIVERED_KINDS)})
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT 100
"""
_DIFFERENCES = f"""
    SELECT resolved.row_number, area.name, indicator.name, period.label,
           held.numerator, held.denominator, held.status, held.is_provisional,
           resolved.numerator, resolved.denominator, resolved.status, %(is_provisional)s
    FROM resolved JOIN monitoring_observation held ON held.id = resolved.held_id
    JOIN partners_area area ON area.id = resolved.area_id
    JOIN monitoring_indicator indicator ON indicator.id = resolved.indicator_id
    JOIN monitoring_period period ON period.id = resolved.period_id
    WHERE NOT resolved.is_same
    ORDER BY resolved.row_number LIMIT {MOST_DIFFERENCES}
"""


def _summary(row: tuple[Any, ...]) -> dict[str, Any]:
    found = dict(zip(_SUMMARY_KEYS, row, strict=True))
    return {**found, "kind": str(AreaKind(found["kind"]).label)}


_WITHOUT_NUMBER = """
    SELECT status, count(*) FROM staged WHERE status <> 'reported' GROUP BY 1 ORDER BY 2 DESC, 1
"""


def _without_number(cursor: Any) -> list[str]:
    """What the marks of the source were taken for, such as a point or `<10`."""
    cursor.execute(_WITHOUT_NUMBER)
    found = [f"{dutch_number(count)} keer ‘{Status(status).label}’" for status, count in cursor.fetchall()]
    return [f"Rijen zonder getal: {', '.join(found)}."] if found else []


def _differences(cursor: Any, *, is_provisional: bool) -> list[dict[str, Any]]:
    cursor.execute(_DIFFERENCES, {"is_provisional": is_provisional})
    return [_difference(*row) for row in cursor.fetchall()]


def _difference(*found: Any) -> dict[str, Any]:
    row, area, indicator, period, *counts = found
    return {
        "row": row,
        "area": area,
        "indicator": indicator,
        "period": period,
        "old": _counts(*counts[:4]),
        "new": _counts(*counts[4:]),
    }


def _counts(x: float | None, n: float | None, status: str, is_provisional: bool) -> str:  # noqa: FBT001
    """`136 van 919`, or the reason why there is no number."""
    if x is None or n is None:
        return str(Status(status).label)
    return f"{dutch_number(x)} van {dutch_number(n)}{' (voorlopig)' if is_provisional else ''}"


def _plain(issues: list[Issue]) -> list[dict[str, Any]]:
    return [
        {
            "row": issue.row,
            "column": issue.column,
            "value": str(issue.value),
            "message": issue.message,
            "severity": issue.severity,
        }
        for issue in issues
    ]
