"""Does everything that was sealed and signed still hold? For `manage.py check_seals` and the export."""

from collections.abc import Iterator

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.formats import date_format

from covenants import time_authorities
from covenants.chain import check_chain
from covenants.models import (
    Artefact,
    ArtefactKind,
    CovenantVersion,
    PartySignature,
    SealJob,
)
from covenants.preservation import RENEW_BEFORE
from covenants.sealing import SealVerdict, check_file, current_means


def problems() -> Iterator[str]:
    """A sentence for each thing that is wrong: files, texts, statements and chains."""
    yield from file_problems()
    yield from _times()
    yield from _missing()
    for version in CovenantVersion.objects.select_related("covenant").order_by("pk"):
        for problem in check_chain(version):
            yield problem.sentence


def file_problems() -> Iterator[str]:
    """A sentence for each file that is not what was sealed; one file in memory at a time."""
    roots = current_means().roots
    for artefact in Artefact.objects.with_bytes().order_by("created_at", "pk").iterator(chunk_size=10):
        report = check_file(bytes(artefact.content), roots=roots)
        if report.sha256 != artefact.sha256:
            yield f"Bestand {artefact.subject}: de bytes horen niet bij de SHA-256 {artefact.sha256[:8]}…"
        elif artefact.level and report.verdict != SealVerdict.VALID:
            yield (
                f"Bestand {artefact.subject}: het zegel is niet goed ({report.verdict}, "
                f"{report.indication} {report.explanation})".rstrip()
            )
        elif artefact.level and report.has_bytes_after:
            yield f"Bestand {artefact.subject}: er staat iets achter het zegel."


def _times() -> Iterator[str]:
    """A sentence for each file that lost its time, as the authority that vouched for it was revoked."""
    for artefact in time_authorities.undone().order_by("subject"):
        day = date_format(timezone.localtime(artefact.revoked_at), "j F Y")
        yield (
            f"Bestand {artefact.subject}: de tijdstempeldienst is ingetrokken op {day} ({artefact.reason}). "
            "Daarom is niet meer zeker wanneer dit zegel is gezet."
        )
    for artefact in time_authorities.fading().filter(lasts_until__lt=timezone.now() + RENEW_BEFORE):
        stopped, until = (
            date_format(timezone.localtime(moment), "j F Y")
            for moment in (artefact.stopped_at, artefact.lasts_until)
        )
        yield (
            f"Bestand {artefact.subject}: de tijdstempeldienst is gestopt op {stopped}, dus een nieuw "
            f"tijdstempel kan er niet meer bij. Dit zegel is te controleren tot {until}; bewaar daarna het "
            "archief van het convenant met de rapporten van elk jaar."
        )


def _missing() -> Iterator[str]:
    """Texts and signatures whose sealed file is gone, and not merely on its way."""
    texts = CovenantVersion.objects.filter(sha256__isnull=False).select_related("covenant")
    for version in texts.filter(~Exists(Artefact.objects.filter(pk=OuterRef("sha256")))):
        yield f"De verzegelde tekst van {version} ontbreekt."
    subject = Concat(Value(f"{ArtefactKind.STATEMENT}/"), Cast(OuterRef("pk"), CharField()))
    unsealed = PartySignature.objects.filter(
        ~Exists(Artefact.objects.filter(subject=subject)),
        ~Exists(SealJob.objects.filter(subject=subject, state="waiting")),
        is_outside=False,
    )
    for signature in unsealed.select_related("version__covenant"):
        yield f"De verzegelde verklaring van {signature} ontbreekt."
