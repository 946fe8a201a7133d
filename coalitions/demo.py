"""Made-up coalitions around what published texts tell, with members, seats and roles.

Nothing that is there already is touched. Where a text gives no area, no date or no name, the
description says so.
"""

import datetime
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction

from coalitions.models import (
    Coalition,
    CoalitionRole,
    Level,
    Membership,
    MembershipState,
    MembershipStep,
    Phase,
    Role,
    Seat,
    SeatKind,
    SeatLevel,
)
from partners.demo import (
    ALKMAAR_CHAIN,
    MUNICIPALITIES_OF_NML,
    Party,
    add_missing,
    address_of,
    demo_organisations,
    demo_people,
    municipality_party,
    parties_of_nml,
)
from partners.models import Area, AreaKind, AreaMember, Organisation, Person, Representative

NML = "noord-en-midden-limburg"
NATIONAL = "landelijke-coalitie"
KICK_OFF = datetime.date(2020, 9, 24)
# The table of municipalities starts here; "at least since" for all that is older.
FIRST_DAY = datetime.date(2020, 1, 1)


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
    source_note: str = ""


# Predecessors belong to an area up to the day on which they merged.
PREDECESSORS = {"GM1980": ("GM0398", "GM0416")}

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
        ("GM0118",), approach="Het netwerk Goede Start werd de coalitie.",
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

# Who besides the municipalities, the province and the GGD was in before the covenant of 2021.
FIRST_OTHERS = (
    "Ziekenhuis Noord 1 (demo)",
    "Ziekenhuis Midden 1 (demo)",
    "Verloskundig Samenwerkingsverband Noord 1 (demo)",
    "Kraamzorg Noord 1 (demo)",
    "Huisartsenzorggroep Noord 1 (demo)",
    "Zorgverzekeraar Zuid (demo)",
    "Centrum voor Jeugd en Gezin Noord 1 (demo)",
    "Welzijn Noord 1 (demo)",
    "Welzijn Midden 1 (demo)",
    "Jeugdhulp Noord 1 (demo)",
    "Gehandicaptenzorg Noord 1 (demo)",
)
PROSPECT = "Woningcorporatie Maas en Peel (demo)"
IN_TALKS = (
    "Geestelijke gezondheidszorg Midden 1 (demo)",
    "Huisartsenzorggroep Midden 2 (demo)",
    "Vrouwenopvang Limburg (demo)",
)
LEFT = "Kinderopvang Midden 1 (demo)"
LEFT_ON = datetime.date(2023, 7, 1)

# Days on which members joined, and how many; 27 up to the covenant, 80 by 23 February 2022.
FIRST_DAYS = (
    (KICK_OFF, 12),
    (datetime.date(2021, 3, 18), 7),
    (datetime.date(2021, 9, 16), 5),
    (datetime.date(2021, 12, 9), 3),
)
LATER_DAYS = (
    (datetime.date(2022, 1, 13), 14),
    (datetime.date(2022, 1, 27), 16),
    (datetime.date(2022, 2, 10), 13),
    (datetime.date(2022, 2, 23), 10),
    (datetime.date(2022, 11, 30), 2),
)

SEAT_LEVELS = {
    **dict.fromkeys(("wethouder", "gedeputeerde", "bestuurder", "directeur"), SeatLevel.BOARD),
    **dict.fromkeys(
        ("beleidsadviseur", "manager", "teamleider", "zorginkoper", "ketenregisseur"),
        SeatLevel.MANAGEMENT,
    ),
}
SEAT_KINDS = {"ervaringsdeskundige": SeatKind.LIVED_EXPERIENCE, "adviseur": SeatKind.ADVISOR}


@transaction.atomic
def load() -> str:
    """Write what is missing; a sentence on what there is."""
    places = {area.code: area for area in Area.objects.municipalities()}
    coalitions = _write_coalitions(places)
    organisations = demo_organisations()
    people = demo_people()
    written = _write_memberships(coalitions, organisations, people, places)
    _write_seats([spell for spell in written if spell.coalition == coalitions[NML]])
    _write_roles(coalitions, people, places)
    return (
        f"Demo: {len(coalitions)} coalities, "
        f"{Membership.objects.filter(coalition__is_demo=True).count()} lidmaatschappen, "
        f"{Seat.objects.filter(membership__coalition__is_demo=True).count()} zetels."
    )


def _write_coalitions(places: dict[str, Area]) -> dict[str, Coalition]:
    add_missing(
        Area,
        (
            Area(
                kind=AreaKind.COALITION,
                code=plan.slug,
                name=plan.name,
                valid_from=min(plan.started_on, FIRST_DAY),
            )
            for plan in PLANS
        ),
        key=("kind", "code"),
    )
    areas = {area.code: area for area in Area.objects.filter(kind=AreaKind.COALITION)}
    coalitions: dict[str, Coalition] = {}
    # The plans stand in order, each after its parent.
    for level in (Level.NATIONAL, Level.REGIONAL, Level.LOCAL):
        add_missing(
            Coalition,
            (
                Coalition(
                    slug=plan.slug,
                    name=plan.name,
                    level=plan.level,
                    parent=coalitions[plan.parent] if plan.parent else None,
                    phase=plan.phase,
                    area=areas[plan.slug],
                    started_on=plan.started_on,
                    mission=plan.mission,
                    approach=plan.approach,
                    source_note=plan.source_note,
                    is_demo=True,
                )
                for plan in PLANS
                if plan.level == level
            ),
            key=("slug",),
        )
        coalitions.update({row.slug: row for row in Coalition.objects.filter(is_demo=True)})
    add_missing(
        AreaMember,
        (
            AreaMember(
                region=areas[plan.slug],
                member=places[code],
                kind=AreaKind.COALITION,
                valid_from=max(plan.started_on, places[code].valid_from),
                valid_to=places[code].valid_to,
            )
            for plan in PLANS
            for municipality in plan.municipalities
            for code in (municipality, *PREDECESSORS.get(municipality, ()))
        ),
        key=("region_id", "member_id"),
    )
    return coalitions


def _write_memberships(
    coalitions: dict[str, Coalition],
    organisations: dict[str, Organisation],
    people: dict[str, Person],
    places: dict[str, Area],
) -> list[Membership]:
    spells = [
        spell
        for plan in PLANS
        for spell in (
            _spells_of_nml(coalitions[NML], organisations, places)
            if plan.slug == NML
            else _spells_of(plan, coalitions[plan.slug], organisations, places)
        )
    ]
    written = add_missing(Membership, spells, key=("coalition_id", "organisation_id"))
    coordinator = people["coordinator@demo.example"]
    MembershipStep.objects.bulk_create(
        MembershipStep(
            membership=spell,
            from_state=start,
            to_state=to,
            happened_on=on,
            reason=spell.leave_reason if to == MembershipState.LEFT else "",
            recorded_by=coordinator if spell.coalition == coalitions[NML] else None,
        )
        for spell in written
        for start, to, on in _steps_of(spell)
    )
    return written


def _steps_of(spell: Membership) -> list[tuple[str, str, datetime.date]]:
    """How the spell came to stand where it stands."""
    began = spell.joined_on or spell.coalition.started_on or KICK_OFF
    if spell.left_on is None:
        return [("", spell.state, began)]
    return [
        ("", MembershipState.MEMBER, began),
        (MembershipState.MEMBER, spell.state, spell.left_on),
    ]


def _spells_of(
    plan: Plan,
    coalition: Coalition,
    organisations: dict[str, Organisation],
    places: dict[str, Area],
) -> list[Membership]:
    spells = [
        Membership(
            coalition=coalition,
            organisation=organisations[municipality_party(places[code]).address],
            state=plan.municipality_state,
            joined_on=plan.started_on if plan.municipality_state == MembershipState.MEMBER else None,
            source_note=plan.source_note,
        )
        for code in plan.municipalities
    ]
    # The national coalition welcomed its new members on one day.
    joined_on = datetime.date(2022, 10, 31) if plan.slug == NATIONAL else plan.started_on
    spells += [
        Membership(
            coalition=coalition,
            organisation=organisations[Party(name, "").address],
            state=MembershipState.MEMBER,
            joined_on=joined_on,
            source_note=plan.source_note,
        )
        for name in plan.others
    ]
    if plan.slug == "regio-alkmaar":
        spells += [
            Membership(coalition=coalition, organisation=organisations[party.address])
            for party in ALKMAAR_CHAIN
        ]
    return spells


def _spells_of_nml(
    coalition: Coalition, organisations: dict[str, Organisation], places: dict[str, Area]
) -> list[Membership]:
    parties = parties_of_nml(places)
    first = [
        party
        for party in parties
        if party.type in {"gemeente", "provincie", "ggd"} or party.name in FIRST_OTHERS
    ]
    waiting = {PROSPECT: MembershipState.PROSPECT} | dict.fromkeys(IN_TALKS, MembershipState.IN_TALKS)
    # In turns through the kinds, so that each wave is a mix.
    later = sorted(
        (party for party in parties if party not in first and party.name not in waiting),
        key=lambda party: (party.name[-9:], party.name),
    )
    joined = {
        party.name: day
        for group, days in ((first, FIRST_DAYS), (later, LATER_DAYS))
        for party, day in zip(group, [day for day, count in days for _ in range(count)], strict=True)
    }
    return [_spell_of_nml(coalition, organisations, party, waiting, joined) for party in parties]


def _spell_of_nml(
    coalition: Coalition,
    organisations: dict[str, Organisation],
    party: Party,
    waiting: dict[str, MembershipState],
    joined: dict[str, datetime.date],
) -> Membership:
    has_left = party.name == LEFT
    return Membership(
        coalition=coalition,
        organisation=organisations[party.address],
        state=MembershipState.LEFT if has_left else waiting.get(party.name, MembershipState.MEMBER),
        joined_on=joined.get(party.name),
        left_on=LEFT_ON if has_left else None,
        leave_reason="De organisatie is gestopt in deze regio (demo)." if has_left else "",
    )


def _write_seats(written: list[Membership]) -> None:
    """Seats for members that came with the demo just now; later ones are for the visitor."""
    spells = {spell.organisation_id: spell for spell in written if spell.state == MembershipState.MEMBER}
    speakers = Representative.objects.filter(organisation__in=spells, person__is_demo=True).order_by("pk")
    Seat.objects.bulk_create(
        Seat(
            membership=spells[speaker.organisation_id],
            representative=speaker,
            level=SEAT_LEVELS.get(speaker.function, SeatLevel.EXECUTION),
            kind=SEAT_KINDS.get(speaker.function, SeatKind.REGULAR),
            valid_from=max(speaker.valid_from, spells[speaker.organisation_id].joined_on or KICK_OFF),
            valid_to=speaker.valid_to,
        )
        for speaker in speakers
    )


def _write_roles(
    coalitions: dict[str, Coalition], people: dict[str, Person], places: dict[str, Area]
) -> None:
    nml = coalitions[NML]
    roermond = address_of("wethouder", municipality_party(places["GM0957"]))
    adviser = address_of("adviseur", Party("Robuust (demo)", "ros"))
    roles = [
        CoalitionRole(
            coalition=nml,
            person=people["coordinator@demo.example"],
            role=Role.COORDINATOR,
            employer="Robuust",
            hours_per_week=24,
            valid_from=KICK_OFF,
        ),
        CoalitionRole(coalition=nml, person=people[roermond], role=Role.COMMISSIONER, valid_from=KICK_OFF),
        CoalitionRole(
            coalition=nml,
            person=people[adviser],
            role=Role.TEAM,
            employer="Robuust",
            hours_per_week=8,
            valid_from=KICK_OFF,
        ),
        CoalitionRole(
            coalition=nml,
            person=people["analist@demo.example"],
            role=Role.ANALYST,
            employer="GGD Limburg-Noord",
            valid_from=KICK_OFF,
        ),
    ]
    roles += [
        CoalitionRole(
            coalition=coalitions[plan.slug],
            person=person,
            role=Role.COORDINATOR,
            valid_from=plan.started_on,
        )
        for plan, person in _coordinators_elsewhere()
    ]
    add_missing(CoalitionRole, roles, key=("coalition_id", "person_id", "role"))


def _coordinators_elsewhere() -> list[tuple[Plan, Person]]:
    plans = [plan for plan in PLANS if plan.slug != NML]
    addresses = {plan.slug: f"coordinator-{plan.slug}@demo.example" for plan in plans}
    add_missing(
        Person,
        (
            Person(
                name=f"Coördinator {plan.name} (demo)",
                email=addresses[plan.slug],
                password=make_password(None),
                is_demo=True,
            )
            for plan in plans
        ),
        key=("email",),
    )
    people = demo_people()
    return [(plan, people[addresses[plan.slug]]) for plan in plans]
