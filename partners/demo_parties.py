"""The made-up organisations of the demo: what they are called, of what kind, and where they sit."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import slugify

from partners.models import Area

NORTH = ("GM0983", "GM0984", "GM1507", "GM1894", "GM0907", "GM0893", "GM0889")
MIDDLE = ("GM0957", "GM0988", "GM1640", "GM1711", "GM1641", "GM0946", "GM1669")


@dataclass(frozen=True)
class Party:
    """One organisation of the demo."""

    name: str
    type: str
    municipality: str = ""

    @property
    def address(self) -> str:
        """Its general address, by which the demo knows it again after a change of name."""
        return f"info@{slugify(self.name.removesuffix(' (demo)'))[:60]}.example"


def _numbered(type: str, label: str, count: int) -> Iterator[Party]:
    """`count` organisations, the first half in the north of the region, the rest in the middle."""
    in_north = (count + 1) // 2
    for index in range(count):
        side, places, number = (
            ("Noord", NORTH, index) if index < in_north else ("Midden", MIDDLE, index - in_north)
        )
        yield Party(f"{label} {side} {number + 1} (demo)", type, places[number % len(places)])


# A name of exactly 120 characters, the longest that a screen must bear.
LONG_NAME = (
    "Stichting voor Welzijn, Ontmoeting en Ondersteuning van Jonge Gezinnen in Nederweert, "
    "Weert, Roermond en Maasgouw (demo)"
)

MUNICIPALITIES_OF_NML = (*NORTH, *MIDDLE)

NML: tuple[Party, ...] = (
    Party("Provincie Limburg", "provincie"),
    Party("GGD Limburg-Noord", "ggd", "GM0983"),
    *_numbered("vsv", "Verloskundig Samenwerkingsverband", 5),
    *_numbered("ziekenhuis", "Ziekenhuis", 3),
    Party("Geboortecentrum Noord (demo)", "geboortecentrum", "GM0983"),
    *_numbered("verloskundigenpraktijk", "Verloskundigenpraktijk", 12),
    *_numbered("kraamzorg", "Kraamzorg", 5),
    *_numbered("huisartsenzorggroep", "Huisartsenzorggroep", 4),
    *_numbered("ggz", "Geestelijke gezondheidszorg", 3),
    Party("Verslavingszorg Limburg (demo)", "verslavingszorg", "GM0957"),
    Party("Zorgverzekeraar Zuid (demo)", "zorgverzekeraar"),
    Party("Zorgverzekeraar Oost (demo)", "zorgverzekeraar"),
    *_numbered("cjg", "Centrum voor Jeugd en Gezin", 2),
    *_numbered("toegangsteam", "Toegangsteam", 6),
    *_numbered("welzijn", "Welzijn", 6),
    Party(LONG_NAME, "welzijn", "GM0946"),
    *_numbered("jeugdhulp", "Jeugdhulp", 4),
    *_numbered("vg_zorg", "Gehandicaptenzorg", 2),
    Party("Veilig Thuis Noord- en Midden-Limburg (demo)", "veilig_thuis", "GM0983"),
    *_numbered("schuldhulp", "Schuldhulp", 2),
    *_numbered("kinderopvang", "Kinderopvang", 3),
    Party("Vrouwenopvang Limburg (demo)", "vrouwenopvang", "GM0957"),
    Party("Woningcorporatie Maas en Peel (demo)", "woningcorporatie", "GM1894"),
    *_numbered("vrijwilligers", "Maatjesproject", 3),
    Party("Ervaringsdeskundigenpanel Jonge Ouders (demo)", "ervaringsdeskundigen", "GM0957"),
    Party("Robuust (demo)", "ros", "GM0957"),
)

# Members of other coalitions that a published text names, or stand-ins for who it leaves nameless.
ELSEWHERE: tuple[Party, ...] = (
    Party("GGD Zuid-Limburg", "ggd", "GM0917"),
    Party("GGD Fryslân", "ggd", "GM0080"),
    Party("IGO IJmond", "igo", "GM0375"),
    Party("Huisartsen Ede (demo)", "huisartsenzorggroep", "GM0228"),
    Party("Verpleging en thuiszorg Ede (demo)", "vvt", "GM0228"),
    Party("Pro Persona", "ggz", "GM0228"),
    Party("Ziekenhuis Gelderse Vallei", "ziekenhuis", "GM0228"),
    Party("Malkander", "welzijn", "GM0228"),
    Party("Menzis", "zorgverzekeraar"),
    Party("Reinier de Graaf", "ziekenhuis", "GM0503"),
    Party("DSW", "zorgverzekeraar"),
    Party("Delft voor Elkaar", "welzijn", "GM0503"),
    Party("ZEL", "huisartsenzorggroep", "GM0503"),
    Party("VSV Reinier", "vsv", "GM0503"),
    Party("JGZ Zuid-Holland West", "jgz", "GM0503"),
    Party("Delft Support", "sociaal_wijkteam", "GM0503"),
    Party("Humanitas", "vrijwilligers"),
    Party("GGD Haaglanden", "ggd"),
    Party("De Poort", "verloskundigenpraktijk", "GM0546"),
    Party("Verloskundigenpraktijk Zaanstad 1 (demo)", "verloskundigenpraktijk", "GM0479"),
    Party("Verloskundigenpraktijk Zaanstad 2 (demo)", "verloskundigenpraktijk", "GM0479"),
    Party("Verloskundigenpraktijk Zaanstad 3 (demo)", "verloskundigenpraktijk", "GM0479"),
    Party("Kraamzorg Zaanstad (demo)", "kraamzorg", "GM0479"),
    # The same practice, entered twice.
    Party("Verloskundigen praktijk Zaanstad 1 (demo)", "verloskundigenpraktijk", "GM0479"),
    Party("Geboortezorgconsortium Limburg (demo)", "consortium", "GM0957"),
    Party("Regionaal overleg acute zorg Limburg (demo)", "roaz", "GM0983"),
    Party("V&VN", "beroepsvereniging"),
    Party("NCJ", "kennisinstituut"),
    Party("HealthKIC", "adviesbureau"),
)

ALKMAAR_CHAIN: tuple[Party, ...] = tuple(
    Party(f"{label} regio Alkmaar (demo)", type, "GM0361")
    for type, label in (
        ("verloskundigenpraktijk", "Verloskundigen"),
        ("ziekenhuis", "Ziekenhuis"),
        ("kraamzorg", "Kraamzorg"),
        ("huisartsenpraktijk", "Huisartsen"),
        ("jgz", "Jeugdgezondheidszorg"),
        ("ggd", "GGD"),
        ("ggz", "Geestelijke gezondheidszorg"),
        ("verslavingszorg", "Verslavingszorg"),
        ("sociaal_wijkteam", "Wijkteams"),
        ("welzijn", "Welzijn"),
        ("maatschappelijk_werk", "Maatschappelijk werk"),
        ("mee", "MEE"),
        ("jeugdhulp", "Jeugdhulp"),
        ("veilig_thuis", "Veilig Thuis"),
        ("kinderopvang", "Kinderopvang"),
        ("vrijwilligers", "Vrijwilligers"),
    )
)

MERGED = Party("Kraamzorg Maasduinen (demo)", "kraamzorg", "GM0893")
MERGED_INTO = "Kraamzorg Noord 1 (demo)"

# Municipalities with a coalition of the demo, other than those of Noord- en Midden-Limburg.
# fmt: off
OTHER_MUNICIPALITIES = (
    "GM0888", "GM1954", "GM0899", "GM1903", "GM1729", "GM0917", "GM0928", "GM0882", "GM0935",
    "GM0938", "GM0965", "GM1883", "GM0971", "GM0981", "GM0994", "GM0986",
    "GM0059", "GM0060", "GM0072", "GM0074", "GM0080", "GM0085", "GM0086", "GM0088", "GM0090",
    "GM0093", "GM0096", "GM0098", "GM0737", "GM1891", "GM1900", "GM1940", "GM1949", "GM1970",
    "GM0482", "GM0505", "GM0523", "GM0531", "GM0590", "GM0610", "GM0642",
    "GM0375", "GM0396", "GM0453", "GM0228",
    "GM0361", "GM0373", "GM0383", "GM0399", "GM1980",
    "GM0034", "GM0118", "GM0546", "GM0479", "GM0355", "GM0503",
)
# fmt: on


def municipality_party(area: Area) -> Party:
    """The municipality as an organisation."""
    return Party(f"Gemeente {area.name}", "gemeente", area.code)


def parties_of_nml(places: dict[str, Area]) -> tuple[Party, ...]:
    """The 86 organisations around Noord- en Midden-Limburg."""
    return (*(municipality_party(places[code]) for code in MUNICIPALITIES_OF_NML), *NML)
