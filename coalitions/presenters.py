"""Rows of several tables put together for one page."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value

from coalitions.models import (
    Coalition,
    Membership,
    MembershipState,
    Role,
    Seat,
    SeatLevel,
)
from coalitions.models.memberships import MEMBER_STATES
from partners.models import (
    Area,
    AreaMember,
    AreaSuccession,
    Domain,
    Organisation,
    OrganisationLink,
    OrganisationType,
    Representative,
)


@dataclass(frozen=True)
class TypeGroup:
    """The organisations of one kind."""

    type: OrganisationType
    organisations: list[Organisation]

    @property
    def label(self) -> str:
        """The kind, in the plural where there are several."""
        return self.type.name if len(self.organisations) == 1 else self.type.name_plural


@dataclass(frozen=True)
class DomainGroup:
    """What one domain brings to a coalition; a domain that is missing is shown as well."""

    domain: Domain
    types: list[TypeGroup]

    @property
    def count(self) -> int:
        """How many organisations take part."""
        return sum(len(group.organisations) for group in self.types)


def domains_of(memberships: QuerySet) -> list[DomainGroup]:
    """Who takes part per domain and kind; each organisation once. One query."""
    # Names and kinds only: there may be hundreds.
    shown = ("name", "type__name", "type__name_plural", "type__domain")
    rows = (
        memberships.select_related("organisation__type")
        .only(*(f"organisation__{field}" for field in shown))
        .order_by("organisation__type__sort_key", "organisation__sort_key", "organisation", "pk")
    )
    organisations = {row.organisation_id: row.organisation for row in rows}
    groups = [
        TypeGroup(found[0].type, found)
        for found in (list(same) for _, same in groupby(organisations.values(), key=lambda one: one.type_id))
    ]
    return [
        DomainGroup(domain, [group for group in groups if group.type.domain == domain]) for domain in Domain
    ]


@dataclass(frozen=True)
class Leader:
    """Somebody who leads the coalition: the role, and the function that goes with it."""

    # With `speaks_as` and `speaks_for`: a function she has, and at which organisation.
    role: Any

    @property
    def function(self) -> str:
        """Such as "wethouder, Gemeente Roermond", without a name; empty where nothing is known."""
        if self.role.speaks_as:
            return f"{self.role.speaks_as}, {self.role.employer or self.role.speaks_for}"
        return f"in dienst van {self.role.employer}" if self.role.employer else ""


LEADING = (Role.COORDINATOR, Role.COMMISSIONER, Role.FIGUREHEAD)


def leaders_of(coalition: Coalition, *, roles: tuple[Role, ...] = LEADING) -> list[Leader]:
    """Who holds one of `roles` today, in that order. One query."""
    functions = Representative.objects.current().filter(person=OuterRef("person")).order_by("pk")
    held = (
        coalition.roles.current()
        .filter(role__in=roles)
        .select_related("person")
        .annotate(
            speaks_as=Subquery(functions.values("function")[:1]),
            speaks_for=Subquery(functions.values("organisation__name")[:1]),
        )
        .order_by("valid_from", "pk")
    )
    leaders = [Leader(role) for role in held]
    return sorted(leaders, key=lambda leader: roles.index(Role(leader.role.role)))


def successions_of(area: Area) -> tuple[list[AreaSuccession], list[AreaSuccession]]:
    """What a municipality came from and what it went into. One query."""
    links = (
        AreaSuccession.objects.filter(Q(predecessor=area) | Q(successor=area))
        .select_related("predecessor", "successor")
        .order_by("on", "predecessor__sort_key", "successor__sort_key")
    )
    found = list(links)
    return (
        [link for link in found if link.successor_id == area.pk],
        [link for link in found if link.predecessor_id == area.pk],
    )


def coalitions_by_municipality(areas: list[Area], readable: QuerySet) -> dict[int, list[Any]]:
    """The coalitions of each of `areas` today. One query."""
    found: dict[int, list[Any]] = {area.pk: [] for area in areas}
    links = (
        AreaMember.objects.current()
        .filter(member__in=areas, region__coalition__in=readable)
        .select_related("region__coalition")
        .order_by("region__sort_key", "pk")
    )
    for link in links:
        coalition = link.region.coalition
        # Of this municipality only: another one may have a local coalition as well.
        coalition.replaces_local = link.replaces_local
        found[link.member_id].append(coalition)
    return found


@dataclass(frozen=True)
class Standing:
    """How the list of a coalition stands today, and on which days members came and went."""

    states: dict[str, int]
    domains: int
    joined: dict[datetime.date, int]
    left: dict[datetime.date, int]
    municipalities: int


def standing_of(coalition: Coalition) -> Standing:
    """Everything that the workplace counts. One query; two while the list is empty."""
    states: Counter[str] = Counter()
    joined: Counter[datetime.date] = Counter()
    left: Counter[datetime.date] = Counter()
    domains, municipalities = set(), None
    places = coalition.municipalities().order_by().annotate(one=Value(1)).values("one")
    rows = (
        coalition.memberships.order_by()
        .annotate(places=Subquery(places.annotate(count=Count("pk", distinct=True)).values("count")))
        .values_list("places", "state", "organisation__type__domain", "joined_on", "left_on")
        .annotate(count=Count("pk"))
    )
    for place_count, state, domain, joined_on, left_on, count in rows:
        municipalities = place_count or 0
        states[state] += count
        if state in MEMBER_STATES:
            domains.add(domain)
        if joined_on:
            joined[joined_on] += count
        if state == MembershipState.LEFT:
            left[left_on] += count
    if municipalities is None:
        municipalities = coalition.municipalities().count()
    return Standing(dict(states), len(domains), dict(joined), dict(left), municipalities)


@dataclass(frozen=True)
class LinkLine:
    """A link of an organisation, read from its own side."""

    link: OrganisationLink
    label: str
    other: Organisation
    is_own: bool


def links_of(organisation: Organisation) -> list[LinkLine]:
    """With whom an organisation belongs together today, its own links first. One query."""
    found = (
        OrganisationLink.objects.current()
        .filter(Q(source=organisation) | Q(target=organisation))
        .select_related("source__type", "target__type")
        .order_by("kind", "target__sort_key", "source__sort_key", "pk")
    )
    lines = [
        LinkLine(link, link.get_kind_display(), link.target, is_own=True)
        if link.source_id == organisation.pk
        else LinkLine(link, link.backwards_label, link.source, is_own=False)
        for link in found
    ]
    return sorted(lines, key=lambda line: not line.is_own)


def missing_levels(seats: list[Seat]) -> list[str]:
    """The levels at which none of `seats` is filled today, in words."""
    filled = {seat.level for seat in seats if seat.is_current}
    return [level.label for level in SeatLevel if level not in filled]


@dataclass(frozen=True)
class RollUp:
    """What a coalition and those below it are together."""

    coalitions: int
    municipalities: int
    members: int


def roll_up(coalition: Coalition, below: Sequence[Coalition]) -> RollUp | None:
    """Counts over a coalition and everything below it, each municipality and member once; None where
    there is nothing below. Two queries."""
    areas = {one.pk: one.area_id for one in below}
    if not areas:
        return None
    municipalities = AreaMember.objects.current().filter(region__in=[*areas.values(), coalition.area_id])
    members = Membership.objects.members().filter(coalition__in=[*areas, coalition.pk])
    return RollUp(
        coalitions=len(areas),
        municipalities=municipalities.aggregate(count=Count("member", distinct=True))["count"],
        members=members.aggregate(count=Count("organisation", distinct=True))["count"],
    )


# Who may be the second person for what only two do together, such as fixing a text.
SECOND_ROLES = (Role.COORDINATOR, Role.TEAM, Role.COMMISSIONER)


def second_persons(leaders: list[Leader], person: Any) -> list[Leader]:
    """Who can do together with `person` what takes two."""
    return [
        leader
        for leader in leaders
        if leader.role.role in SECOND_ROLES and leader.role.person_id != person.pk
    ]
