"""What somebody agrees to when she signs, word for word; an act keeps the sentence that it showed.

A changed sentence is a new entry under a new name, never an edit.
"""

from covenants.models import Covenant, CovenantKind, CovenantVersion
from partners.models import Organisation

CURRENT = "2026-1"
_SENTENCES = {
    "2026-1": (
        "Ik heb {text} gelezen en ga namens {organisation} akkoord.",
        "Ik mag namens {organisation} tekenen.",
    ),
}
WITH_ARTICLE = {
    CovenantKind.COVENANT: "het convenant",
    CovenantKind.AGREEMENT: "de samenwerkingsovereenkomst",
    CovenantKind.INTENT: "de intentieverklaring",
}


def is_known(consent_id: str) -> bool:
    """Whether these words were ever ours."""
    return consent_id in _SENTENCES


def sentences(
    version: CovenantVersion, organisation: Organisation, *, consent_id: str = CURRENT
) -> tuple[str, str]:
    """What she says of the text, and what she says of herself."""
    words = {
        "text": with_article(version.covenant),
        "organisation": organisation.name,
    }
    read, may = (sentence.format(**words) for sentence in _SENTENCES[consent_id])
    return read, may


def text(version: CovenantVersion, organisation: Organisation, *, consent_id: str = CURRENT) -> str:
    """The whole sentence as the act keeps it."""
    return " ".join(sentences(version, organisation, consent_id=consent_id))


def with_article(covenant: Covenant) -> str:
    """The document as a sentence calls it."""
    return WITH_ARTICLE[CovenantKind(covenant.kind)]
