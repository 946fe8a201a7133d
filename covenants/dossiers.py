"""The dossier: register, text and every statement in one sealed file, made anew when parties change."""

import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from covenants import check_codes, rendering, sealing, seals
from covenants.check_codes import in_groups
from covenants.force import force_of
from covenants.models import Artefact, ArtefactKind, CovenantVersion, PartySignature, SealJob, SealKind
from covenants.register import Entry, register
from covenants.sealing import SealedPdf

# So long it waits for the next signature, unless the newest dossier is older than `LONGEST_STALE`.
QUIET = datetime.timedelta(seconds=30)
LONGEST_STALE = datetime.timedelta(minutes=5)
_FILE_WORDS = {"text": "tekst", "statement": "verklaring", "renewal": "verlengd"}


def order(version: CovenantVersion) -> SealJob:
    """A dossier of `version` as far as its chain reaches now, once nobody signs for half a minute."""
    length = CovenantVersion.objects.values_list("chain_length", flat=True).get(pk=version.pk)
    return seals.order(kind=SealKind.DOSSIER, key=f"{version.pk}-{length}", delay=QUIET)


def newest(version: CovenantVersion) -> Artefact | None:
    """The newest dossier of `version`, without its bytes."""
    return (
        Artefact.objects.filter(kind=ArtefactKind.DOSSIER, subject__startswith=f"dossier/{version.pk}-")
        .order_by("-created_at")
        .first()
    )


def make(key: str) -> SealedPdf | None:
    """The sealed dossier; None where a younger one is on its way and the last is not old."""
    version_pk, _, length = key.partition("-")
    version = CovenantVersion.objects.select_related("covenant__coalition").get(pk=int(version_pk))
    if _is_overtaken(version, int(length)):
        return None
    now = timezone.now()
    pdf = rendering.render(
        "dossier",
        _page_of(version, at=now, key=key),
        title=f"Dossier {version.covenant.title}",
        timestamp=now,
        attachments=_attachments(version),
    )
    return sealing.seal(pdf, reason=f"Dossier van {version.covenant.title}, versie {version.number}")


def keep(key: str, artefact: Artefact) -> None:
    """Nothing follows from a dossier."""


def _is_overtaken(version: CovenantVersion, length: int) -> bool:
    if version.chain_length <= length:
        return False
    is_ordered = (
        SealJob.objects.filter(subject__startswith=f"dossier/{version.pk}-", state="waiting")
        .exclude(subject=f"dossier/{version.pk}-{length}")
        .exists()
    )
    last = newest(version)
    is_fresh = last is not None and timezone.now() - last.created_at < LONGEST_STALE
    return is_ordered and (is_fresh or last is None)


def _page_of(version: CovenantVersion, *, at: datetime.datetime, key: str) -> dict[str, Any]:
    code = check_codes.code_for(f"{SealKind.DOSSIER}/{key}")
    entries = register(version.covenant)
    return {
        "covenant": version.covenant.title,
        "coalition": version.covenant.coalition.name,
        "version": str(version.number),
        "made_at": date_format(timezone.localtime(at), "j F Y, H.i") + " uur",
        "sha256": in_groups(version.sha256 or ""),
        "chain_seq": str(version.chain_length),
        "chain_head": in_groups(version.chain_head),
        "force": force_of(version, entries, on=timezone.localdate(at)).sentence,
        "parties": [_row(entry) for entry in entries],
        "code": str(code),
        "mark": sealing.mark(),
        "address": f"{settings.PORTAL_ORIGIN}{reverse('covenants:verification')}",
    }


def _row(entry: Entry) -> dict[str, str]:
    signers = "; ".join(f"{signer.name}, {signer.function}" for signer in entry.signers)
    return {
        "name": entry.name,
        "since": date_format(entry.since, "j F Y"),
        "signers": "buiten het portaal getekend" if entry.is_outside else signers,
        "leaves_on": date_format(entry.leaves_on, "j F Y") if entry.leaves_on else "",
    }


def _attachments(version: CovenantVersion) -> list[rendering.Attachment]:
    """The sealed text and the statement of every signature under it, byte for byte."""
    signatures = {
        f"{SealKind.STATEMENT}/{pk}": name
        for pk, name in PartySignature.objects.filter(version=version).values_list("pk", "legal_name")
    }
    subjects = [f"{SealKind.TEXT}/{version.pk}", *signatures]
    files = Artefact.objects.with_bytes().filter(subject__in=subjects).in_bulk(field_name="subject")
    return [
        rendering.Attachment(
            name=file_name(subject),
            content=bytes(files[subject].content),
            mime_type="application/pdf",
            description=f"Verklaring van {signatures[subject]}" if subject in signatures else "De tekst",
            relationship="source" if subject not in signatures else "supplement",
        )
        for subject in subjects
        if subject in files
    ]


def file_name(subject: str) -> str:
    """How a sealed file is called outside the portal."""
    kind, _, key = subject.partition("/")
    return f"{_FILE_WORDS.get(kind, kind)}-{key}.pdf"
