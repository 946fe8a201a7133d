"""The yearly check of one sealed file, kept as a file of its own beside it."""

import json
from typing import Any

from django.utils import timezone

from covenants import time_authorities
from covenants.models import Artefact
from covenants.sealing import SealVerdict, check_file, current_means
from covenants.seals import PlainFile


def make(key: str) -> PlainFile:
    """The findings on the file whose hash stands first in `key`."""
    artefact = Artefact.objects.with_bytes().get(pk=key.partition("/")[0])
    report = findings(artefact)
    return PlainFile(json.dumps(report, ensure_ascii=False, sort_keys=True, indent=1).encode())


def keep(key: str, artefact: Artefact) -> None:
    """Nothing follows: what does not hold stands in the report, and on the platform page."""


def findings(artefact: Artefact) -> dict[str, Any]:
    """What the check of today says, with the facts that the Archiefregeling asks to keep."""
    report = check_file(bytes(artefact.content), roots=current_means().roots)
    revoked = time_authorities.revoked_for(report.timestamp_certificate)
    is_undone = revoked is not None and revoked.undoes(artefact.created_at)
    return {
        "bestand": artefact.subject,
        "gecontroleerd_op": timezone.now().isoformat(timespec="seconds"),
        "gecontroleerd_door": "Portaal Kansrijke Start, pyHanko, ETSI EN 319 102-1",
        "houder": report.subject,
        "uitgegeven_door": report.issuer,
        "certificaatnummer": report.serial,
        "certificaat_sha256": report.certificate_sha256,
        "tijdstempel": report.sealed_at,
        "tijdstempeldienst_ingetrokken_op": revoked.revoked_at.isoformat() if revoked else "",
        "tijdstempeldienst_ingetrokken_omdat": revoked.reason if revoked else "",
        "geldig": report.verdict == SealVerdict.VALID and report.sha256 == artefact.pk and not is_undone,
        "oordeel": report.as_json(),
    }
