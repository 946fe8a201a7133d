"""What the demo coalition asks of those who govern, and the figures that it chose."""

import datetime

from django.utils import timezone

from coalitions.models import Coalition, CoalitionRole, Role
from monitoring import board_items, board_proposals, expected, headlines, indicator_sets
from partners.models import Person

COALITION = "noord-en-midden-limburg"
HEADLINES = ("vroeggeboorte", "laag-gewicht-voor-de-duur", "big2", "kinderen-in-bijstandsgezinnen")
# What it talks about, in its own order: what every partner works on first, then what will be delivered.
CHOSEN = (
    "roken-tijdens-zwangerschap",
    "vroeggeboorte",
    "laag-gewicht-voor-de-duur",
    "big2",
    "kinderen-in-bijstandsgezinnen",
    "tienermoeders",
    "prenataal-huisbezoek",
    "nu-niet-zwanger-beschikbaar",
    "borstvoeding-6-maanden",
    "vaccinatiegraad-2-jaar",
    "kinderen-0-4",
)
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


# Which figures will come, from whom, and in how many days.
EXPECTED = (
    ("vroeggeboorte", "2024", "Perined (demo)", 75),
    ("roken-tijdens-zwangerschap", "2025", "GGD Limburg-Noord (demo)", 120),
)


def load() -> None:
    """Choose, ask and agree once."""
    coalition = Coalition.objects.filter(slug=COALITION).first()
    if coalition is None:
        return
    _agree(coalition)
    coordinator = CoalitionRole.objects.current().filter(coalition=coalition, role=Role.COORDINATOR).first()
    if coordinator is None:
        return
    if not coalition.chosen_indicators.exists():
        for code in CHOSEN:
            indicator_sets.choose(coalition=coalition, code=code, by=coordinator.person)
    _propose(coalition)
    if coalition.board_items.exists():
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


def _propose(coalition: Coalition) -> None:
    """What a partner wants to have asked."""
    partner = Person.objects.filter(email="partner@demo.example").first()
    if partner is None or coalition.board_proposals.exists():
        return
    board_proposals.propose(
        coalition=coalition,
        question="Wijs in elke gemeente één aanspreekpunt aan voor de verloskundigen",
        explanation="Nu weten wij in vijf gemeenten niet wie wij kunnen bellen (verzonnen).",
        by=partner,
    )


def _agree(coalition: Coalition) -> None:
    """What the analyst waits for."""
    analyst = CoalitionRole.objects.current().filter(coalition=coalition, role=Role.ANALYST).first()
    if analyst is None or coalition.expected_deliveries.exists():
        return
    for code, period, supplier, days in EXPECTED:
        expected.expect(
            coalition=coalition,
            indicator_code=code,
            period_code=period,
            supplier=supplier,
            due_on=timezone.localdate() + datetime.timedelta(days=days),
            by=analyst.person,
        )
