"""Sealing as work: ordered in the transaction of its cause, done by a worker, kept as evidence.

Each kind of file has a module that brings two functions:

- `make(key) -> SealedPdf | PlainFile | None`: render and seal; None where there is nothing to do any more.
- `keep(key, artefact) -> None`: what follows from the seal, in the transaction that keeps it.
"""

import datetime
import hashlib
from dataclasses import dataclass
from importlib import import_module

from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Now

from covenants import check_codes
from covenants.models import Artefact, SealJob, SealKind, SealLevel
from covenants.sealing import SealedPdf
from portal import jobs

MAKERS = {
    SealKind.TEXT: "covenants.freezing",
    SealKind.STATEMENT: "covenants.statements",
    SealKind.DOSSIER: "covenants.dossiers",
    SealKind.RENEWAL: "covenants.preservation",
    SealKind.VALIDATION_REPORT: "covenants.validation_reports",
}
# Files that go on from another, whose hash stands first in their key.
CONTINUING = frozenset({SealKind.RENEWAL, SealKind.VALIDATION_REPORT})


@dataclass(frozen=True)
class PlainFile:
    """A file that is kept as evidence and bears no seal."""

    content: bytes

    @property
    def sha256(self) -> str:
        """The name of these bytes."""
        return hashlib.sha256(self.content).hexdigest()


def order(*, kind: SealKind, key: int | str, delay: datetime.timedelta = datetime.timedelta()) -> SealJob:
    """The seal of `key`, ordered once however often this is called; a worker is told after commit.

    `key` is the number of the version (text), of the signature of the organisation (statement), or
    what the module of the kind says.
    """
    job, is_new = SealJob.objects.get_or_create(
        subject=f"{kind}/{key}", defaults={"kind": kind, "due_at": Now() + Value(delay)}
    )
    if is_new and not delay:
        jobs.ring(SealJob)
    return job


def find(*, kind: SealKind, key: int | str) -> Artefact | None:
    """The sealed file of `key`, without its bytes; None while it waits for its seal."""
    return Artefact.objects.filter(subject=f"{kind}/{key}").first()


def work(job: SealJob) -> None:
    """Render, seal, check and keep; the file, what follows from it and the end of the job are one."""
    maker = import_module(MAKERS[SealKind(job.kind)])
    started = _database_clock()
    made = maker.make(job.key)
    skew = _skew(made, started) if isinstance(made, SealedPdf) else None
    with transaction.atomic():
        if made is not None:
            maker.keep(job.key, keep(job, made, clock_skew=skew))
        job.finish()


def keep(job: SealJob, made: SealedPdf | PlainFile, *, clock_skew: float | None = None) -> Artefact:
    """Store what a job made as evidence."""
    seal = {}
    if isinstance(made, SealedPdf):
        check_codes.give(job.subject)
        seal = {
            "level": SealLevel.B_LTA,
            "seal_certificate": made.report.certificate_sha256,
            "certificate_until": made.certificate_until,
            "sealed_at": made.sealed_at,
            "lasts_until": made.lasts_until,
            "timestamp_certificate": made.report.timestamp_certificate,
            "clock_skew": clock_skew,
        }
    return Artefact.objects.create(
        sha256=made.sha256,
        kind=job.kind,
        subject=job.subject,
        content=made.content,
        size=len(made.content),
        continues_id=job.key.partition("/")[0] if job.kind in CONTINUING else None,
        **seal,
    )


def _database_clock() -> datetime.datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def _skew(made: SealedPdf, started: datetime.datetime) -> float | None:
    """By how much the time of a new seal lies outside the time in which it was made; an authority
    may leave out what is below a second."""
    if made.report.timestamps > 1:
        return None
    early = (started - made.sealed_at).total_seconds() - 1
    late = (made.sealed_at - _database_clock()).total_seconds()
    return max(early, late, 0.0)
