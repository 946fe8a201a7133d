"""Work that must happen is first a row in PostgreSQL; a Celery task is only told to look.

A worker claims due rows with `FOR UPDATE SKIP LOCKED` and a lease, works outside long
transactions, and finishes only while the lease is still its own. Redis may be wiped and a worker
killed at any line: the row stays due and somebody else takes it.
"""

import datetime
import logging
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Q, Value
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from portal.checked import Checked

logger = logging.getLogger(__name__)

# After a failed ring the broker is left alone this long, so that eighty acts do not wait eighty times.
QUIET_SECONDS = 10.0
# A task looks for more work this long before it hands over to a fresh one.
SHIFT_SECONDS = 120.0
# The sweeper works this long at a time, so that its signs of life keep coming.
SWEEP_SECONDS = 20.0
# Work that waits longer than this is not in the hands of any worker, whatever the broker says.
LATE = datetime.timedelta(minutes=2)
LOST_WORKERS = "Werkproces gestopt: het werk is nooit afgekomen."

_quiet_until = 0.0


class LeaseLost(Exception):
    """Somebody else has this row now; whatever was done must not be kept."""


class JobState(models.TextChoices):
    WAITING = "waiting", "Wacht"
    DONE = "done", "Klaar"
    FAILED = "failed", "Mislukt"
    CANCELLED = "cancelled", "Gestopt"


# Materialized, so that the rows are chosen once and locked once.
_CLAIM = """
    WITH chosen (id) AS MATERIALIZED ({chosen} FOR UPDATE SKIP LOCKED)
    UPDATE {table} AS mine
    SET lease_until = statement_timestamp() + %s, lease_token = %s, attempts = attempts + 1
    FROM chosen WHERE mine.id = chosen.id
    RETURNING mine.*
"""


class JobQuerySet(models.QuerySet):
    def due(self) -> Self:
        """Rows that wait, whose time has come and that no living worker holds."""
        return self._free().filter(due_at__lte=Now(), attempts__lt=self.model.max_attempts)

    def abandoned(self) -> Self:
        """Rows whose every try ended without a word, so that their work may be what kills workers."""
        return self._free().filter(attempts__gte=self.model.max_attempts)

    def late(self) -> Self:
        """Due rows that nobody has come for."""
        return self.due().filter(due_at__lt=Now() - Value(LATE))

    def wait_again(self) -> int:
        """Let these rows be worked once more, from now; how many. Who is at one loses it."""
        return self.update(
            state=JobState.WAITING,
            attempts=0,
            due_at=Now(),
            finished_at=None,
            lease_until=None,
            lease_token=None,
        )

    def failed(self) -> Self:
        """Rows that were given up."""
        return self.filter(state=JobState.FAILED)

    def _free(self) -> Self:
        return self.filter(Q(lease_until__isnull=True) | Q(lease_until__lt=Now()), state=JobState.WAITING)

    def claim(self, limit: int = 1) -> list["Job"]:
        """Up to `limit` due rows, now held by the caller for the lease of their kind."""
        chosen = self.due().order_by("due_at", "pk").values("pk")[:limit]
        sql, parameters = chosen.query.sql_with_params()
        # One statement, which is its own transaction, as every ring begins with it.
        claimed = self.model._default_manager.raw(
            _CLAIM.format(chosen=sql, table=connection.ops.quote_name(self.model._meta.db_table)),
            (*parameters, self.model.lease, uuid.uuid4()),
        )
        return sorted(claimed, key=lambda row: (row.due_at, row.pk))


class Job(Checked):
    """One piece of work that must happen once, however often it is tried."""

    lease: ClassVar[datetime.timedelta] = datetime.timedelta(minutes=5)
    max_attempts: ClassVar[int] = 8
    # How many rows one worker takes at a time; more where they are cheaper together.
    batch: ClassVar[int] = 1
    queue: ClassVar[str] = "celery"

    state = models.CharField("stand", max_length=10, choices=JobState, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    due_at = models.DateTimeField("op zijn vroegst", db_default=Now())
    lease_until = models.DateTimeField(null=True, editable=False)
    lease_token = models.UUIDField(null=True, editable=False)
    last_error = models.TextField("laatste fout", blank=True)
    created_at = models.DateTimeField("gemaakt", db_default=Now())
    finished_at = models.DateTimeField("klaar", null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="%(app_label)s_%(class)s_due"),
            models.Index(
                fields=["lease_token"],
                condition=Q(lease_token__isnull=False),
                name="%(app_label)s_%(class)s_lease",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, state__in=["waiting", "cancelled"])
                | Q(finished_at__isnull=False, state__in=["done", "failed"]),
                name="%(app_label)s_%(class)s_finished_when_over",
            )
        ]

    def work(self) -> None:
        """Do it, and call `finish()` as the last step. Safe to run twice."""
        raise NotImplementedError

    @classmethod
    def work_claimed(cls, claimed: Sequence[Self]) -> None:
        """Work every claimed row; an error of one leaves the others alone."""
        for job in claimed:
            work_one(job)

    def finish(self, **changes: object) -> None:
        """Mark the work as done while the lease is ours; raises LeaseLost otherwise.

        Called inside the transaction of the work, as its last step, it keeps both or neither.
        """
        self._release(state=JobState.DONE, finished_at=Now(), last_error="", **changes)

    def hold(self) -> None:
        """Keep the lease of work that takes long; raises LeaseLost where it is somebody else's by now."""
        self._change(lease_until=Now() + Value(self.lease))

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the lease while one long transaction works, so that a short lease will do.

        From a connection of its own, as others see nothing of an open transaction. That must have ended
        where this ends: a last hold may wait for it.
        """
        is_over = threading.Event()

        def keep() -> None:
            try:
                while not is_over.wait(self.lease.total_seconds() / 3):
                    self.hold()
            except (LeaseLost, DatabaseError) as problem:
                # The work itself finds out when it finishes.
                logger.warning("Lease not kept: %s", problem)
            finally:
                connection.close()

        keeper = threading.Thread(target=keep, daemon=True)
        keeper.start()
        try:
            yield
        finally:
            is_over.set()
            keeper.join()

    @classmethod
    def finish_together(cls, jobs: Sequence[Self]) -> None:
        """As `finish()` for rows that were claimed together, in one statement."""
        mine = cls._default_manager.filter(
            pk__in=[job.pk for job in jobs],
            lease_token__in={job.lease_token for job in jobs},
            state=JobState.WAITING,
        )
        changes = {"lease_until": None, "lease_token": None, "last_error": ""}
        if mine.update(state=JobState.DONE, finished_at=Now(), **changes) != len(jobs):
            raise LeaseLost(f"{len(jobs)} × {cls._meta.label}")

    def fail(self, error: Exception) -> None:
        """Try again later, each time after a longer wait, and give up after `max_attempts`."""
        message = f"{type(error).__name__}: {error}"[:2000]
        if self.attempts >= self.max_attempts:
            self._release(state=JobState.FAILED, finished_at=Now(), last_error=message)
        else:
            wait = datetime.timedelta(seconds=min(15 * 2**self.attempts, 3600))
            self._release(due_at=Now() + Value(wait), last_error=message)

    def _release(self, **changes: object) -> None:
        self._change(lease_until=None, lease_token=None, **changes)

    def _change(self, **changes: object) -> None:
        mine = type(self)._default_manager.filter(
            pk=self.pk, lease_token=self.lease_token, state=JobState.WAITING
        )
        if not mine.update(**changes):
            raise LeaseLost(f"{self._meta.label} {self.pk}")


def kinds() -> list[type[Job]]:
    """Every kind of job in the house."""
    return [model for model in apps.get_models() if issubclass(model, Job)]


def work_due(kind: type[Job], *, only: JobQuerySet | None = None, for_seconds: float = SHIFT_SECONDS) -> int:
    """Claim and work due rows of `kind` until none is left or the shift ends; how many were tried."""
    started, tried = time.monotonic(), 0
    rows: JobQuerySet = kind._default_manager.all() if only is None else only
    while time.monotonic() - started < for_seconds:
        claimed = rows.claim(kind.batch)
        if claimed:
            kind.work_claimed(claimed)
            tried += len(claimed)
        # What came in since has a ring of its own.
        if len(claimed) < kind.batch:
            return tried
    ring(kind)
    return tried


def work_one(job: Job) -> None:
    """Work one claimed row; an error is written on the row, a lost lease changes nothing."""
    try:
        job.work()
    except LeaseLost as lost:
        logger.warning("Lease lost, left to its new holder: %s", lost)
    except Exception as error:
        logger.exception("%s %s failed at try %s", job._meta.label, job.pk, job.attempts)
        try:
            job.fail(error)
        except LeaseLost as lost:
            logger.warning("Lease lost, left to its new holder: %s", lost)


class _Bell:
    """One ring that waits for the commit; later rings for its kind in that transaction join it."""

    def __init__(self, kind: type[Job]) -> None:
        self.kind = kind
        self.times = 0
        self.urgent: list[int] = []

    def join(self, *, times: int, urgent: Job | None) -> None:
        self.times = max(self.times, times)
        if urgent is not None:
            self.urgent.append(urgent.pk)

    def sound(self) -> None:
        if not send_ring(self.kind, times=self.times) and self.urgent:
            work_due(self.kind, only=self.kind._default_manager.filter(pk__in=self.urgent))


def ring(kind: type[Job], *, times: int = 1, urgent: Job | None = None) -> None:
    """After commit, tell `times` workers to look for rows of `kind`; once per transaction.

    Never raises and never waits over a second. Where the broker is away the sweeper does the work
    later; an `urgent` row, such as a log-in code, is then worked here and now.
    """
    for _, hook, _ in transaction.get_connection().run_on_commit:
        bell = getattr(hook, "__self__", None)
        if isinstance(bell, _Bell) and bell.kind is kind:
            bell.join(times=times, urgent=urgent)
            return
    bell = _Bell(kind)
    bell.join(times=times, urgent=urgent)
    # A method and not a partial: Django names the callback when it logs that a robust one failed.
    transaction.on_commit(bell.sound, robust=True)


def send_ring(kind: type[Job], *, times: int = 1) -> bool:
    """Put the message on the broker; False where the broker is away or is being left alone."""
    from portal.tasks import work

    global _quiet_until
    if time.monotonic() < _quiet_until:
        return False
    try:
        for _ in range(times):
            work.apply_async(kwargs={"kind": kind._meta.label_lower}, queue=kind.queue)
    except OperationalError as error:
        _quiet_until = time.monotonic() + QUIET_SECONDS
        logger.warning("The broker is away, the sweeper takes over: %s", error)
        return False
    return True


def sweep() -> int:
    """Ring for every kind with rows due; how many rows were worked here instead.

    That is done while the broker is away, and for rows that wait although it is there.
    """
    worked = 0
    for kind in kinds():
        rows = kind._default_manager.all()
        rows.abandoned().update(
            state=JobState.FAILED,
            finished_at=Now(),
            last_error=LOST_WORKERS,
            lease_until=None,
            lease_token=None,
        )
        due = rows.due().count()
        if not due:
            continue
        has_rung = send_ring(kind, times=min(due, 4))
        if not has_rung or rows.late().exists():
            worked += work_due(kind, for_seconds=SWEEP_SECONDS)
        logger.info("%s due: %s", kind._meta.label_lower, due)
    return worked


@transaction.atomic
def retry(kind: type[Job], *, by: Any) -> int:
    """Let every failed row of `kind` wait for a worker again; how many there were."""
    count = kind._default_manager.all().failed().wait_again()
    if count:
        logger.info("%s: %s failed rows wait again, asked by person %s", kind.__name__, count, by.pk)
        ring(kind)
    return count
