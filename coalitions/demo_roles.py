"""Who coordinates the coalitions of the demo, and who works beside or above them."""

import datetime

from django.contrib.auth.hashers import make_password

from coalitions.demo_plans import KICK_OFF, NML, PLANS, Plan
from coalitions.models import Coalition, CoalitionRole, Role
from partners.demo import add_missing, address_of, demo_people
from partners.demo_parties import Party, municipality_party
from partners.models import Area, Person

HANDED_OVER = datetime.date(2021, 6, 1)


def write(coalitions: dict[str, Coalition], people: dict[str, Person], places: dict[str, Area]) -> None:
    """Write the roles that are not there yet, with the people who have one and nothing else."""
    nml = coalitions[NML]
    roermond = address_of("wethouder", municipality_party(places["GM0957"]))
    adviser = address_of("adviseur", Party("Robuust (demo)", "ros"))
    roles = [
        # The first kwartiermaker handed over before the covenant.
        CoalitionRole(
            coalition=nml,
            person=_first_coordinator(),
            role=Role.COORDINATOR,
            employer="Robuust",
            hours_per_week=16,
            valid_from=KICK_OFF,
            valid_to=HANDED_OVER,
        ),
        CoalitionRole(
            coalition=nml,
            person=people["coordinator@demo.example"],
            role=Role.COORDINATOR,
            employer="Robuust",
            hours_per_week=24,
            valid_from=HANDED_OVER,
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
        # Who delivers figures does not approve them.
        CoalitionRole(
            coalition=nml,
            person=people["tweede.analist@demo.example"],
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


def _first_coordinator() -> Person:
    address = "eerste-kwartiermaker@demo.example"
    add_missing(
        Person,
        [
            Person(
                name="Eerste kwartiermaker Noord- en Midden-Limburg (demo)",
                email=address,
                password=make_password(None),
                is_demo=True,
            )
        ],
        key=("email",),
    )
    return Person.objects.get(email=address)


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
