"""What the demo coalition asks of those who govern, and the figures that it chose."""

import datetime

from django.utils import timezone

from coalitions.models import Coalition, CoalitionRole, Role
from monitoring import board_items, headlines

COALITION = "noord-en-midden-limburg"
HEADLINES = ("vroeggeboorte", "laag-gewicht-voor-de-duur", "big2", "kinderen-in-bijstandsgezinnen")
# What is asked, why, and within how many days.
ITEMS = (
    (
        "Neem Nu Niet Zwanger op in de begroting van volgend jaar",
        "Acht gemeenten deden dat al. De kosten staan in het actieprogramma.",
        21,
    ),
    (
        "Bespreek in het college wie bij u het prenataal huisbezoek regelt",
        "Elke gemeente is dit wettelijk verplicht sinds 1 juli 2022.",
        35,
    ),
)


def load() -> None:
    """Choose and ask once."""
    coalition = Coalition.objects.filter(slug=COALITION).first()
    if coalition is None or coalition.board_items.exists():
        return
    coordinator = CoalitionRole.objects.current().filter(coalition=coalition, role=Role.COORDINATOR).first()
    if coordinator is None:
        return
    headlines.choose(coalition=coalition, codes=HEADLINES, by=coordinator.person)
    for question, explanation, days in ITEMS:
        board_items.ask(
            coalition=coalition,
            question=question,
            explanation=explanation,
            due_on=timezone.localdate() + datetime.timedelta(days=days),
            by=coordinator.person,
        )
