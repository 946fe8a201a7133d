"""Sealing as work: ordered in the transaction of its cause, done by a worker, kept as evidence.

Each kind of file has a module that brings two functions:

- `make(key) -> SealedPdf | None`: render and seal; None where there is nothing to seal any more.
- `keep(key, artefact) -> None`: what follows from the seal, in the transaction that keeps it.
"""

import datetime
from importlib import import_module

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Now

from covenants.models import Artefact, SealJob, SealKind, SealLevel
from covenants.sealing import SealedPdf
from portal import jobs

MAKERS = {
    SealKind.TEXT: "covenants.freezing",
    SealKind.STATEMENT: "covenants.statements",
    SealKind.DOSSIER: "covenants.dossiers",
    SealKind.RENEWAL: "covenants.preservation",
}


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
    sealed = maker.make(job.key)
    with transaction.atomic():
        if sealed is not None:
            maker.keep(job.key, keep(kind=job.kind, subject=job.subject, sealed=sealed))
        job.finish()


def keep(*, kind: str, subject: str, sealed: SealedPdf, continues: Artefact | None = None) -> Artefact:
    """Store a sealed file as evidence."""
    return Artefact.objects.create(
        sha256=sealed.sha256,
        kind=kind,
        subject=subject,
        content=sealed.content,
        size=len(sealed.content),
        level=SealLevel.B_LTA,
        seal_certificate=sealed.report.certificate_sha256,
        sealed_at=sealed.sealed_at,
        lasts_until=sealed.lasts_until,
        continues=continues,
    )
