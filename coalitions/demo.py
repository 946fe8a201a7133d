"""Made-up coalitions around what published texts tell, with members, seats and roles.

Nothing that is there already is touched. Where a text gives no area, no date or no name, the
description says so.
"""

import datetime

from django.db import transaction

from coalitions import demo_conditions, demo_groups, demo_life, demo_roles
from coalitions.demo_plans import KICK_OFF, NATIONAL, NML, PLANS, PREDECESSORS, REGIONAL_INSTEAD, Plan
from coalitions.models import (
    Coalition,
    Level,
    Membership,
    MembershipState,
    MembershipStep,
    Seat,
    SeatKind,
    SeatLevel,
)
from partners.demo import add_missing, demo_organisations, demo_people
from partners.demo_parties import ALKMAAR_CHAIN, Party, municipality_party, parties_of_nml
from partners.models import Area, AreaKind, AreaMember, Organisation, Person, Representative

# The table of municipalities starts here; "at least since" for all that is older.
FIRST_DAY = datetime.date(2020, 1, 1)


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
    demo_roles.write(coalitions, people, places)
    demo_life.write(coalitions[NML], organisations, people["coordinator@demo.example"])
    demo_groups.write(coalitions[NML])
    demo_conditions.write(coalitions[NML], people["coordinator@demo.example"])
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
                    history=plan.history,
                    source_note=plan.source_note,
                    is_demo=True,
                )
                for plan in PLANS
                if plan.level == level
            ),
            key=("slug",),
        )
        coalitions.update({row.slug: row for row in Coalition.objects.filter(is_demo=True)})
    for plan in PLANS:
        if plan.look_at:
            Coalition.objects.filter(slug=plan.slug, look_at=None).update(look_at=coalitions[plan.look_at])
    add_missing(
        AreaMember,
        (
            AreaMember(
                region=areas[plan.slug],
                member=places[code],
                kind=AreaKind.COALITION,
                valid_from=max(plan.started_on, places[code].valid_from),
                valid_to=places[code].valid_to,
                replaces_local=code in REGIONAL_INSTEAD,
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
