"""A delivery of figures step by step: bring in, tie columns, look at the check, accept, undo.

Nothing counts before it is accepted, and then all of it does. What stood before stays and comes back
where a delivery is undone.
"""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now

from monitoring import import_checks, imports, orders
from monitoring.imports import AlreadyImported, ImportRefused
from monitoring.models import Delivery, DeliveryState, ImportFile, Observation, Status
from monitoring.readers import COLUMNS, Issue, Layout, Reading, read_header
from partners.models import Person
from portal import files
from portal.acts import Refused, act
from portal.findings import Unreadable, sha256
from portal.import_plans import header_key_of
from portal.models import FileContent
from portal.numbers import dutch_number

MOST_DIFFERENCES = 200
# These two may hold for a whole file, so that no column of it names them.
FIXABLE = ("periode", "indicator")


class NotAcceptable(Refused):
    """Something must be mended first."""

    def __init__(self) -> None:
        super().__init__("Deze levering heeft nog fouten. Verbeter het bestand en lees het opnieuw in.")


class NeedsReason(Refused):
    """Something looks odd and nobody said why it is right."""

    def __init__(self) -> None:
        super().__init__("Er zijn waarschuwingen. Vink aan dat je ze bekeek, en schrijf waarom het klopt.")


class Changed(Refused):
    """What the check found holds no longer."""

    def __init__(self) -> None:
        super().__init__("Er is intussen iets veranderd. Kijk de levering opnieuw na.")


class FollowedUp(Refused):
    """A later delivery builds on this one."""

    def __init__(self) -> None:
        super().__init__(
            "Een latere levering veranderde dezelfde cijfers. Draai eerst die levering terug, of lever "
            "de goede cijfers aan."
        )


class WrongStep(Refused):
    """Somebody else was quicker."""

    def __init__(self) -> None:
        super().__init__("Deze levering is al een stap verder. Ververs de pagina.")


def bring_in(*, content: bytes, filename: str, by: Person, source_name: str) -> Delivery:
    """Keep a file and check it; where its columns are not known, somebody ties them first.

    Refused with AlreadyImported or, where it is no table at all, with ImportRefused.
    """
    imports.refuse_known(content)
    header, found = _header(content, filename)
    key = header_key_of(header) if header else ""
    with act(by=by):
        delivery = Delivery(
            name=PurePath(filename).name[:150],
            sha256=sha256(content),
            file=files.store_bytes(
                name=PurePath(filename).name[:150], content_type="application/octet-stream", content=content
            ),
            source_name=source_name,
            header=header,
            header_key=key,
            mapping=_remembered(source_name, key) or {"columns": found, "fixed": {}},
            created_by=by,
        )
        delivery.full_clean()
        delivery.save(force_insert=True)
        if not header or is_complete(delivery.mapping):
            _check(delivery, content)
    return delivery


def tie_columns(*, delivery: Delivery, mapping: Mapping[str, Any], by: Person) -> Delivery:
    """Say which column holds what, and check the rows."""
    with act(by=by):
        locked = _locked(delivery, DeliveryState.COLUMNS, DeliveryState.CHECKED)
        locked.mapping = dict(mapping)
        locked.full_clean()
        locked.save(update_fields=["mapping"])
        _check(locked, _content(locked))
        return locked


def accept(*, delivery: Delivery, by: Person, reason: str = "") -> Delivery:
    """Let the rows be the figures that hold; workers are asked for what follows from them."""
    with act(by=by), connection.cursor() as cursor:
        locked = _locked(delivery, DeliveryState.CHECKED)
        if locked.errors:
            raise NotAcceptable
        if locked.warnings and not reason.strip():
            raise NeedsReason
        imports.lock(cursor)
        _refuse_known(locked)
        _stage_again(cursor, locked)
        file = imports.store(
            cursor,
            ImportFile(
                name=locked.name,
                sha256=locked.sha256,
                size=locked.file.size,
                source_name=locked.source_name,
                row_count=locked.row_count,
                notes=_notes(locked, reason),
                imported_by=by,
            ),
        )
        locked.staged.all().delete()
        return _moved(locked, state=DeliveryState.ACCEPTED, reason=reason.strip(), import_file=file)


def cancel(*, delivery: Delivery, by: Person) -> Delivery:
    """Leave a delivery that was not accepted."""
    with act(by=by):
        locked = _locked(delivery, DeliveryState.COLUMNS, DeliveryState.CHECKED)
        locked.staged.all().delete()
        return _moved(locked, state=DeliveryState.CANCELLED)


# What this file said ends; what it took the place of comes back, as rows of a file of its own.
_TAKE_BACK = """
    WITH ended AS (
        UPDATE monitoring_observation SET superseded_at = %(now)s
        WHERE import_file_id = %(file)s AND superseded_at IS NULL
        RETURNING indicator_id, period_id, area_id
    )
    INSERT INTO monitoring_observation
        (indicator_id, period_id, area_id, numerator, denominator, status, is_provisional,
         import_file_id, row_number)
    SELECT old.indicator_id, old.period_id, old.area_id, old.numerator, old.denominator, old.status,
           old.is_provisional, %(undo)s, old.row_number
    FROM ended JOIN monitoring_observation old USING (indicator_id, period_id, area_id)
    WHERE old.superseded_at = %(then)s
"""


def undo(*, delivery: Delivery, by: Person, reason: str) -> Delivery:
    """Take an accepted delivery back: what stood before holds again, in the release in preparation."""
    with act(by=by), connection.cursor() as cursor:
        locked = _locked(delivery, DeliveryState.ACCEPTED)
        if not reason.strip():
            raise Refused("Schrijf waarom je deze levering terugdraait.")
        imports.lock(cursor)
        file = locked.import_file
        if file is None or Observation.objects.filter(import_file=file, superseded_at__isnull=False).exists():
            raise FollowedUp
        back = ImportFile(
            name=f"Teruggedraaid: {locked.name}"[:200],
            sha256=sha256(f"{locked.pk} {locked.sha256}".encode()),
            size=0,
            source_name=locked.source_name,
            row_count=locked.row_count,
            notes=[reason.strip()],
            imported_by=by,
        )
        imports.keep_file(cursor, back)
        moments: dict[str, Any] = {
            "now": back.imported_at,
            "then": file.imported_at,
            "file": file.pk,
            "undo": back.pk,
        }
        cursor.execute(_TAKE_BACK, moments)
        ImportFile.objects.filter(pk=file.pk).update(is_undone=True)
        orders.order_for_file(file, by=by, cause=back)
        return _moved(
            locked,
            state=DeliveryState.UNDONE,
            undone_at=Now(),
            undone_by=by,
            undo_reason=reason.strip(),
        )


def is_complete(mapping: Mapping[str, Any]) -> bool:
    """Whether every column that a figure needs is named, or holds for the whole file."""
    return set(COLUMNS) <= set(mapping.get("columns", {})) | set(mapping.get("fixed", {}))


def first_row(delivery: Delivery) -> list[str]:
    """The first row below the headings, as an example beside each column."""
    return read_header(_content(delivery), delivery.name)[2]


def _header(content: bytes, filename: str) -> tuple[list[str], dict[str, int]]:
    """No headings where the file is not a table."""
    if imports.is_geojson(filename):
        unreadable = [issue for issue in imports.read(content, filename).errors if issue.row is None]
        if unreadable:
            raise ImportRefused(unreadable)
        return [], {}
    try:
        header, found, _ = read_header(content, filename)
    except Unreadable as problem:
        raise ImportRefused([Issue(None, "", "", str(problem))]) from None
    return header, found


def _remembered(source_name: str, key: str) -> dict[str, Any] | None:
    """How a table with the same headings from the same source was read the last time."""
    if not key:
        return None
    known = Delivery.objects.filter(source_name=source_name, header_key=key, import_file__isnull=False)
    latest = known.order_by("-pk").first()
    return latest.mapping if latest else None


def _check(delivery: Delivery, content: bytes) -> None:
    """Read the file, stage its rows and note what they would do; rows with errors are not staged."""
    delivery.staged.all().delete()
    mapping = delivery.mapping
    layout = None
    if delivery.header:
        layout = Layout(
            header=tuple(delivery.header),
            columns=mapping["columns"],
            fixed=mapping.get("fixed", {}),
            decimal_mark=mapping.get("decimal_mark") or None,
        )
    reading = imports.read(content, delivery.name, layout=layout)
    found = _looked_at(delivery, reading)
    _moved(delivery, state=DeliveryState.CHECKED, row_count=len(reading.rows), **found)


def _looked_at(delivery: Delivery, reading: Reading) -> dict[str, Any]:
    nothing = {"new_count": 0, "revised_count": 0, "unchanged_count": 0, "differences": [], "summary": []}
    issues, notes = list(reading.issues), list(reading.notes)
    if reading.errors:
        return {**nothing, "issues": _plain(issues), "notes": notes}
    with transaction.atomic(), connection.cursor() as cursor:
        staged = imports.stage(cursor, reading.rows, recodes=bool(delivery.mapping.get("recodes")))
        if staged.recoded:
            words = "rijen van opgeheven gemeenten opgeteld bij hun opvolger."
            notes.append(f"{dutch_number(staged.recoded)} {words}")
        errors = import_checks.errors(cursor)
        if not errors:
            issues += import_checks.warnings(cursor)
            new, revised, unchanged = imports.resolve(cursor)
            cursor.execute(_KEEP_STAGED, [delivery.pk])
            cursor.execute(_SUMMARY)
            summary = [dict(zip(_SUMMARY_KEYS, row, strict=True)) for row in cursor.fetchall()]
            differences = _differences(cursor) if revised else []
        # A check leaves nothing behind, not even a year; nobody else has seen these.
        cursor.execute("DELETE FROM monitoring_period WHERE id = ANY(%s)", [staged.new_periods])
    if errors:
        return {**nothing, "issues": _plain([*issues, *errors]), "notes": notes}
    return {
        "issues": _plain(issues),
        "notes": notes,
        "new_count": new,
        "revised_count": revised,
        "unchanged_count": unchanged,
        "summary": summary,
        "differences": differences,
    }


_KEEP_STAGED = """
    INSERT INTO monitoring_stagedfigure (delivery_id, row_number, area_code, period, indicator_code,
        numerator, denominator, status)
    SELECT %s, row_number, area_code, period, indicator_code, numerator, denominator, status FROM staged
"""
_SUMMARY_KEYS = ("indicator", "period", "rows", "reported", "numerator", "denominator")
_SUMMARY = """
    SELECT indicator.name, staged.period, count(*), count(numerator), sum(numerator),
           sum(denominator) FILTER (WHERE numerator IS NOT NULL)
    FROM staged JOIN monitoring_indicator indicator
      ON indicator.code = staged.indicator_code AND indicator.is_current
    WHERE area_code <> 'NL'
    GROUP BY 1, 2 ORDER BY 1, 2 LIMIT 100
"""
_DIFFERENCES = f"""
    SELECT resolved.row_number, area.name, indicator.name, period.label,
           held.numerator, held.denominator, held.status,
           resolved.numerator, resolved.denominator, resolved.status
    FROM resolved JOIN monitoring_observation held ON held.id = resolved.held_id
    JOIN partners_area area ON area.id = resolved.area_id
    JOIN monitoring_indicator indicator ON indicator.id = resolved.indicator_id
    JOIN monitoring_period period ON period.id = resolved.period_id
    WHERE NOT resolved.is_same
    ORDER BY resolved.row_number LIMIT {MOST_DIFFERENCES}
"""


def _differences(cursor: Any) -> list[dict[str, Any]]:
    cursor.execute(_DIFFERENCES)
    return [_difference(*row) for row in cursor.fetchall()]


def _difference(*found: Any) -> dict[str, Any]:
    row, area, indicator, period, *counts = found
    return {
        "row": row,
        "area": area,
        "indicator": indicator,
        "period": period,
        "old": _counts(*counts[:3]),
        "new": _counts(*counts[3:]),
    }


def _counts(x: float | None, n: float | None, status: str) -> str:
    """`136 van 919`, or the reason why there is no number."""
    if x is None or n is None:
        return str(Status(status).label)
    return f"{dutch_number(x)} van {dutch_number(n)}"


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


def _stage_again(cursor: Any, delivery: Delivery) -> None:
    """The checked rows as they wait, checked once more as of now."""
    # Rows that wait are lost where the database itself was killed.
    if not imports.stage_again(cursor, delivery.pk) or import_checks.errors(cursor):
        raise Changed


def _notes(delivery: Delivery, reason: str) -> list[str]:
    return [*delivery.notes, *(f"{issue['message']} Toch ingelezen: {reason}" for issue in delivery.warnings)]


def _refuse_known(delivery: Delivery) -> None:
    if known := ImportFile.objects.filter(sha256=delivery.sha256, is_undone=False).first():
        raise Refused(str(AlreadyImported(known)))


def _content(delivery: Delivery) -> bytes:
    return bytes(FileContent.objects.values_list("content", flat=True).get(file=delivery.file_id))


def _locked(delivery: Delivery, *states: DeliveryState) -> Delivery:
    found = Delivery.objects.select_for_update(of=("self",)).select_related("file").get(pk=delivery.pk)
    if found.state not in states:
        raise WrongStep
    return found


def _moved(delivery: Delivery, **changes: Any) -> Delivery:
    for name, value in changes.items():
        setattr(delivery, name, value)
    delivery.save(update_fields=list(changes))
    return delivery
