"""Working groups of the demo: a Regiegroep and six others, of which one is only proposed."""

import datetime

from django.utils.text import slugify

from coalitions.demo_plans import KICK_OFF
from coalitions.models import (
    Coalition,
    GroupKind,
    GroupRole,
    GroupState,
    WorkingGroup,
    WorkingGroupSeat,
    WorkingGroupSupport,
)
from coalitions.models.memberships import MEMBER_STATES
from partners.models import Person

# Name, kind, state, what it is for, and how many people.
PLANS = (
    ("Regiegroep", GroupKind.STEERING, GroupState.ACTIVE, "Bewaakt het geheel en bereidt besluiten voor.", 6),
    (
        "Eerder signaleren",
        GroupKind.WORKING_GROUP,
        GroupState.ACTIVE,
        "Een gedeelde manier om vroeg te zien wie hulp nodig heeft, en warm over te dragen.",
        8,
    ),
    (
        "Sterk ouderschap",
        GroupKind.WORKING_GROUP,
        GroupState.ACTIVE,
        "Samen aanbieden van programma's die ouders sterker maken.",
        7,
    ),
    (
        "Medisch en sociaal verbonden",
        GroupKind.LEARNING,
        GroupState.ACTIVE,
        "Verloskundigen, kraamzorg en wijkteams leren elkaars werk kennen.",
        9,
    ),
    (
        "Cijfers en leren",
        GroupKind.WORKING_GROUP,
        GroupState.RESTING,
        "Kiest welke cijfers we volgen en legt ze samen uit.",
        5,
    ),
    (
        "Betrekken netwerk",
        GroupKind.WORKING_GROUP,
        GroupState.CLOSED,
        "Brengt in kaart welke partijen er zijn en nodigt ze uit.",
        5,
    ),
    (
        "Preconceptiezorg",
        GroupKind.WORKING_GROUP,
        GroupState.PROPOSED,
        "Goede zorg en voorlichting voor de zwangerschap begint.",
        0,
    ),
)
STARTED = datetime.date(2022, 1, 13)
CLOSED = datetime.date(2022, 2, 23)


def write(coalition: Coalition) -> None:
    """Groups with leads and members; nothing where there is one already."""
    if coalition.groups.exists():
        return
    people = list(
        Person.objects.filter(
            is_demo=True,
            representatives__valid_to__isnull=True,
            representatives__organisation__memberships__coalition=coalition,
            representatives__organisation__memberships__state__in=MEMBER_STATES,
        )
        .exclude(email__in=["partner@demo.example", "wethouder@demo.example"])
        .order_by("name", "pk")
        .distinct()
    )
    for number, plan in enumerate(PLANS):
        _write_group(coalition, plan, people[number * 10 : number * 10 + 10], people[number])


def _write_group(
    coalition: Coalition, plan: tuple[str, str, str, str, int], people: list[Person], proposer: Person
) -> None:
    name, kind, state, purpose, size = plan
    is_proposed, is_over = state == GroupState.PROPOSED, state == GroupState.CLOSED
    group = WorkingGroup.objects.create(
        coalition=coalition,
        name=name,
        slug=slugify(name),
        kind=kind,
        purpose=purpose,
        state=state,
        is_open=kind == GroupKind.LEARNING,
        proposed_by=proposer,
        proposed_on=datetime.date(2024, 3, 12) if is_proposed else KICK_OFF,
        started_on=None if is_proposed else KICK_OFF if is_over else STARTED,
        ended_on=CLOSED if is_over else None,
        ending_reason="Het netwerk staat: meer dan 80 organisaties doen mee." if is_over else "",
    )
    WorkingGroupSupport.objects.bulk_create(
        WorkingGroupSupport(group=group, person=person) for person in people[: 4 if is_proposed else 0]
    )
    WorkingGroupSeat.objects.bulk_create(
        WorkingGroupSeat(
            group=group,
            person=person,
            role=GroupRole.LEAD if place == 0 else GroupRole.SECRETARY if place == 1 else GroupRole.MEMBER,
            valid_from=KICK_OFF if is_over else STARTED,
            valid_to=CLOSED if is_over else None,
        )
        for place, person in enumerate(people[:size])
    )
