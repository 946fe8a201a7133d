"""Who may see whose address."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from coalitions.access import Permission, coalition_ids_with
from coalitions.models import Membership
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
    representatives = (
        Representative.objects.current()
        .filter(organisation=organisation)
        .select_related("person")
        .order_by("-is_primary", "person__sort_key", "pk")
    )
    return [
        Contact(
            representative,
            (representative.person.email or "")
            if reads_all or _shares(representative.person, viewer, is_colleague=is_colleague)
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


def _shares(person: Person, viewer: Any, *, is_colleague: bool) -> bool:
    """Whether `person` herself lets `viewer` see her address."""
    if person.pk == viewer.pk or person.shares_contact == Person.Shares.PUBLIC:
        return True
    return is_colleague and person.shares_contact == Person.Shares.COALITION


def may_see_address(person: Person, *, viewer: Any) -> bool:
    """Whether `viewer` may see how to reach `person`: by her own choice, or because she coordinates a
    coalition in which an organisation of `person` takes part."""
    organisations = Representative.objects.current().filter(person=person).order_by().values("organisation")
    shared = set(
        Membership.objects.exclude(state__in=OVER_STATES)
        .filter(organisation__in=organisations)
        .values_list("coalition", flat=True)
    )
    if shared & set(coalition_ids_with(viewer, Permission.CONTACTS_READ)):
        return True
    is_colleague = bool(shared & set(coalition_ids_with(viewer, Permission.MEMBERS_READ)))
    return _shares(person, viewer, is_colleague=is_colleague)
