"""Made-up organisations and people, and the five accounts of the demo.

Functions stand in for names of people, and every address ends in `.example`. Organisations that
a published text names keep their name; all others carry "(demo)". Nothing that is there already
is touched, so that a second start keeps what visitors did.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.utils.text import slugify

from partners import demo_mandates, demo_register
from partners.demo_parties import (
    ALKMAAR_CHAIN,
    ELSEWHERE,
    MERGED,
    MERGED_INTO,
    MUNICIPALITIES_OF_NML,
    NML,
    OTHER_MUNICIPALITIES,
    Party,
    municipality_party,
    parties_of_nml,
)
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
