"""What was agreed, in the full export of a coalition; the evidence itself has an archive of its own."""

from collections.abc import Iterator

from coalitions.models import Coalition
from covenants.models import Covenant, CovenantVersion, Decline
from covenants.presenters.register import HEADER, exported
from covenants.register import Entry, registers
from portal.hooks import DataPart


def data_parts(coalition: Coalition) -> list[DataPart]:
    """The documents with their versions, the parties of today, and answers without a signature."""
    versions = CovenantVersion.objects.filter(covenant__coalition=coalition).select_related("covenant")
    declines = Decline.objects.filter(version__covenant__coalition=coalition).select_related(
        "version__covenant", "organisation"
    )
    return [
        DataPart(
            name="convenanten",
            header=("document", "versie", "stand", "vastgesteld_op", "ingangsdatum", "sha256"),
            rows=(
                (one.covenant.title, one.number, one.state, one.second_at, one.effective_on, one.sha256)
                for one in versions.defer("blocks", "meaning").order_by("covenant", "number")
            ),
        ),
        DataPart(
            name="partijen",
            header=("Document", *HEADER),
            rows=(
                (covenant.title, *exported(entry))
                for covenant, entries in _registers(coalition)
                for entry in entries
            ),
        ),
        DataPart(
            name="antwoorden_zonder_handtekening",
            header=(
                "document",
                "versie",
                "organisatie",
                "antwoord",
                "besluit_verwacht_op",
                "toelichting",
                "op",
            ),
            rows=(
                (
                    one.version.covenant.title,
                    one.version.number,
                    one.organisation.name,
                    one.kind,
                    one.expected_on,
                    one.note,
                    one.declined_at,
                )
                for one in declines.order_by("pk")
            ),
        ),
    ]


def _registers(coalition: Coalition) -> Iterator[tuple[Covenant, list[Entry]]]:
    """Read when the rows are written, and not before."""
    documents = list(coalition.covenants.all())
    found = registers(documents)
    for document in documents:
        yield document, found[document.pk]
