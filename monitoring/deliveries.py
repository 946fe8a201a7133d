"""A delivery of figures step by step: bring in, tie columns, look at the check, accept, undo.

Nothing counts before it is accepted, and then all of it does. What stood before stays and comes back
where a delivery is undone.
"""

import os
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, BinaryIO

from django.db import connection
from django.db.models.functions import Now

from monitoring import delivery_checks, hospital_sums, import_checks, imports, orders, taking_over
from monitoring.imports import AlreadyImported, ImportRefused
from monitoring.models import (
    Delivery,
    DeliveryState,
    DeliveryTask,
    DeliveryWork,
    HospitalFigure,
    ImportFile,
    Observation,
)
from monitoring.models.observations import ALL_THE_SAME
from monitoring.readers import COLUMNS, Issue, Reading, read_header, require_places_size
from partners.models import Person
from portal import files
from portal.acts import Refused, act
from portal.findings import Unreadable, fingerprint, sha256
from portal.import_plans import header_key_of
from portal.jobs import JobState, ring

# Larger files, and deliveries of more rows, are the work of a worker, whose progress the page shows.
BYTES_AT_ONCE = 2 * 1024 * 1024
ROWS_AT_ONCE = 60_000
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


def bring_in(
    *, source: BinaryIO, filename: str, by: Person, source_name: str, is_provisional: bool = False
) -> Delivery:
    """Keep a file and check it; where its columns are not known, somebody ties them first.

    `is_provisional` where the source says that it may still change these figures.

    Refused with AlreadyImported or, where it is no table at all, with ImportRefused.
    """
    sha256 = fingerprint(source)
    imports.refuse_known(sha256)
    header, found, sample = _header(source, filename)
    key = header_key_of(header) if header else ""
    name = PurePath(filename).name[:150]
    with act(by=by):
        delivery = Delivery(
            name=name,
            sha256=sha256,
            file=files.store_in_pieces(name=name, content_type="application/octet-stream", source=source),
            source_name=source_name,
            is_provisional=is_provisional,
            header=header,
            header_key=key,
            sample=sample,
            mapping=_remembered(source_name, key) or {"columns": found, "fixed": {}},
            created_by=by,
        )
        delivery.full_clean()
        delivery.save(force_insert=True)
        if not header or is_complete(delivery.mapping):
            _check_now_or_later(delivery, by=by)
    return delivery


def tie_columns(*, delivery: Delivery, mapping: Mapping[str, Any], by: Person) -> Delivery:
    """Say which column holds what, and check the rows, at once or by a worker."""
    with act(by=by):
        locked = _locked(delivery, DeliveryState.COLUMNS, DeliveryState.CHECKED)
        locked.mapping = dict(mapping)
        locked.full_clean()
        locked.save(update_fields=["mapping"])
        return _check_now_or_later(locked, by=by)


def _check_now_or_later(delivery: Delivery, *, by: Person) -> Delivery:
    if delivery.file.size > BYTES_AT_ONCE:
        return _order(delivery, DeliveryTask.CHECK, by=by, state=DeliveryState.CHECKING, row_count=0)
    delivery.rows_done = 0
    with files.opened(delivery.file) as source:
        reading = delivery_checks.read_in(delivery, source)
    return _moved(delivery, **delivery_checks.look_at(delivery, reading))


def _order(delivery: Delivery, task: DeliveryTask, *, by: Person, **changes: Any) -> Delivery:
    """Leave it to a worker."""
    DeliveryWork.objects.create(delivery=delivery, task=task, asked_by=by)
    ring(DeliveryWork)
    return _moved(delivery, rows_done=0, **changes)


def accept(*, delivery: Delivery, by: Person, reason: str = "") -> Delivery:
    """Let the rows be the figures that hold, at once or by a worker; what follows is asked of workers."""
    with act(by=by):
        locked = _locked(delivery, DeliveryState.CHECKED)
        if locked.errors:
            raise NotAcceptable
        if locked.warnings and not reason.strip():
            raise NeedsReason
        locked.reason = reason.strip()
        if locked.row_count > ROWS_AT_ONCE:
            return _order(
                locked, DeliveryTask.ACCEPT, by=by, state=DeliveryState.ACCEPTING, reason=locked.reason
            )
        return _take_over(locked, by=by)


def _take_over(delivery: Delivery, *, by: Person) -> Delivery:
    with connection.cursor() as cursor:
        imports.lock(cursor)
        _refuse_known(delivery)
        _stage_again(cursor, delivery)
        taking_over.begin(cursor, delivery.pk)
        file = imports.store(
            cursor,
            ImportFile(
                name=delivery.name,
                sha256=delivery.sha256,
                size=delivery.file.size,
                source_name=delivery.source_name,
                row_count=delivery.row_count,
                notes=_notes(delivery),
                imported_by=by,
            ),
            is_provisional=delivery.is_provisional,
        )
    delivery.staged.all().delete()
    return _moved(delivery, state=DeliveryState.ACCEPTED, reason=delivery.reason, import_file=file)


def work(job: DeliveryWork) -> None:
    """The part of a worker: check or take over, and finish together with it."""
    delivery = Delivery.objects.select_related("file").get(pk=job.delivery_id)
    if job.task == DeliveryTask.CHECK and delivery.state == DeliveryState.CHECKING:
        with job.held():
            _check_as_worker(delivery, job)
    elif job.task == DeliveryTask.ACCEPT and delivery.state == DeliveryState.ACCEPTING:
        with job.held():
            _accept_as_worker(delivery, job)
    else:
        job.finish()


def _check_as_worker(delivery: Delivery, job: DeliveryWork) -> None:
    def tell(reading: Reading) -> None:
        # Somebody who stops the delivery takes the lease away: then nothing of this piece stays.
        Delivery.objects.filter(pk=delivery.pk).update(rows_done=delivery.rows_done, row_count=reading.total)
        job.hold()

    delivery.rows_done = 0
    with files.opened(delivery.file) as source:
        reading = delivery_checks.read_in(delivery, source, after_each=tell)
    with act(by=job.asked_by):
        locked = _locked(delivery, DeliveryState.CHECKING)
        locked.rows_done = delivery.rows_done
        _moved(locked, **delivery_checks.look_at(locked, reading))
        job.finish()


def _accept_as_worker(delivery: Delivery, job: DeliveryWork) -> None:
    try:
        with act(by=job.asked_by):
            _take_over(_locked(delivery, DeliveryState.ACCEPTING), by=job.asked_by)
            job.finish()
    except Refused as refusal:
        with act(by=job.asked_by):
            locked = _locked(delivery, DeliveryState.ACCEPTING)
            notes = [*locked.notes, f"Niet overgenomen. {refusal}"]
            _moved(locked, state=DeliveryState.CHECKED, notes=notes)
            job.finish()


def cancel(*, delivery: Delivery, by: Person) -> Delivery:
    """Leave a delivery that was not accepted; a worker that is at it keeps nothing of it."""
    with act(by=by):
        locked = _locked(
            delivery,
            DeliveryState.COLUMNS,
            DeliveryState.CHECKING,
            DeliveryState.CHECKED,
            DeliveryState.ACCEPTING,
        )
        waiting = locked.works.filter(state=JobState.WAITING)
        waiting.update(state=JobState.CANCELLED, lease_until=None, lease_token=None)
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
        if file is None or any(
            figures.objects.filter(import_file=file, superseded_at__isnull=False).exists()
            for figures in (Observation, HospitalFigure)
        ):
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
        hospital_sums.take_back(cursor, moments)
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


def _header(source: BinaryIO, filename: str) -> tuple[list[str], dict[str, int], list[str]]:
    """The headings, the columns known by them and the first row; none where the file is not a table."""
    try:
        if not imports.is_geojson(filename):
            return read_header(source, filename)
        require_places_size(source)
    except Unreadable as problem:
        raise ImportRefused([Issue(None, "", "", str(problem))]) from None
    if source.seek(0, os.SEEK_END) <= BYTES_AT_ONCE:
        reading = imports.read(source, filename)
        next(reading.rows, None)
        if unreadable := [issue for issue in reading.errors if issue.row is None]:
            raise ImportRefused(unreadable)
    return [], {}, []


def _remembered(source_name: str, key: str) -> dict[str, Any] | None:
    """How a table with the same headings from the same source was read the last time."""
    if not key:
        return None
    known = Delivery.objects.filter(source_name=source_name, header_key=key, import_file__isnull=False)
    latest = known.order_by("-pk").first()
    return latest.mapping if latest else None


def _stage_again(cursor: Any, delivery: Delivery) -> None:
    """The checked rows as they wait, checked once more as of now."""
    # Rows that wait are lost where the database itself was killed.
    if not imports.stage_again(cursor, delivery.pk):
        raise Changed
    imports.prepare(cursor, recodes=bool(delivery.mapping.get("recodes")))
    if import_checks.errors(cursor):
        raise Changed


def _notes(delivery: Delivery) -> list[str]:
    reasons = (f"{issue['message']} {ALL_THE_SAME} {delivery.reason}" for issue in delivery.warnings)
    return [*delivery.notes, *reasons]


def _refuse_known(delivery: Delivery) -> None:
    if known := ImportFile.objects.filter(sha256=delivery.sha256, is_undone=False).first():
        raise Refused(str(AlreadyImported(known)))


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
