"""Who may see whose address."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from coalitions.access import Permission, can, coalition_ids_with
from coalitions.models import Coalition, GroupRole, Membership, WorkingGroup, WorkingGroupSeat
from coalitions.models.groups import LIVING_STATES
from coalitions.models.memberships import OVER_STATES
from partners.models import Organisation, Person, Representative


@dataclass(frozen=True)
class Contact:
    """A representative as somebody else may see her; the address is empty where it is hidden."""

    representative: Representative
    email: str


def people_of(organisation: Organisation, *, viewer: Any) -> list[Contact]:
    """Who speaks for `organisation` today, with the addresses that `viewer` may see."""
    shared = set(
        Membership.objects.exclude(state__in=OVER_STATES)
        .filter(organisation=organisation)
        .values_list("coalition", flat=True)
    )
    reads_all = bool(shared & set(coalition_ids_with(viewer, Permission.CONTACTS_READ)))
    is_colleague = bool(shared & set(coalition_ids_with(viewer, Permission.MEMBERS_READ)))
    beside = _seats_beside(viewer).filter(person=OuterRef("person"))
    representatives = (
        Representative.objects.current()
        .filter(organisation=organisation)
        .select_related("person")
        .annotate(is_beside=Exists(beside), is_led=Exists(beside.filter(is_led=True)))
        .order_by("-is_primary", "person__sort_key", "pk")
    )
    return [
        Contact(
            representative,
            (representative.person.email or "")
            if reads_all
            or _shares(
                representative.person,
                viewer,
                is_colleague=is_colleague,
                is_beside=representative.is_beside,
                is_led=representative.is_led,
            )
            else "",
        )
        for representative in representatives
    ]


def primary_addresses(organisations: QuerySet) -> list[str]:
    """The address of the first contact of each of `organisations`, as far as it is known."""
    return list(
        Representative.objects.current()
        .filter(is_primary=True, organisation__in=organisations, person__email__isnull=False)
        .order_by("organisation__sort_key", "pk")
        .values_list("person__email", flat=True)
    )


IN_GROUP = frozenset({Person.Shares.WORKING_GROUP, Person.Shares.COALITION, Person.Shares.PUBLIC})


def _seats_beside(viewer: Any) -> QuerySet:
    """The places today in the working groups of `viewer`, each with whether she leads that group."""
    coalitions = coalition_ids_with(viewer, Permission.MEMBERS_READ)
    if not coalitions:
        return WorkingGroupSeat.objects.none()
    mine = WorkingGroupSeat.objects.current().filter(
        person=viewer, group__coalition__in=coalitions, group__state__in=LIVING_STATES
    )
    led = mine.filter(role=GroupRole.LEAD, group=OuterRef("group"))
    beside = WorkingGroupSeat.objects.current().filter(group__in=mine.values("group")).order_by()
    return beside.annotate(is_led=Exists(led))


def addresses_in(group: WorkingGroup, seats: Iterable[WorkingGroupSeat], viewer: Any) -> dict[int, str]:
    """The addresses of the people of one group that `viewer` may see, by person. No query."""
    own = next((seat for seat in seats if seat.person_id == viewer.pk), None)
    sees_all = can(viewer, Permission.CONTACTS_READ, group.coalition) or bool(
        own and own.role == GroupRole.LEAD
    )
    shared = IN_GROUP if own else IN_GROUP - {Person.Shares.WORKING_GROUP}
    return {
        seat.person_id: seat.person.email
        for seat in seats
        if seat.person.email and (sees_all or seat.person.shares_contact in shared)
    }


def organisations_in(coalition: Coalition, people: Iterable[int]) -> dict[int, str]:
    """For whom each of these people speaks in `coalition` today, by person. One query."""
    listed = coalition.memberships.exclude(state__in=OVER_STATES).order_by().values("organisation")
    spoken = (
        Representative.objects.current()
        .filter(person__in=list(people), organisation__in=listed)
        .order_by("organisation__sort_key")
        .values_list("person", "organisation__name")
    )
    found: dict[int, list[str]] = {}
    for person, name in spoken:
        if name not in found.setdefault(person, []):
            found[person].append(name)
    return {person: ", ".join(names) for person, names in found.items()}


def _shares(person: Person, viewer: Any, *, is_colleague: bool, is_beside: bool, is_led: bool) -> bool:
    """Whether `person` herself lets `viewer` see her address; who leads her group always does."""
    if person.pk == viewer.pk or person.shares_contact == Person.Shares.PUBLIC:
        return True
    if is_led or (is_beside and person.shares_contact in IN_GROUP):
        return True
    return is_colleague and person.shares_contact == Person.Shares.COALITION


def may_see_address(person: Person, *, viewer: Any) -> bool:
    """Whether `viewer` may see how to reach `person`: by her own choice, or because she leads her working
    group or coordinates a coalition in which an organisation of `person` takes part."""
    organisations = Representative.objects.current().filter(person=person).order_by().values("organisation")
    shared = set(
        Membership.objects.exclude(state__in=OVER_STATES)
        .filter(organisation__in=organisations)
        .values_list("coalition", flat=True)
    )
    if shared & set(coalition_ids_with(viewer, Permission.CONTACTS_READ)):
        return True
    is_colleague = bool(shared & set(coalition_ids_with(viewer, Permission.MEMBERS_READ)))
    led = list(_seats_beside(viewer).filter(person=person).values_list("is_led", flat=True))
    return _shares(person, viewer, is_colleague=is_colleague, is_beside=bool(led), is_led=any(led))
