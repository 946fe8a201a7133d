"""Made-up organisations and people, and the five accounts of the demo.

Functions stand in for names of people, and every address ends in `.example`. Organisations that
a published text names keep their name; all others carry "(demo)". Nothing that is there already
is touched, so that a second start keeps what visitors did.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.utils.text import slugify

from partners import demo_mandates, demo_register
from partners.login import open_account
from partners.models import (
    Area,
    MandateKind,
    Organisation,
    OrganisationType,
    Person,
    PlatformRole,
    Representative,
)

PASSWORD = "kansrijke-start"  # noqa: S105 - of the demo, which production refuses
START = datetime.date(2020, 9, 24)
ELECTIONS = datetime.date(2022, 6, 1)

ACCOUNTS = {
    "coordinator@demo.example": "Coördinator Noord- en Midden-Limburg (demo)",
    "kernteam@demo.example": "Adviseur Robuust (demo)",
    "partner@demo.example": "Praktijkhouder Verloskundigenpraktijk Noord 3 (demo)",
    "wethouder@demo.example": "Wethouder Venlo (demo)",
    "analist@demo.example": "Analist GGD Limburg-Noord (demo)",
    "tweede.analist@demo.example": "Tweede analist GGD Limburg-Noord (demo)",
    "beheer@demo.example": "Platformbeheerder (demo)",
}

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

# Who speaks for an organisation of each kind in Noord- en Midden-Limburg: title in the name and
# function; the first is the contact.
SPOKESPEOPLE: dict[str, tuple[str, ...]] = {
    "gemeente": ("beleidsadviseur", "wethouder"),
    "provincie": ("beleidsadviseur", "gedeputeerde"),
    "ggd": ("manager", "directeur", "analist"),
    "vsv": ("ketenregisseur", "bestuurder"),
    "ziekenhuis": ("gynaecoloog", "manager", "bestuurder"),
    "zorgverzekeraar": ("zorginkoper", "bestuurder"),
    "verloskundigenpraktijk": ("praktijkhouder",),
    "ervaringsdeskundigen": ("ervaringsdeskundige",),
    "ros": ("adviseur",),
    "kraamzorg": ("manager", "kraamverzorgende"),
    "jeugdhulp": ("jeugdhulpverlener", "bestuurder"),
    "ggz": ("behandelaar", "manager"),
}
OTHER_SPOKESPEOPLE = ("teamleider",)
PORTFOLIOS = ("Jeugd", "Gezondheid", "Minima", "Wonen", "Jeugd en gezondheid")

Row = TypeVar("Row", bound=models.Model)


def add_missing(model: type[Row], rows: Iterable[Row], *, key: Sequence[str]) -> list[Row]:
    """Write the `rows` whose `key` the table does not hold yet; those that were written."""
    known = set(model._default_manager.values_list(*key))
    missing = [row for row in rows if tuple(getattr(row, field) for field in key) not in known]
    return model._default_manager.bulk_create(missing)


def municipality_party(area: Area) -> Party:
    """The municipality as an organisation."""
    return Party(f"Gemeente {area.name}", "gemeente", area.code)


def parties_of_nml(places: dict[str, Area]) -> tuple[Party, ...]:
    """The 86 organisations around Noord- en Midden-Limburg."""
    return (*(municipality_party(places[code]) for code in MUNICIPALITIES_OF_NML), *NML)


@transaction.atomic
def load() -> str:
    """Write what is missing; a sentence on what there is."""
    codes = (*MUNICIPALITIES_OF_NML, *OTHER_MUNICIPALITIES)
    places = {area.code: area for area in Area.objects.municipalities().filter(code__in=codes)}
    municipalities = [municipality_party(places[code]) for code in codes]
    _write_organisations([*municipalities, *NML, *ELSEWHERE, *ALKMAAR_CHAIN], places)
    organisations = demo_organisations()
    _write_merged(organisations, places)
    _write_people(parties_of_nml(places), organisations, places)
    towns = tuple(places[code] for code in MUNICIPALITIES_OF_NML)
    demo_register.load(organisations, towns=towns, start=START)
    _open_accounts()
    return f"Demo: {len(organisations)} organisaties, {Person.objects.filter(is_demo=True).count()} personen."


def demo_organisations() -> dict[str, Organisation]:
    """The organisations of the demo by their general address."""
    return {row.general_email: row for row in Organisation.objects.filter(is_demo=True)}


def demo_people() -> dict[str, Person]:
    """The people of the demo by their address."""
    return {row.email: row for row in Person.objects.filter(is_demo=True) if row.email}


def address_of(title: str, party: Party) -> str:
    """The address of the person with this title at an organisation."""
    name = f"{title} {_short(party)}"
    own = next((mail for mail, known in ACCOUNTS.items() if known.lower() == name.lower()), None)
    return own or f"{slugify(name.removesuffix(' (demo)'))[:64]}@demo.example"


def _short(party: Party) -> str:
    """How the name of a person ends: the place of a municipality, else the organisation."""
    if party.type == "gemeente":
        return f"{party.name.removeprefix('Gemeente ')} (demo)"
    name = party.name.removesuffix(" (demo)")
    return f"{name[:80].strip()} (demo)"


def _write_organisations(parties: list[Party], places: dict[str, Area]) -> None:
    kinds = {kind.code: kind for kind in OrganisationType.objects.all()}
    add_missing(
        Organisation,
        (
            Organisation(
                name=party.name,
                type=kinds[party.type],
                municipality=places.get(party.municipality),
                general_email=party.address,
                is_demo=True,
            )
            for party in parties
        ),
        key=("general_email",),
    )


def _write_merged(organisations: dict[str, Organisation], places: dict[str, Area]) -> None:
    if MERGED.address in organisations:
        return
    heir = organisations[Party(MERGED_INTO, "kraamzorg").address]
    organisations[MERGED.address] = Organisation.objects.create(
        name=MERGED.name,
        type=heir.type,
        municipality=places[MERGED.municipality],
        general_email=MERGED.address,
        is_demo=True,
        merged_into=heir,
        archived_at=datetime.datetime(2023, 1, 1, tzinfo=datetime.UTC),
    )


def spokespeople_of(party: Party) -> tuple[str, ...]:
    """The functions of who speaks for `party`, the contact first."""
    return SPOKESPEOPLE.get(party.type, OTHER_SPOKESPEOPLE)


def _write_people(
    parties: tuple[Party, ...], organisations: dict[str, Organisation], places: dict[str, Area]
) -> None:
    named = dict(ACCOUNTS)
    for party in parties:
        for title in spokespeople_of(party):
            named.setdefault(address_of(title, party), f"{title[0].upper()}{title[1:]} {_short(party)}")
    past = municipality_party(places["GM0988"])
    named[address_of("vorige wethouder", past)] = "Vorige wethouder Weert (demo)"
    _add_people(named)
    people = demo_people()
    speakers = [
        Representative(
            person=people[address_of(title, party)],
            organisation=organisations[party.address],
            function=title,
            portfolio=PORTFOLIOS[number % len(PORTFOLIOS)] if title == "wethouder" else "",
            is_primary=position == 0,
            valid_from=ELECTIONS if title == "wethouder" and party == past else START,
        )
        for number, party in enumerate(parties)
        for position, title in enumerate(spokespeople_of(party))
    ]
    speakers.append(
        Representative(
            person=people[address_of("vorige wethouder", past)],
            organisation=organisations[past.address],
            function="wethouder",
            portfolio="Jeugd",
            valid_from=START,
            valid_to=ELECTIONS,
        )
    )
    # Somebody with two functions: board member of a VSV, and at work in a hospital.
    vsv = Party("Verloskundig Samenwerkingsverband Noord 1 (demo)", "vsv")
    speakers.append(
        Representative(
            person=people[address_of("bestuurder", vsv)],
            organisation=organisations[Party("Ziekenhuis Noord 1 (demo)", "ziekenhuis").address],
            function="kinderarts",
            valid_from=START,
        )
    )
    add_missing(Representative, speakers, key=("person_id", "organisation_id", "function"))
    demo_mandates.load(_mandates(places), coordinator=people["coordinator@demo.example"])


def _add_people(named: dict[str, str]) -> None:
    closed = make_password(None)
    add_missing(
        Person,
        (Person(name=name, email=address, password=closed, is_demo=True) for address, name in named.items()),
        key=("email",),
    )


def _mandates(places: dict[str, Area]) -> tuple[demo_mandates.Plan, ...]:
    """One in each state; the partner of the demo may sign for her practice."""
    director, power = MandateKind.DIRECTOR, MandateKind.POWER_OF_ATTORNEY
    hospital = Party("Ziekenhuis Noord 1 (demo)", "ziekenhuis")
    insurer = Party("Zorgverzekeraar Zuid (demo)", "zorgverzekeraar")
    other_insurer = Party("Zorgverzekeraar Oost (demo)", "zorgverzekeraar")
    venlo, roermond = (municipality_party(places[code]) for code in ("GM0983", "GM0957"))
    vsv = Party("Verloskundig Samenwerkingsverband Noord 1 (demo)", "vsv")
    register = "Staat als bestuurder in het Handelsregister (demo)."
    return (
        demo_mandates.Plan("partner@demo.example", "praktijkhouder", director, register),
        demo_mandates.Plan(address_of("bestuurder", hospital), "bestuurder", director, register, need=2),
        demo_mandates.Plan(
            address_of("wethouder", roermond),
            "wethouder",
            MandateKind.MAYOR_ASSIGNMENT,
            "Machtiging van de burgemeester (demo).",
            ends_in_days=20,
        ),
        demo_mandates.Plan(
            address_of("wethouder", venlo),
            "wethouder",
            MandateKind.MAYOR_ASSIGNMENT,
            "Machtiging van de burgemeester (demo).",
            is_checked=False,
        ),
        demo_mandates.Plan(
            address_of("ketenregisseur", vsv),
            "ketenregisseur",
            power,
            "Volmacht van het bestuur (demo).",
            is_checked=False,
        ),
        demo_mandates.Plan(
            address_of("zorginkoper", insurer),
            "zorginkoper",
            power,
            "Volmacht voor drie jaar (demo).",
            valid_to=datetime.date(2025, 2, 1),
        ),
        demo_mandates.Plan(
            address_of("bestuurder", other_insurer),
            "bestuurder",
            director,
            register,
            revoke_reason="De bestuurder heeft een andere functie gekregen (demo).",
        ),
    )


def _open_accounts() -> None:
    people = demo_people()
    # A visitor may have chosen another password since.
    without = [people[address] for address in ACCOUNTS if not people[address].has_usable_password()]
    # The same for all: to work it out is by far the most work of an account.
    password = make_password(PASSWORD) if without else ""
    for person in without:
        person.password = password
        open_account(person=person)
    administrator = people["beheer@demo.example"]
    if not administrator.platform_roles.exists():
        PlatformRole.objects.create(person=administrator, valid_from=START)
