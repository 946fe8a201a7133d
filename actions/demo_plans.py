"""What the made-up programme holds: themes, forty bottlenecks and dreams, and twenty-four actions."""

import datetime
from dataclasses import dataclass

from actions.models import (
    ActionKind,
    ActionPhase,
    ActionPriority,
    ActionState,
    BottleneckKind,
    Factor,
    ThemeScope,
)
from partners.models import Domain

# Title, what it is about, scope, and of how many members one says that it does not matter (0: none).
THEMES = (
    (
        "Gewenst en gezond zwanger",
        "Wie zwanger wil worden, weet waar zij terechtkan en begint gezond.",
        ThemeScope.BOTH,
        7,
    ),
    (
        "Eerder signaleren en warm overdragen",
        "We zien vroeg wie hulp nodig heeft, en geven elkaar warm door.",
        ThemeScope.REGIONAL,
        0,
    ),
    (
        "Sterk ouderschap",
        "Ouders krijgen steun die past, dichtbij en zonder drempel.",
        ThemeScope.BOTH,
        11,
    ),
    (
        "Medisch, sociaal en informeel verbonden",
        "Zorg, wijk en vrijwilligers kennen elkaar en werken als één team.",
        ThemeScope.REGIONAL,
        0,
    ),
    (
        "Samen meten, leren en borgen",
        "We weten wat werkt, leren van elkaar en houden vast wat goed is.",
        ThemeScope.BOTH,
        6,
    ),
)

_K, _D = BottleneckKind.BOTTLENECK, BottleneckKind.IDEA
_MED, _SOC, _INF, _PUB = Domain.MEDICAL, Domain.SOCIAL, Domain.INFORMAL, Domain.PUBLIC

# Kind, text, theme (0: none yet), factors and domains.
BOTTLENECKS: tuple[tuple[str, str, int, list[str], list[str]], ...] = (
    (_K, "Verloskundigen weten niet wie ze in het wijkteam kunnen bellen", 4, [], [_MED, _SOC]),
    (_K, "Elke praktijk vraagt anders naar kwetsbaarheid", 2, [Factor.STRESS], [_MED]),
    (_K, "Na de kraamweek valt de steun voor ouders weg", 3, [], [_MED, _SOC]),
    (_K, "Schulden komen pas in beeld als het te laat is", 2, [Factor.DEBT, Factor.POVERTY], [_SOC]),
    (_K, "Het formulier voor overdracht wordt bijna nergens gebruikt", 2, [], [_MED, _PUB]),
    (_K, "Ouders met weinig Nederlands krijgen geen goede voorlichting", 3, [Factor.LANGUAGE], [_MED, _PUB]),
    (_K, "Niemand voelt zich eigenaar van de zorg vóór de zwangerschap", 1, [], [_MED, _PUB]),
    (_K, "Roken in de zwangerschap bespreken voelt als oordelen", 1, [Factor.SMOKING], [_MED]),
    (_K, "Kleine gemeenten kunnen een interventie niet alleen betalen", 5, [], [_PUB]),
    (_K, "We weten niet welke aanpak in de regio werkt", 5, [], [_PUB]),
    (_K, "Wachtlijsten bij de geestelijke gezondheidszorg voor zwangeren", 2, [Factor.MENTAL_HEALTH], [_MED]),
    (_K, "Zwangeren zonder vaste woonplek staan nergens op een lijst", 2, [Factor.HOUSING], [_SOC, _PUB]),
    (_K, "Vrijwilligers worden pas gebeld als er geen zorg meer is", 4, [], [_INF, _SOC]),
    (_K, "De huisarts hoort niet wat er na de verwijzing gebeurt", 2, [], [_MED]),
    (_K, "Privacyregels maken professionals huiverig om te delen", 2, [], [_MED, _SOC, _PUB]),
    (_K, "Vaders worden in de voorlichting bijna niet aangesproken", 3, [], [_MED, _SOC]),
    (_K, "Huisbezoek voor de geboorte is in drie gemeenten nog niet geregeld", 2, [], [_PUB]),
    (_K, "Kraamzorg is niet overal op tijd beschikbaar", 3, [], [_MED]),
    (_K, "Ouders moeten hun verhaal vijf keer vertellen", 4, [Factor.STRESS], [_MED, _SOC]),
    (_K, "De sociale kaart is al oud als zij af is", 4, [], [_SOC]),
    (_K, "Problemen gaan van ouders over op kinderen", 3, [Factor.GENERATIONS], [_SOC]),
    (_K, "Anticonceptie is te duur voor wie weinig geld heeft", 1, [Factor.POVERTY], [_MED]),
    (_K, "Voeding en gewicht komen pas laat aan bod", 1, [Factor.OVERWEIGHT], [_MED]),
    (_K, "Scholing is vaak onder werktijd en wordt niet vergoed", 4, [], [_MED, _SOC]),
    (_K, "Projecten stoppen als het geld op is", 5, [], [_PUB]),
    (_K, "Cijfers van de verloskundigen komen een jaar later", 5, [], [_MED, _PUB]),
    (_K, "Gemeenten vragen elk om een eigen rapportage", 5, [], [_PUB]),
    (_K, "Ervaringsdeskundigen worden te laat gevraagd", 5, [], [_INF]),
    (_K, "Statushouders kennen de kraamzorg niet", 3, [Factor.LANGUAGE], [_MED, _SOC]),
    (_K, "Consultatiebureau en wijkteam zitten in een ander systeem", 4, [], [_PUB, _SOC]),
    (_D, "Elke aanstaande ouder heeft één vast gezicht", 4, [], [_MED, _SOC, _INF]),
    (_D, "Een maatje voor iedereen die er een wil", 3, [], [_INF]),
    (_D, "Eén nummer voor alle vragen rond zwangerschap en geboorte", 4, [], [_MED, _SOC]),
    (_D, "Geen kind begint zijn leven met schulden", 2, [Factor.DEBT], [_SOC]),
    (_D, "Een ouderkamer in elk gezondheidscentrum", 3, [], [_MED, _INF]),
    (_D, "Alle professionals volgen samen dezelfde scholing", 4, [], [_MED, _SOC, _PUB]),
    (_D, "De regio rookvrij rond elke zwangerschap", 1, [Factor.SMOKING], [_MED, _PUB]),
    (_D, "Ouders beslissen mee over het programma", 5, [], [_INF]),
    (_D, "Voorlichting op elke middelbare school", 1, [], [_PUB]),
    (_K, "Het openbaar vervoer naar het ziekenhuis is slecht", 0, [Factor.POVERTY], [_PUB]),
)


# Which of these a table said on 31 October 2022, by the first words of its note.
HEARD = (
    (0, "Verloskundigen weten niet"),
    (4, "Elke gemeente heeft een ander formulier"),
    (3, "Schulden komen pas laat"),
    (7, "Roken in de zwangerschap"),
    (24, "Bestuurders moeten het blijven willen"),
    (37, "Ouders vragen wat zij nodig hebben"),
)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One action of the demo, and how far it is."""

    title: str
    theme: int
    state: str
    why: str
    result: str = ""
    kind: str = ActionKind.OTHER
    phase: str = ""
    group: str = ""
    places: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    priority: int = ActionPriority.NORMAL
    # Places in the list of bottlenecks above.
    answers: tuple[int, ...] = ()
    # Codes of the figures that it is about.
    figures: tuple[str, ...] = ()
    starts_on: datetime.date | None = None
    due_on: datetime.date | None = None
    lead_name: str = ""
    reason: str = ""
    help: str = ""
    lesson: str = ""
    funding: str = ""
    milestones: tuple[tuple[str, datetime.date], ...] = ()


def _day(year: int, month: int = 1, day: int = 1) -> datetime.date:
    return datetime.date(year, month, day)


ACTIONS = (
    Plan(
        title="Eén lijst met vragen voor alle verloskundigen",
        theme=2,
        figures=("eerste-consult-op-tijd",),
        state=ActionState.RUNNING,
        kind=ActionKind.SIGNALLING,
        phase=ActionPhase.DURING,
        group="eerder-signaleren",
        why="Iedereen vraagt nu anders naar wat ouders nodig hebben.",
        result="Alle praktijken in de regio gebruiken dezelfde vragen.",
        priority=ActionPriority.HIGH,
        answers=(1, 13),
        starts_on=_day(2024, 2),
        due_on=_day(2027, 1, 31),
        milestones=(("Vragen gekozen", _day(2024, 9)), ("Helft van de praktijken doet mee", _day(2026, 11))),
    ),
    Plan(
        title="Warme overdracht van verloskundige naar jeugdgezondheidszorg",
        theme=2,
        state=ActionState.RUNNING,
        kind=ActionKind.HANDOVER,
        phase=ActionPhase.AFTER,
        group="eerder-signaleren",
        why="Ouders moeten hun verhaal niet steeds opnieuw vertellen.",
        result="Elke overdracht is een gesprek, met de ouder erbij.",
        priority=ActionPriority.HIGH,
        answers=(4, 18),
        starts_on=_day(2023, 9),
        due_on=_day(2026, 12, 31),
        milestones=(("Afspraak getekend", _day(2024, 6)),),
    ),
    Plan(
        title="Prenataal huisbezoek in alle gemeenten",
        theme=2,
        figures=("prenataal-huisbezoek",),
        state=ActionState.RUNNING,
        kind=ActionKind.HOME_VISIT,
        phase=ActionPhase.DURING,
        why="In drie gemeenten is het huisbezoek nog niet geregeld.",
        answers=(16,),
        starts_on=_day(2024, 1),
        due_on=_day(2026, 6, 30),
        factors=(Factor.STRESS, Factor.POVERTY),
    ),
    Plan(
        title="Nu Niet Zwanger in de hele regio",
        theme=1,
        figures=("nu-niet-zwanger-beschikbaar",),
        state=ActionState.SECURED,
        kind=ActionKind.INTERVENTION,
        phase=ActionPhase.BEFORE,
        why="Kwetsbare mensen kiezen zelf wanneer zij een kind willen.",
        answers=(6, 21),
        starts_on=_day(2022, 3),
        due_on=_day(2024, 12, 31),
        lesson="Een vaste contactpersoon per organisatie werkt beter dan één keer scholing voor iedereen.",
        funding="de begroting van de GGD, vanaf 2025",
    ),
    Plan(
        title="Rookvrije start",
        theme=1,
        figures=("roken-tijdens-zwangerschap", "vroeggeboorte", "laag-gewicht-voor-de-duur"),
        state=ActionState.RUNNING,
        kind=ActionKind.INFORMATION,
        phase=ActionPhase.DURING,
        why="Roken bespreken voelt nu als oordelen.",
        answers=(7, 36),
        factors=(Factor.SMOKING,),
        starts_on=_day(2025, 3),
        due_on=_day(2027, 3, 1),
    ),
    Plan(
        title="Spreekuur vóór de zwangerschap",
        theme=1,
        state=ActionState.IDEA,
        kind=ActionKind.INFORMATION,
        phase=ActionPhase.BEFORE,
        group="preconceptiezorg",
        why="Niemand voelt zich nu eigenaar van de zorg vóór de zwangerschap.",
        answers=(6,),
    ),
    Plan(
        title="Gezond gewicht voor en tijdens de zwangerschap",
        theme=1,
        figures=("laag-gewicht-voor-de-duur", "big2"),
        state=ActionState.PLANNED,
        kind=ActionKind.INTERVENTION,
        phase=ActionPhase.BEFORE,
        why="Voeding en gewicht komen nu pas laat aan bod.",
        answers=(22,),
        factors=(Factor.OVERWEIGHT,),
        starts_on=_day(2027, 1, 15),
        due_on=_day(2028, 1, 15),
    ),
    Plan(
        title="Schulden bespreken bij de eerste afspraak",
        theme=2,
        figures=("problematische-schulden", "kinderen-in-bijstandsgezinnen"),
        state=ActionState.BLOCKED,
        kind=ActionKind.SIGNALLING,
        phase=ActionPhase.DURING,
        why="Schulden komen nu pas in beeld als het te laat is.",
        answers=(3, 33),
        factors=(Factor.DEBT, Factor.POVERTY),
        priority=ActionPriority.HIGH,
        starts_on=_day(2024, 10),
        due_on=_day(2026, 9, 30),
        reason="De schuldhulp mag zonder toestemming geen gegevens delen, en er is nog geen formulier.",
        help="Een jurist die samen met ons het formulier maakt.",
    ),
    Plan(
        title="Snelle hulp bij psychische klachten in de zwangerschap",
        theme=2,
        state=ActionState.BLOCKED,
        kind=ActionKind.HANDOVER,
        phase=ActionPhase.DURING,
        why="De wachtlijst is langer dan de zwangerschap.",
        answers=(10,),
        factors=(Factor.MENTAL_HEALTH,),
        starts_on=_day(2025, 1),
        due_on=_day(2026, 12, 31),
        reason="Er is geen capaciteit: twee vacatures staan al een jaar open.",
        help="Afspraken met de zorgverzekeraar over voorrang.",
    ),
    Plan(
        title="Ouderschapscursus Stevig Ouderschap in Noord-Limburg",
        theme=3,
        state=ActionState.RUNNING,
        kind=ActionKind.INTERVENTION,
        phase=ActionPhase.AFTER,
        group="sterk-ouderschap",
        places=("GM0983", "GM0984", "GM0893", "GM0907", "GM1507", "GM1894", "GM0889"),
        why="Na de kraamweek valt de steun voor ouders weg.",
        answers=(2, 20),
        starts_on=_day(2024, 9),
        due_on=_day(2026, 12, 1),
    ),
    Plan(
        title="VoorZorg voor jonge moeders",
        theme=3,
        figures=("tienermoeders", "voorzorg-of-centering-beschikbaar"),
        state=ActionState.DONE,
        kind=ActionKind.INTERVENTION,
        phase=ActionPhase.DURING,
        group="sterk-ouderschap",
        why="Jonge moeders hebben langer steun nodig.",
        answers=(20,),
        starts_on=_day(2022, 6),
        due_on=_day(2026, 9, 30),
        lesson="Samen inkopen lukt als één gemeente het voor de andere regelt.",
    ),
    Plan(
        title="Groepszorg: Centering Pregnancy bij vijf praktijken",
        theme=3,
        figures=("vroeggeboorte", "voorzorg-of-centering-beschikbaar"),
        state=ActionState.RUNNING,
        kind=ActionKind.INTERVENTION,
        phase=ActionPhase.DURING,
        why="In een groep leren ouders van elkaar.",
        answers=(5, 28),
        factors=(Factor.LANGUAGE,),
        starts_on=_day(2025, 2),
        due_on=_day(2027, 6, 1),
    ),
    Plan(
        title="Maatjes voor jonge ouders",
        theme=3,
        state=ActionState.SECURED,
        kind=ActionKind.OTHER,
        phase=ActionPhase.AFTER,
        why="Vrijwilligers worden nu pas gebeld als er geen zorg meer is.",
        answers=(12, 31),
        starts_on=_day(2022, 9),
        due_on=_day(2024, 9, 1),
        lesson="Een maatje werkt als de beroepskracht haar zelf voorstelt.",
        funding="de subsidie welzijn van elke gemeente",
    ),
    Plan(
        title="Vaders aan tafel",
        theme=3,
        state=ActionState.STOPPED,
        kind=ActionKind.TRAINING,
        phase=ActionPhase.DURING,
        why="Vaders worden bijna niet aangesproken.",
        answers=(15,),
        starts_on=_day(2023, 3),
        due_on=_day(2024, 12, 1),
        reason="Op zes avonden kwamen bij elkaar vier vaders.",
        lesson="Vaders komen niet naar een aparte avond. Spreek hen aan op het spreekuur waar zij al zijn.",
    ),
    Plan(
        title="Voorlichting in zes talen",
        theme=3,
        state=ActionState.PAUSED,
        kind=ActionKind.INFORMATION,
        why="Ouders met weinig Nederlands krijgen nu geen goede voorlichting.",
        answers=(5, 28),
        factors=(Factor.LANGUAGE,),
        starts_on=_day(2024, 4),
        due_on=_day(2026, 10, 1),
        reason="We wachten op de landelijke vertalingen, dan hoeven we niet alles zelf te doen.",
    ),
    Plan(
        title="Kennismaken in de keten: meelopen bij elkaar",
        theme=4,
        state=ActionState.DONE,
        kind=ActionKind.COOPERATION,
        group="medisch-en-sociaal-verbonden",
        why="Verloskundigen weten niet wie ze in het wijkteam kunnen bellen.",
        answers=(0, 23),
        starts_on=_day(2022, 2),
        due_on=_day(2023, 12, 31),
        lesson="Een halve dag meelopen levert meer op dan drie vergaderingen.",
    ),
    Plan(
        title="Eén aanspreekpunt per gemeente",
        theme=4,
        state=ActionState.RUNNING,
        kind=ActionKind.ONE_DESK,
        group="medisch-en-sociaal-verbonden",
        why="De sociale kaart is al oud als zij af is.",
        answers=(19, 0, 32),
        priority=ActionPriority.HIGH,
        starts_on=_day(2023, 1),
        due_on=_day(2026, 8, 31),
        milestones=(
            ("Aanspreekpunt in tien gemeenten", _day(2025, 5)),
            ("In alle gemeenten", _day(2026, 8, 31)),
        ),
    ),
    Plan(
        title="Gezamenlijke scholing signaleren",
        theme=4,
        state=ActionState.PLANNED,
        kind=ActionKind.TRAINING,
        why="Scholing is nu vaak onder werktijd en wordt niet vergoed.",
        answers=(23, 35),
        starts_on=_day(2027, 3),
        due_on=_day(2028, 3, 1),
    ),
    Plan(
        title="Samenwerkingsafspraak delen van gegevens",
        theme=4,
        state=ActionState.PLANNED,
        kind=ActionKind.COOPERATION,
        why="Privacyregels maken professionals huiverig om te delen.",
        answers=(14, 29),
        starts_on=_day(2026, 12, 1),
        due_on=_day(2027, 7, 1),
        lead_name="Jurist van het samenwerkingsverband (demo)",
    ),
    Plan(
        title="Ouderkamer in het gezondheidscentrum van Weert",
        theme=4,
        state=ActionState.IDEA,
        places=("GM0988",),
        why="Ouders dromen van een plek om elkaar te ontmoeten.",
        answers=(34,),
    ),
    Plan(
        title="Regionale monitor Kansrijke Start",
        theme=5,
        state=ActionState.RUNNING,
        kind=ActionKind.MEASURING,
        why="We weten niet welke aanpak in de regio werkt.",
        answers=(9, 25),
        starts_on=_day(2022, 10),
        due_on=_day(2026, 12, 31),
    ),
    Plan(
        title="Samen inkopen van interventies",
        theme=5,
        state=ActionState.PAUSED,
        kind=ActionKind.COOPERATION,
        why="Kleine gemeenten kunnen een interventie niet alleen betalen.",
        answers=(8, 24),
        starts_on=_day(2024, 5),
        due_on=_day(2026, 11, 1),
        reason="De verdeelsleutel wordt in januari besproken in het bestuurlijk overleg.",
    ),
    Plan(
        title="Ouderpanel praat mee over het programma",
        theme=5,
        state=ActionState.PLANNED,
        kind=ActionKind.COOPERATION,
        why="Ervaringsdeskundigen worden nu te laat gevraagd.",
        answers=(27, 37),
        starts_on=_day(2027, 2, 1),
        due_on=_day(2027, 12, 1),
    ),
    Plan(
        title="Eén halfjaarbericht in plaats van veertien",
        theme=5,
        state=ActionState.DONE,
        kind=ActionKind.MEASURING,
        why="Gemeenten vragen elk om een eigen rapportage.",
        answers=(26,),
        starts_on=_day(2023, 5),
        due_on=_day(2026, 9, 1),
        lesson="Vraag weinig, vraag het samen, en laat zien wat ermee gebeurt.",
    ),
)

CHAPTERS = {
    "GM0983": "In Venlo beginnen we in de wijken met de meeste jonge kinderen. Het wijkteam en de "
    "verloskundigen zien elkaar elke maand. Onze contactpersoon werkt bij de afdeling Jeugd.",
    "GM0957": "Roermond trekt als opdrachtgever de samenwerking. Lokaal zetten we in op één aanspreekpunt "
    "en op maatjes, samen met het welzijnswerk.",
    "GM0988": "In Weert ligt de nadruk op ouderschap en op hulp bij schulden. We delen het ouderpunt met "
    "Nederweert.",
    "GM0889": "Beesel is klein: wij doen mee met wat de buren al hebben, en brengen daar één dag per week "
    "voor in.",
}
