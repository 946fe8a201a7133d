"""Is the seal of the platform in order? A few rows for who keeps it running."""

import datetime
from typing import Any

from django.db.models import Count, F, Func, IntegerField, Min, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format

from covenants import preservation, time_authorities
from covenants.models import Artefact, ArtefactKind, SealJob
from covenants.sealing import NoSeal, SealingWaits, SealRefused, current_means
from portal.health import Part
from portal.jobs import JobState

EXPIRY_WARNING = datetime.timedelta(days=60)
LARGEST_SKEW = 2.0
LONGEST_ERROR = 120
# As a report says that a seal does not hold.
REFUSED = b'"geldig": false'


class _Position(Func):
    """Where bytes stand in bytes; zero where they do not."""

    template = "position(%(expressions)s)"
    arg_joiner = " IN "
    output_field = IntegerField()


def check_parts() -> list[Part]:
    """The means, what waits, the end of the certificate, the clocks and the yearly check; two queries."""
    newest = _newest()
    about = (_expiry, _lasting, _clock, _time, _yearly)
    return [_means(), _waiting(), *(part(newest) for part in about)]


def _newest() -> Any:
    """The newest sealed file, with how many were checked in the past year, how many of those do not
    hold, and how many lost their time; None where nothing was sealed yet, so that there is nothing to check
    either."""
    recent = Artefact.objects.filter(
        kind=ArtefactKind.VALIDATION_REPORT, created_at__gt=timezone.now() - preservation.CHECK_EVERY
    ).order_by()
    count = recent.values("kind").annotate(count=Count("pk")).values("count")
    bad = recent.annotate(place=_Position(Value(REFUSED), F("content"))).filter(place__gt=0)
    refused = bad.values("kind").annotate(count=Count("pk")).values("count")
    undone = time_authorities.undone().order_by().values("level").annotate(count=Count("pk")).values("count")
    return (
        Artefact.objects.sealed()
        .annotate(
            lasts_first=Subquery(Artefact.objects.newest().order_by("lasts_until").values("lasts_until")[:1])
        )
        .annotate(
            checked=Coalesce(Subquery(count), 0),
            refused=Coalesce(Subquery(refused), 0),
            undone=Coalesce(Subquery(undone), 0),
        )
        .order_by("-created_at")
        .first()
    )


def _means() -> Part:
    try:
        means = current_means()
    except NoSeal as missing:
        return Part(name="seal", label="Zegel", is_well=False, detail=str(missing))
    # A certificate or key that cannot be read comes in many shapes, and none may take the page down.
    except Exception as error:
        detail = f"De instellingen van het zegel zijn niet te lezen: {type(error).__name__}."
        return Part(name="seal", label="Zegel", is_well=False, detail=detail)
    detail = "testzegel, niet rechtsgeldig" if means.is_test else "ingesteld"
    return Part(name="seal", label="Zegel", is_well=True, detail=detail)


def _waiting() -> Part:
    counts = SealJob.objects.aggregate(
        waiting=Count("pk", filter=Q(state=JobState.WAITING)),
        late=Count("pk", filter=Q(pk__in=SealJob.objects.alarming().values("pk"))),
        # Of more reasons first that a seal is refused: for that somebody has to do something.
        why=Min("last_error", filter=Q(state=JobState.WAITING) & ~Q(last_error="")),
    )
    detail = f"{counts['waiting']} wachten"
    if counts["late"]:
        detail = f"{counts['late']} wachten langer dan een kwartier, van {counts['waiting']}"
    if counts["why"]:
        detail += f"; {_in_words(counts['why'])}"
    return Part(name="seal_jobs", label="Te verzegelen", is_well=not counts["late"], detail=detail)


def _in_words(error: str) -> str:
    """What stops the seals, for who can do something about it."""
    kind, _, said = error.partition(": ")
    if kind == SealingWaits.__name__:
        return "de tijdstempeldiensten geven geen tijdstempel, en het portaal probeert het vanzelf opnieuw"
    if kind == SealRefused.__name__ and "expired" in said:
        return "het zegelcertificaat is verlopen: stel een nieuw in (SEAL_CERTIFICATE in .env.example)"
    if kind == SealRefused.__name__ and "revoked" in said:
        return "het zegelcertificaat is ingetrokken: stel een nieuw in (SEAL_CERTIFICATE in .env.example)"
    if kind == NoSeal.__name__:
        return "er is geen zegel ingesteld"
    return f"de laatste fout: {error[:LONGEST_ERROR]}"


def _expiry(newest: Artefact | None) -> Part:
    """The certificate with which is sealed now, else that of the newest seal."""
    until = _chosen_until() or (newest.certificate_until if newest else None)
    if until is None:
        return Part(
            name="seal_certificate", label="Zegelcertificaat", is_well=True, detail="nog niet gebruikt"
        )
    left = until - timezone.now()
    words = "geldig tot" if left > datetime.timedelta() else "verlopen op"
    return Part(
        name="seal_certificate",
        label="Zegelcertificaat",
        is_well=left > EXPIRY_WARNING,
        detail=f"{words} {date_format(timezone.localtime(until), 'j F Y')}",
    )


def _chosen_until() -> datetime.datetime | None:
    try:
        certificate = current_means().certificate
    # What is wrong with the settings is told by `_means`.
    except Exception:
        return None
    return certificate.not_valid_after if certificate else None


def _lasting(newest: Any) -> Part:
    """The first of all seals that grows old, read over every file and not only the newest."""
    until = newest.lasts_first if newest else None
    if until is None:
        return Part(name="seal_lasting", label="Oudste zegel", is_well=True, detail="nog geen zegel")
    return Part(
        name="seal_lasting",
        label="Oudste zegel",
        is_well=until - timezone.now() > EXPIRY_WARNING,
        detail=f"te controleren tot {date_format(timezone.localtime(until), 'j F Y')}",
    )


def _clock(newest: Artefact | None) -> Part:
    skew = newest.clock_skew if newest else None
    if skew is None:
        return Part(name="clock", label="Klok", is_well=True, detail="nog niet vergeleken")
    return Part(
        name="clock",
        label="Klok",
        is_well=skew <= LARGEST_SKEW,
        detail=f"{skew:.1f} seconden verschil met de tijdstempeldienst".replace(".", ","),
    )


def _time(newest: Any) -> Part:
    """Files that lost their time, as the authority that vouched for it was revoked afterwards."""
    undone = newest.undone if newest else 0
    detail = "geen dienst ingetrokken"
    if undone:
        detail = f"dienst ingetrokken: {undone} zegels zonder zekere tijd; draai manage.py check_seals"
    return Part(name="seal_time", label="Tijdstempels", is_well=not undone, detail=detail)


def _yearly(newest: Any) -> Part:
    checked, refused = (newest.checked, newest.refused) if newest else (0, 0)
    detail = f"{checked} bestanden gecontroleerd in het afgelopen jaar"
    if refused:
        detail = f"{refused} zegels kloppen niet meer, van {checked}; draai manage.py check_seals"
    return Part(name="preservation", label="Jaarlijkse controle", is_well=not refused, detail=detail)
