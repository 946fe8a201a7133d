"""Keeping seals good for decades: a check of every file each year, and a new timestamp in time.

Archiefregeling, article 24 c: with a signature is kept when it was checked, and what came of it.
"""

import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from covenants import sealing, time_authorities
from covenants.models import Artefact, ArtefactKind, RevokedTimeAuthority, SealJob, SealKind
from covenants.sealing import SealedPdf, TimeRevoked
from portal import jobs

# A timestamp is renewed while its certificate still has this long to live.
RENEW_BEFORE = datetime.timedelta(days=366)
CHECK_EVERY = datetime.timedelta(days=365)


def order_due() -> int:
    """Order every check and renewal whose time has come; how many there were. Safe to run at any time."""
    year = timezone.localdate().year
    wanted = [
        *(f"{SealKind.VALIDATION_REPORT}/{sha256}/{year}" for sha256 in _unchecked()),
        *(f"{SealKind.RENEWAL}/{sha256}" for sha256 in _ageing()),
    ]
    known = set(SealJob.objects.filter(subject__in=wanted).values_list("subject", flat=True))
    new = [subject for subject in wanted if subject not in known]
    SealJob.objects.bulk_create(
        [SealJob(kind=subject.partition("/")[0], subject=subject, due_at=Now()) for subject in new],
        ignore_conflicts=True,
    )
    if new:
        jobs.ring(SealJob)
    return len(new)


def make(key: str) -> SealedPdf | None:
    """The file with hash `key` and one more timestamp; None where that is not needed yet, or in vain."""
    artefact = Artefact.objects.with_bytes().get(pk=key)
    if not _ageing().filter(pk=key).exists():
        return None
    try:
        return sealing.renew(bytes(artefact.content))
    except TimeRevoked as revoked:
        # Told by `check_seals` and on the page of the platform, as when it was found by asking.
        time_authorities.note(artefact, revoked.revocation)
        return None


def keep(key: str, artefact: Artefact) -> None:
    """The renewed file stands beside the sealed one; nothing else follows."""


def _ageing() -> QuerySet[Artefact, str]:
    """Hashes of files whose newest timestamp comes near the end of its certificate, but for those of an
    authority that was revoked: who believes no time of it does not believe that it came before another."""
    until = timezone.now() + RENEW_BEFORE
    revoked = RevokedTimeAuthority.objects.filter(pk=OuterRef("timestamp_certificate"))
    ageing = Artefact.objects.newest().filter(~Exists(revoked), lasts_until__lt=until)
    return ageing.values_list("pk", flat=True)


def _unchecked() -> QuerySet[Artefact, str]:
    """Hashes of files that nobody checked for a year, counted from their seal."""
    since = timezone.now() - CHECK_EVERY
    recent = Artefact.objects.filter(
        kind=ArtefactKind.VALIDATION_REPORT, continues=OuterRef("pk"), created_at__gt=since
    )
    old = Artefact.objects.newest().filter(created_at__lt=since)
    return old.filter(~Exists(recent)).values_list("pk", flat=True)
