"""The interventions that the founding texts name, the same for every coalition."""

from actions.models import Intervention
from actions.models.interventions import TargetPhase

BEFORE, DURING, AFTER = TargetPhase.BEFORE, TargetPhase.DURING, TargetPhase.AFTER
# Of those that are recognised, more is to be read in the national database.
LOKET = "https://www.loketgezondleven.nl/interventies-zoeken"
# Code, name, moment, and what it is in our own words.
INTERVENTIONS = (
    (
        "nu-niet-zwanger",
        "Nu Niet Zwanger",
        BEFORE,
        (
            "Hulpverleners praten met mensen in een kwetsbare situatie over hun kinderwens, en helpen met "
            "anticonceptie als dat nu beter past."
        ),
    ),
    (
        "voorzorg",
        "VoorZorg",
        DURING,
        (
            "Een verpleegkundige komt vaak thuis bij jonge vrouwen die voor het eerst zwanger zijn en het "
            "moeilijk hebben, tot het kind twee jaar is."
        ),
    ),
    (
        "centering-pregnancy",
        "Centering Pregnancy",
        DURING,
        "Zwangeren krijgen hun controles samen in een groep en leren van elkaar.",
    ),
    (
        "stevig-ouderschap",
        "Stevig Ouderschap",
        AFTER,
        "Een jeugdverpleegkundige komt een aantal keer thuis bij ouders die extra steun kunnen gebruiken.",
    ),
    (
        "prenatale-voorlichting",
        "Prenatale voorlichting",
        DURING,
        "Aanstaande ouders horen in een groep wat hen te wachten staat en wie er kan helpen.",
    ),
    (
        "prenataal-huisbezoek",
        "Prenataal huisbezoek JGZ",
        DURING,
        "De jeugdgezondheidszorg komt al voor de geboorte thuis als een gezin extra steun kan gebruiken.",
    ),
    (
        "healthy-pregnancy-4-all",
        "Healthy Pregnancy 4 All",
        TargetPhase.ALL,
        (
            "Een onderzoeksprogramma waarin gemeenten en geboortezorg risico’s vroeg in kaart brengen en er "
            "samen zorg op afstemmen."
        ),
    ),
)


def load() -> str:
    """Write what is missing and correct what reads otherwise."""
    for slug, name, phase, description in INTERVENTIONS:
        Intervention.objects.update_or_create(
            slug=slug,
            defaults={"name": name, "phase": phase, "description": description, "source_url": LOKET},
        )
    return f"{len(INTERVENTIONS)} interventies."
