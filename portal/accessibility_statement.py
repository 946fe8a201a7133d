"""The accessibility statement as data; its page follows the fixed Dutch model."""

from dataclasses import dataclass
from datetime import date

# The five states of the Dutch model, best first.
STATUSES = {
    "A": "voldoet volledig",
    "B": "voldoet gedeeltelijk",
    "C": "eerste maatregelen genomen",
    "D": "voldoet niet",
    "E": "geen toegankelijkheidsverklaring",
}


@dataclass(frozen=True)
class Limitation:
    """One known shortcoming and what is done about it."""

    description: str
    affects: str
    measure: str


@dataclass(frozen=True)
class AccessibilityStatement:
    """What the statement says about this portal on one day."""

    status: str
    drawn_up_on: date
    norm: str
    audited: bool
    tests: tuple[str, ...]
    limitations: tuple[Limitation, ...]

    @property
    def status_name(self) -> str:
        """The words that belong to the status letter."""
        return STATUSES[self.status]


STATEMENT = AccessibilityStatement(
    status="C",
    drawn_up_on=date(2026, 11, 22),
    norm="EN 301 549 met WCAG 2.1, niveau A en AA. We bouwen volgens de nieuwere WCAG 2.2.",
    audited=False,
    tests=(
        "Een automatische controle (axe) van de pagina's, op een breed en op een smal scherm.",
        "Een automatische controle dat de belangrijkste taken met alleen het toetsenbord lukken.",
    ),
    limitations=(
        Limitation(
            description="Geen onafhankelijke partij heeft het portaal onderzocht.",
            affects="Alle pagina's. Er kunnen problemen zijn die een automatische controle mist.",
            measure="Laat een onderzoek doen voordat het portaal in gebruik gaat.",
        ),
        Limitation(
            description="Een schermlezer leest kaarten en grafieken niet stap voor stap voor.",
            affects="Wie kaarten of grafieken niet ziet.",
            measure="Bij elke kaart en grafiek staat een tabel met dezelfde cijfers.",
        ),
        Limitation(
            description="Er is niet getest met mensen die hulpmiddelen gebruiken.",
            affects="Gebruikers van een schermlezer, vergroting of spraakbesturing.",
            measure="Nodig gebruikers uit voor een test; meldingen zijn nu al welkom.",
        ),
    ),
)
