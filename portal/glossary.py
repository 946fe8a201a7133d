"""The words of Kansrijke Start, each with its meaning and where that comes from."""

from dataclasses import dataclass

from django.utils.text import slugify

OWN_WORDS = "omschrijving in onze woorden"


@dataclass(frozen=True)
class Term:
    """One word with its explanation; `source` says whose meaning it is."""

    term: str
    explanation: str
    source: str = OWN_WORDS

    @property
    def has_source(self) -> bool:
        """Whether the meaning is that of somebody else."""
        return self.source != OWN_WORDS

    @property
    def slug(self) -> str:
        """The anchor of this word on the page."""
        return slugify(self.term)


TERMS = (
    Term(
        "BIG2",
        "Het aandeel baby's dat te vroeg is geboren, te licht is voor de duur van de zwangerschap, "
        "of allebei. Een baby met allebei telt één keer.",
        f"Perined; {OWN_WORDS}",
    ),
    Term(
        "Boegbeeld",
        "Een bestuurder die de coalitie naar buiten vertegenwoordigt en andere bestuurders erbij haalt.",
    ),
    Term(
        "Coalitie",
        "Een groep organisaties die samenwerkt voor een goede start van kinderen. Een coalitie is "
        "lokaal (één gemeente), regionaal (meer gemeenten) of landelijk. In een coalitie zitten "
        "partners uit het medische, het sociale, het informele en het publieke domein.",
        f"Actieprogramma Kansrijke Start en Pharos; {OWN_WORDS}",
    ),
    Term(
        "Convenant",
        "De tekst waarin partijen afspreken wat zij samen willen bereiken en wat ieder daarvoor "
        "doet. Lid zijn van een coalitie en het convenant tekenen zijn twee verschillende dingen.",
    ),
    Term(
        "Eerste 1.000 dagen",
        "De tijd van het begin van de zwangerschap tot de tweede verjaardag van het kind. In deze "
        "tijd wordt de basis gelegd voor gezondheid en ontwikkeling.",
        f"Actieprogramma Kansrijke Start; {OWN_WORDS}",
    ),
    Term(
        "GGD-regio",
        "Het gebied van één gemeentelijke gezondheidsdienst. Elke gemeente hoort bij één "
        "GGD-regio. Het gebied van een regionale coalitie kan kleiner zijn.",
        f"CBS, indeling van gemeenten; {OWN_WORDS}",
    ),
    Term(
        "IGO",
        "Integrale geboortezorgorganisatie: een organisatie waarin verloskundigen, ziekenhuis en "
        "kraamzorg de geboortezorg samen regelen, ook het geld.",
    ),
    Term(
        "JGZ",
        "Jeugdgezondheidszorg. Volgt de groei en ontwikkeling van alle kinderen van 0 tot 18 jaar "
        "en doet ook huisbezoeken tijdens de zwangerschap.",
    ),
    Term(
        "Kwartiermaker",
        "Wie een coalitie opbouwt: partijen in kaart brengen, gesprekken voeren en mensen bij "
        "elkaar brengen. Vaak gaat de taak later over op een programmamanager.",
    ),
    Term(
        "Kwetsbaarheid",
        "Iemand is kwetsbaar als er meer is dat haar of zijn leven zwaarder maakt (risico's) dan "
        "wat steun geeft (bescherming). Denk aan schulden, stress of een ziekte aan de ene kant, "
        "en aan een netwerk, inkomen of goede hulp aan de andere kant. Kwetsbaarheid is dus geen "
        "eigenschap van iemand en kan veranderen. Dit portaal kent geen gegevens over gezinnen; "
        "het woord gaat hier over aantallen per gebied.",
        f"Naar de definitie van Rotterdam en het Erasmus MC; {OWN_WORDS}. "
        "Een coalitie kan een eigen omschrijving gebruiken.",
    ),
    Term(
        "Laag gewicht voor de duur",
        "Een baby die lichter is dan negen van de tien baby's die na even veel weken zijn geboren "
        "(onder het tiende percentiel van de Hoftiezer-curve).",
        f"Perined; {OWN_WORDS}",
    ),
    Term(
        "Opdrachtgever",
        "De bestuurder die namens alle gemeenten de formele opdracht aan de coalitie geeft. Dat is "
        "meestal een wethouder van één van de gemeenten.",
    ),
    Term(
        "Parel",
        "Een aanpak die in één gemeente of organisatie goed werkt en die anderen kunnen overnemen.",
    ),
    Term(
        "Preconceptiezorg",
        "Advies en hulp aan mensen met een kinderwens, vóór de zwangerschap.",
    ),
    Term(
        "Programmamanager",
        "Wie het werk van de coalitie leidt: plannen, afspraken, voortgang en contact met alle partners.",
    ),
    Term(
        "ROAZ",
        "Regionaal Overleg Acute Zorgketen: het overleg waarin de acute zorg in een regio wordt "
        "afgestemd, ook de acute geboortezorg.",
    ),
    Term(
        "ROS",
        "Regionale Ondersteuningsstructuur: een organisatie die de eerstelijnszorg in een regio "
        "helpt bij samenwerken.",
    ),
    Term(
        "Schakelfunctie",
        "Iemand die het medische en het sociale domein met elkaar verbindt en die in een gemeente "
        "het vaste contact is, zoals een coördinator sociale verloskunde.",
    ),
    Term(
        "Voorbakken en afbakken",
        "Regionaal voorbakken: samen iets één keer goed voorbereiden. Lokaal afbakken: elke "
        "gemeente maakt het passend voor de eigen inwoners.",
        f"OktoberOntmoeting, 31 oktober 2022; {OWN_WORDS}",
    ),
    Term(
        "Vroeggeboorte",
        "Een geboorte vóór 37 weken zwangerschap.",
        "Perined",
    ),
    Term(
        "VSV",
        "Verloskundig samenwerkingsverband: verloskundigen, gynaecologen, kraamzorg en anderen "
        "rond één ziekenhuis, die afspraken maken over de zorg voor zwangeren en baby's. In "
        "Noord- en Midden-Limburg zijn er vijf.",
        f"Pharos, lokale en regionale coalities; {OWN_WORDS}",
    ),
    Term(
        "Werkgroep",
        "Een kleinere groep die één thema of actie uitwerkt, met een eigen trekker.",
    ),
)
