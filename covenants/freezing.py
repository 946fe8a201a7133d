"""The sealed file of a text: made by a worker once two people confirmed it, and then the text stands."""

from covenants import check_codes, rendering, sealing, texts
from covenants.models import Artefact, CovenantVersion, SealKind
from covenants.sealing import SealedPdf


def make(key: str) -> SealedPdf | None:
    """The confirmed text, rendered once and sealed; None where it is sealed already."""
    version = CovenantVersion.objects.select_related("covenant__coalition").get(pk=key)
    if not version.is_being_sealed:
        return None
    return sealing.seal(
        rendering.render_text(version, code=str(check_codes.code_for(f"{SealKind.TEXT}/{version.pk}"))),
        reason=f"Vastgesteld: {version}, bevestigd door twee personen",
    )


def keep(key: str, artefact: Artefact) -> None:
    """From here the hash of the version is that of the kept bytes."""
    texts.complete_freeze(version=CovenantVersion.objects.get(pk=key), sha256=artefact.sha256)
