"""What the made-up programme is about: themes, forty bottlenecks and dreams, and local chapters."""

from actions.models import (
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
