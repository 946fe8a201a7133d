"""The coalitions of the demo, as published texts tell of them."""

import datetime
from dataclasses import dataclass

from coalitions.models import Level, MembershipState, Phase
from partners.demo_parties import MUNICIPALITIES_OF_NML

NML = "noord-en-midden-limburg"
NATIONAL = "landelijke-coalitie"
KICK_OFF = datetime.date(2020, 9, 24)


@dataclass(frozen=True)
class Plan:
    """One coalition of the demo."""

    slug: str
    name: str
    level: str
    phase: str
    started_on: datetime.date
    municipalities: tuple[str, ...] = ()
    parent: str = NATIONAL
    # Names of members besides the municipalities.
    others: tuple[str, ...] = ()
    municipality_state: str = MembershipState.MEMBER
    mission: str = ""
    approach: str = ""
    history: str = ""
    look_at: str = ""
    source_note: str = ""


# Predecessors belong to an area up to the day on which they merged.
PREDECESSORS = {"GM1980": ("GM0398", "GM0416")}

# Small municipalities where the region works instead of a local coalition; assumed, no text names them.
REGIONAL_INSTEAD = frozenset({"GM0889", "GM0893"})

NO_AREA = "Het gebied staat niet in de tekst en is aangenomen."

# fmt: off
PLANS: tuple[Plan, ...] = (
    Plan(
        NATIONAL, "Landelijke coalitie", Level.NATIONAL, Phase.EXECUTING,
        datetime.date(2018, 9, 1), parent="",
        others=("V&VN", "NCJ", "HealthKIC", "Gemeente Heerlen", "Gemeente Dordrecht"),
        mission="Partijen uit het hele land helpen elkaar, zodat elk kind een goede start krijgt.",
        source_note="OktoberOntmoeting, 31 oktober 2022. Andere leden staan niet in de tekst.",
    ),
    Plan(
        NML, "Noord- en Midden-Limburg", Level.REGIONAL, Phase.EXECUTING, KICK_OFF,
        MUNICIPALITIES_OF_NML,
        mission="Elk kind in Noord- en Midden-Limburg krijgt een goede start, waar de wieg ook "
        "staat. Veertien gemeenten en hun partners werken daarvoor samen.",
        approach="Wat voor iedereen gelijk is, bereiden we samen voor in de regio. Elke gemeente "
        "maakt het af op haar eigen manier.",
        history="2018: het ministerie van VWS begint met Kansrijke Start; Zuid-Limburg doet een proef.\n"
        "2020: de eerste bijeenkomst in onze regio.\n"
        "2021: de eerste 27 partijen tekenen.\n"
        "2022: het programma begint, en op 30 november groeit de coalitie.",
        look_at="zuid-limburg",
        source_note="Pharos; Kansrijke Start Noord- en Midden-Limburg, 23 februari 2022. "
        "De tekst noemt veertien gemeenten, niet welke.",
    ),
    Plan(
        "zuid-limburg", "Zuid-Limburg", Level.REGIONAL, Phase.SUSTAINING,
        datetime.date(2018, 9, 1),
        ("GM0888", "GM1954", "GM0899", "GM1903", "GM1729", "GM0917", "GM0928", "GM0882", "GM0935",
         "GM0938", "GM0965", "GM1883", "GM0971", "GM0981", "GM0994", "GM0986"),
        others=("GGD Zuid-Limburg", "Zorgverzekeraar Zuid (demo)"),
        mission="We doorbreken dat achterstand van ouder op kind overgaat.",
        source_note="Gebied: de gemeenten van GGD Zuid-Limburg.",
    ),
    Plan(
        "fryslan", "Fryslân", Level.REGIONAL, Phase.EXECUTING, datetime.date(2019, 9, 1),
        ("GM0059", "GM0060", "GM0072", "GM0074", "GM0080", "GM0085", "GM0086", "GM0088", "GM0090",
         "GM0093", "GM0096", "GM0098", "GM0737", "GM1891", "GM1900", "GM1940", "GM1949", "GM1970"),
        others=("GGD Fryslân",),
        mission="Alle Friese gemeenten werken samen aan de eerste 1.000 dagen.",
        source_note="OktoberOntmoeting, 31 oktober 2022. De startdatum is aangenomen.",
    ),
    Plan(
        "leeuwarden", "Leeuwarden", Level.LOCAL, Phase.EXECUTING, datetime.date(2020, 2, 1),
        ("GM0080",), parent="fryslan", source_note="Voorbeeld van een lokale coalitie (verzonnen).",
    ),
    Plan(
        "sudwest-fryslan", "Súdwest-Fryslân", Level.LOCAL, Phase.BUILDING,
        datetime.date(2021, 3, 1), ("GM1900",), parent="fryslan",
        source_note="Voorbeeld van een lokale coalitie (verzonnen).",
    ),
    Plan(
        "smallingerland", "Smallingerland", Level.LOCAL, Phase.FOUNDED, datetime.date(2020, 10, 1),
        ("GM0090",), parent="fryslan", source_note="Voorbeeld van een lokale coalitie (verzonnen).",
    ),
    Plan(
        "drechtsteden", "Drechtsteden", Level.REGIONAL, Phase.EXECUTING,
        datetime.date(2019, 9, 1),
        ("GM0482", "GM0505", "GM0523", "GM0531", "GM0590", "GM0610", "GM0642"),
        others=("Zorgverzekeraar Zuid (demo)",),
        source_note=f"OktoberOntmoeting, 31 oktober 2022, noemt Dordrecht. {NO_AREA}",
    ),
    Plan(
        "ijmond", "IJmond", Level.REGIONAL, Phase.BUILDING, datetime.date(2022, 1, 1),
        ("GM0375", "GM0396", "GM0453"), others=("IGO IJmond",),
        municipality_state=MembershipState.IN_TALKS,
        approach="De geboortezorgorganisatie IJmond is in gesprek met de gemeenten.",
        source_note=f"OktoberOntmoeting, 31 oktober 2022. {NO_AREA}",
    ),
    Plan(
        "vallei-vitaal-gezond", "Vallei Vitaal & Gezond", Level.REGIONAL, Phase.EXECUTING,
        datetime.date(2021, 10, 1), ("GM0228",),
        others=("Huisartsen Ede (demo)", "Verpleging en thuiszorg Ede (demo)", "Pro Persona",
                "Ziekenhuis Gelderse Vallei", "Malkander", "Menzis"),
        approach="Zorg, welzijn, verzekeraar en gemeente investeren samen (Kavelmodel).",
        source_note="OktoberOntmoeting, 31 oktober 2022.",
    ),
    Plan(
        "regio-alkmaar", "Regio Alkmaar", Level.REGIONAL, Phase.EXPLORING,
        datetime.date(2019, 10, 1), ("GM0361", "GM0373", "GM0383", "GM0399", "GM1980"),
        approach="We spreken alle partijen in de keten, van verloskundige tot vrijwilliger.",
        source_note=f"Veel lokale energie op Kansrijke Start, november 2019. {NO_AREA}",
    ),
    Plan(
        "almere", "Almere", Level.LOCAL, Phase.EXECUTING, datetime.date(2019, 9, 1), ("GM0034",),
        approach="Eerst gesprekken en actuele cijfers, dan een plan voor drie jaar.",
        source_note="Veel lokale energie op Kansrijke Start, november 2019.",
    ),
    Plan(
        "hoogeveen", "Hoogeveen", Level.LOCAL, Phase.EXECUTING, datetime.date(2019, 6, 1),
        ("GM0118",), history="Het netwerk Goede Start werd de coalitie.",
        source_note="Veel lokale energie op Kansrijke Start, november 2019.",
    ),
    Plan(
        "leiden", "Leiden", Level.LOCAL, Phase.BUILDING, datetime.date(2019, 12, 4), ("GM0546",),
        others=("De Poort",), approach="Professionals beslissen mee waar het geld heen gaat.",
        source_note="Veel lokale energie op Kansrijke Start, november 2019.",
    ),
    Plan(
        "zaanstad", "Zaanstad", Level.LOCAL, Phase.EXECUTING, datetime.date(2019, 3, 1),
        ("GM0479",),
        others=("Verloskundigenpraktijk Zaanstad 1 (demo)",
                "Verloskundigenpraktijk Zaanstad 2 (demo)",
                "Verloskundigenpraktijk Zaanstad 3 (demo)", "Kraamzorg Zaanstad (demo)"),
        approach="Alle partijen zijn gelijk en scherpen samen hun afspraken aan.",
        source_note="Veel lokale energie op Kansrijke Start, november 2019.",
    ),
    Plan(
        "zeist", "Zeist", Level.LOCAL, Phase.EXPLORING, datetime.date(2019, 10, 1), ("GM0355",),
        source_note="Veel lokale energie op Kansrijke Start, november 2019.",
    ),
    Plan(
        "delft", "Delft", Level.LOCAL, Phase.FOUNDED, datetime.date(2019, 10, 1), ("GM0503",),
        others=("Reinier de Graaf", "DSW", "Delft voor Elkaar", "ZEL", "VSV Reinier",
                "JGZ Zuid-Holland West", "Delft Support", "Humanitas", "GGD Haaglanden"),
        source_note="Veel lokale energie op Kansrijke Start, november 2019.",
    ),
)
# fmt: on
