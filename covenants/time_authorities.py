"""A timestamp authority can be revoked after it vouched for our seals.

Workers ask each day; pages read the answer, and go to nobody.
"""

import datetime
import logging

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format

from covenants.models import Artefact, RevokedTimeAuthority
from covenants.models.time_authorities import HARMLESS
from covenants.sealing import NoWord, Revocation, current_means, time_authority_of

logger = logging.getLogger(__name__)


def ask() -> list[RevokedTimeAuthority]:
    """Ask about every authority on which a file rests; those that were found revoked now.

    Where no answer comes it is asked again tomorrow.
    """
    means = current_means()
    found = []
    for artefact in _one_of_each():
        try:
            revocation = time_authority_of(bytes(artefact.content), means=means)
        except NoWord as silence:
            logger.warning("No word on the time authority of %s: %s", artefact.subject, silence)
            continue
        if revocation is not None:
            revoked, is_new = note(artefact, revocation)
            found += [revoked] if is_new else []
    return found


def note(artefact: Artefact, revocation: Revocation) -> tuple[RevokedTimeAuthority, bool]:
    """Write down what was said of the authority on which a file rests, and whether that is news."""
    return RevokedTimeAuthority.objects.get_or_create(
        certificate=artefact.timestamp_certificate,
        defaults={"revoked_at": revocation.revoked_at, "reason": revocation.reason},
    )


def _one_of_each() -> QuerySet[Artefact]:
    """One file for each authority that is not known to be revoked."""
    return (
        Artefact.objects.newest()
        .with_bytes()
        .exclude(timestamp_certificate="")
        .exclude(timestamp_certificate__in=RevokedTimeAuthority.objects.values("pk"))
        .order_by("timestamp_certificate", "-created_at")
        .distinct("timestamp_certificate")
    )


def fading() -> QuerySet:
    """Files whose time still holds, but whose authority stopped, so that no new timestamp can follow it."""
    stopped = RevokedTimeAuthority.objects.filter(
        certificate=OuterRef("timestamp_certificate"),
        reason__in=HARMLESS,
        revoked_at__gt=OuterRef("created_at"),
    )
    return (
        Artefact.objects.newest()
        .annotate(stopped_at=Subquery(stopped.values("revoked_at")))
        .filter(stopped_at__isnull=False)
    )


def undone() -> QuerySet:
    """Files whose newest timestamp proves nothing any more, with why."""
    revoked = RevokedTimeAuthority.objects.filter(certificate=OuterRef("timestamp_certificate")).filter(
        ~Q(reason__in=HARMLESS) | Q(revoked_at__lte=OuterRef("created_at"))
    )
    return (
        Artefact.objects.newest()
        .annotate(
            reason=Subquery(revoked.values("reason")), revoked_at=Subquery(revoked.values("revoked_at"))
        )
        .filter(reason__isnull=False)
    )


def revoked_for(certificate: str) -> RevokedTimeAuthority | None:
    """What was found of the authority with this certificate."""
    return RevokedTimeAuthority.objects.filter(pk=certificate).first() if certificate else None


def sentence(revoked: RevokedTimeAuthority, *, stamped_at: datetime.datetime) -> str:
    """What it means for a timestamp of that moment."""
    day = date_format(timezone.localtime(revoked.revoked_at), "j F Y")
    if revoked.undoes(stamped_at):
        return (
            f"De tijdstempeldienst van dit zegel is ingetrokken op {day}. Daarom is niet meer zeker wanneer "
            "het is gezet."
        )
    return (
        f"De tijdstempeldienst van dit zegel is gestopt op {day}. Dit tijdstempel is van daarvoor en blijft "
        "gelden."
    )
