"""The texts of the demo: made up, in plain Dutch, around what published texts tell."""

from typing import Any

from covenants.blocks import BlockKind, MeaningLine

Blocks = tuple[dict[str, Any], ...]


def _article(heading: str, *paragraphs: str) -> list[dict[str, Any]]:
    return [
        {"kind": BlockKind.ARTICLE, "text": heading},
        *({"kind": BlockKind.PARAGRAPH, "text": text} for text in paragraphs),
    ]


NML_TITLE = "Convenant Kansrijke Start Noord- en Midden-Limburg"
NML_BLOCKS: Blocks = (
    {"kind": BlockKind.TITLE, "text": NML_TITLE},
    {
        "kind": BlockKind.PARTIES,
        "text": "De partijen die in het register van dit convenant staan:",
        "items": [
            "de veertien gemeenten in Noord- en Midden-Limburg;",
            "de Provincie Limburg;",
            "organisaties voor geboortezorg, jeugdgezondheidszorg, welzijn en hulp in de regio;",
            (
                "verloskundige samenwerkingsverbanden. Zo’n verband heeft geen rechtspersoonlijkheid: een "
                "vertegenwoordiger tekent namens de leden die bij zijn handtekening staan."
            ),
        ],
    },
    {"kind": BlockKind.CONSIDERATION, "text": "dat de eerste 1.000 dagen bepalen hoe een kind opgroeit"},
    {
        "kind": BlockKind.CONSIDERATION,
        "text": "dat geen enkele partij gezinnen in een kwetsbare situatie alleen kan helpen",
    },
    {
        "kind": BlockKind.CONSIDERATION,
        "text": "dat gemeenten hun middelen voor Kansrijke Start samen inzetten in de regio",
    },
    {"kind": BlockKind.CHAPTER, "text": "Wat wij samen willen"},
    *_article(
        "Doel",
        "Elk kind in Noord- en Midden-Limburg krijgt een goede start, waar de wieg ook staat.",
        "Partijen werken daarvoor samen, ieder vanuit de eigen taak.",
    ),
    *_article(
        "Wat voor iedereen gelijk is",
        "Partijen bereiden in de regio voor wat voor iedereen gelijk is.",
        "Elke gemeente werkt dat met haar partners uit op haar eigen manier.",
    ),
    {"kind": BlockKind.CHAPTER, "text": "Wat wij afspreken"},
    *_article("Inzet", "Elke partij zorgt dat zij:"),
    {
        "kind": BlockKind.LIST,
        "text": "",
        "items": [
            {"text": "zorgen vroeg herkent en daarover praat met de ouders;", "depth": 0},
            {"text": "ouders persoonlijk overdraagt aan wie verder helpt:", "depth": 0},
            {"text": "binnen een week,", "depth": 1},
            {"text": "met hun instemming;", "depth": 1},
            {"text": "één vaste contactpersoon heeft voor de coalitie.", "depth": 0},
        ],
    },
    *_article(
        "Geld",
        "Elke partij betaalt de uren van haar eigen mensen.",
        "Gemeenten leggen hun middelen voor Kansrijke Start in één regionale begroting.",
    ),
    *_article(
        "Ouders",
        "Partijen vragen ouders wat hun helpt en wat niet, en doen daar iets mee.",
        "Zij kiezen woorden en plekken die voor elke ouder werken, ook voor wie moeilijk leest.",
    ),
    *_article(
        "Gegevens",
        "Voor dit convenant delen partijen geen gegevens van gezinnen met elkaar.",
        "Cijfers over de regio zijn tellingen per gebied. Kleine aantallen blijven verborgen.",
    ),
    *_article(
        "Sturing",
        "De wethouder die opdrachtgever is, zit het bestuurlijk overleg voor.",
        "De coördinator bereidt de besluiten voor en bewaakt het actieprogramma.",
    ),
    *_article(
        "Leren en bijstellen",
        "Elk jaar kijken partijen samen terug: wat werkt, wat stoppen we en wat proberen we?",
        "Wie een afspraak niet kan nakomen, zegt dat op tijd tegen de coördinator.",
    ),
    {"kind": BlockKind.CHAPTER, "text": "Duur, toetreden en opzeggen"},
    *_article("Duur", "Dit convenant geldt tot partijen besluiten het te beëindigen."),
    *_article(
        "Toetreden",
        "Een organisatie treedt toe door deze tekst te tekenen in een ronde die daarvoor open is.",
    ),
    *_article(
        "Opzeggen",
        "Een partij kan opzeggen met een termijn van drie maanden.",
        "Voor de andere partijen blijft het convenant gelden.",
    ),
    *_article(
        "Meningsverschil",
        "Partijen praten eerst met elkaar. Komen zij er niet uit, dan bespreken zij het in het bestuurlijk "
        "overleg. Niemand kan met dit convenant naar de rechter om nakoming te eisen.",
    ),
    {"kind": BlockKind.ANNEX, "text": "Hoe wij overleggen"},
    {
        "kind": BlockKind.TABLE,
        "text": "Overleggen van de coalitie",
        "rows": [
            ["Overleg", "Wie", "Hoe vaak"],
            ["Bestuurlijk overleg", "wethouders, gedeputeerde en bestuurders", "twee keer per jaar"],
            ["Managementoverleg", "managers en beleidsadviseurs", "vier keer per jaar"],
            ["Werkgroepen", "mensen uit de praktijk", "zo vaak als nodig"],
        ],
    },
)
NML_MEANING = {
    MeaningLine.TASKS.value: "U herkent zorgen vroeg, draagt ouders persoonlijk over en wijst één "
    "contactpersoon aan.",
    MeaningLine.MONEY.value: "U betaalt de uren van uw eigen mensen. Gemeenten leggen hun middelen samen.",
    MeaningLine.DURATION.value: "Het convenant geldt tot partijen besluiten het te beëindigen.",
    MeaningLine.NOTICE.value: "U kunt opzeggen met een termijn van drie maanden.",
    MeaningLine.WHO.value: "Veertien gemeenten, de provincie en organisaties voor zorg, welzijn en hulp.",
}

DELFT_TITLE = "Samenwerkingsovereenkomst Kansrijke Start Delft"
DELFT_BLOCKS: Blocks = (
    {"kind": BlockKind.TITLE, "text": DELFT_TITLE},
    {
        "kind": BlockKind.PARTIES,
        "text": "De acht organisaties die in het register van deze overeenkomst staan:",
        "items": ["de gemeente Delft;", "zeven organisaties voor zorg, welzijn en hulp in Delft."],
    },
    {"kind": BlockKind.CONSIDERATION, "text": "dat elk kind in Delft een kansrijke start verdient"},
    *_article("Doel", "Partijen helpen aanstaande en jonge ouders in Delft eerder en beter."),
    *_article("Inzet", "Elke partij brengt kennis en uren in. Niemand doet het werk van een ander."),
    *_article("Opzeggen", "Een partij kan opzeggen met een termijn van drie maanden."),
)
DELFT_MEANING = {
    MeaningLine.TASKS.value: "U helpt jonge ouders in Delft eerder en beter.",
    MeaningLine.MONEY.value: "U brengt uw eigen uren in.",
    MeaningLine.DURATION.value: "De overeenkomst geldt tot partijen besluiten haar te beëindigen.",
    MeaningLine.NOTICE.value: "U kunt opzeggen met een termijn van drie maanden.",
    MeaningLine.WHO.value: "De gemeente en zeven organisaties in Delft.",
}
