"""Which organisations and mandates somebody may see, change or decide on; all follow from the table
in `coalitions.access`."""

from typing import Any

from django.db.models import Q, QuerySet

from coalitions.access import (
    GRANTS,
    ActingRole,
    Permission,
    Scope,
    coalition_ids_with,
    groups_within,
    memberships_visible_to,
    municipalities_within,
    reach_of,
    scopes_of,
)
from coalitions.models import Coalition, Membership, WorkingGroupSeat
from coalitions.models.memberships import OVER_STATES, MembershipQuerySet
from partners.models import Mandate, Organisation, Representative
from partners.models.mandates import MandateQuerySet
from partners.models.organisations import OrganisationQuerySet


def is_administrator(person: Any) -> bool:
    """Whether `person` keeps the platform running."""
    return ActingRole.ADMINISTRATOR in reach_of(person).get(None, frozenset())


def organisations_of(coalition_ids: list[int]) -> QuerySet[Any]:
    """The ids of the organisations on the list of these coalitions, who left aside."""
    spells = Membership.objects.filter(coalition__in=coalition_ids).exclude(state__in=OVER_STATES)
    return spells.order_by().values("organisation")


def own_organisations(person: Any) -> OrganisationQuerySet:
    """The organisations that `person` speaks for today."""
    return Organisation.objects.filter(merged_into__isnull=True).represented_by(person)


def visible_organisations(person: Any) -> OrganisationQuerySet:
    """Organisations that `person` may know of: members where she takes part, and her own."""
    if is_administrator(person):
        return Organisation.objects.all()
    return Organisation.objects.filter(
        Q(pk__in=memberships_visible_to(person).order_by().values("organisation"))
        | Q(pk__in=own_organisations(person).order_by().values("pk"))
    )


def editable_organisations(person: Any) -> OrganisationQuerySet:
    """Organisations whose profile `person` may change: her own, those of coalitions that she
    coordinates, and for an administrator all of them."""
    if is_administrator(person):
        return Organisation.objects.active()
    coordinated = whole_coalitions(person, Permission.ORGANISATION_EDIT)
    return Organisation.objects.active().filter(
        Q(pk__in=organisations_of(coordinated)) | Q(pk__in=own_organisations(person).order_by().values("pk"))
    )


def whole_coalitions(person: Any, permission: Permission) -> list[int]:
    """The coalitions in which `permission` of `person` reaches every organisation."""
    granting = {role for role, scope in GRANTS[permission].items() if scope == Scope.ALL}
    return [pk for pk in coalition_ids_with(person, permission) if reach_of(person)[pk] & granting]


def exports_all(person: Any, coalition: Coalition) -> bool:
    """Whether `person` may take along the whole list of `coalition` as a file."""
    return Scope.ALL in scopes_of(person, Permission.MEMBERS_EXPORT, coalition)


def memberships_to_export(person: Any, coalition: Coalition) -> MembershipQuerySet:
    """The memberships of `coalition` that `person` may take along as a file: all, or of who is in the
    groups that she leads and of organisations in her own municipality."""
    permission = Permission.MEMBERS_EXPORT
    if exports_all(person, coalition):
        return coalition.memberships.all()
    scopes, within = scopes_of(person, permission, coalition), Q(pk__in=[])
    if Scope.GROUP in scopes:
        groups = groups_within(person, permission, coalition)
        seats = WorkingGroupSeat.objects.current().filter(group__in=groups)
        speakers = Representative.objects.current().filter(person__in=seats.values("person"))
        within |= Q(organisation__in=speakers.values("organisation"))
    if Scope.MUNICIPALITY in scopes:
        within |= Q(organisation__municipality__in=municipalities_within(person, permission, coalition))
    return coalition.memberships.filter(within)


def mandates_in(coalition: Coalition) -> MandateQuerySet:
    """The mandates that count in `coalition`: of organisations on its list, for it or for everything."""
    return Mandate.objects.for_area(coalition.area).filter(
        representative__organisation__in=organisations_of([coalition.pk])
    )


def mandates_to_judge(person: Any) -> MandateQuerySet:
    """Mandates that `person` may check and revoke; her own are among them and refused by the act."""
    if is_administrator(person):
        return Mandate.objects.all()
    judged = Coalition.objects.filter(pk__in=coalition_ids_with(person, Permission.MANDATE_CHECK))
    found = Q(pk__in=[])
    for coalition in judged.select_related("area"):
        found |= Q(pk__in=mandates_in(coalition).order_by().values("pk"))
    return Mandate.objects.filter(found)


def visible_mandates(person: Any) -> MandateQuerySet:
    """Mandates that `person` may look at, evidence included: of her own organisations, and those on
    which she decides."""
    return Mandate.objects.filter(
        Q(representative__organisation__in=own_organisations(person).order_by().values("pk"))
        | Q(pk__in=mandates_to_judge(person).order_by().values("pk"))
    )


def may_merge(person: Any, *organisations: Organisation) -> bool:
    """An administrator may; a coordinator where all of them occur in her own coalitions only."""
    if is_administrator(person):
        return True
    own = whole_coalitions(person, Permission.ORGANISATION_MERGE)
    if not own:
        return False
    elsewhere = Membership.objects.filter(organisation__in=organisations).exclude(coalition__in=own)
    return not elsewhere.exists()


def mergeable_organisations(person: Any) -> OrganisationQuerySet:
    """Organisations about which `person` may say that they are one, by merging or by a proposal."""
    if is_administrator(person):
        return Organisation.objects.active()
    own = whole_coalitions(person, Permission.ORGANISATION_MERGE)
    return Organisation.objects.active().filter(pk__in=organisations_of(own))


def deciding_organisations(person: Any) -> OrganisationQuerySet:
    """Organisations, archived ones as well, on whose end `person` decides: of her coalitions only,
    whether they still take part or did before."""
    if is_administrator(person):
        return Organisation.objects.all()
    own = whole_coalitions(person, Permission.ORGANISATION_MERGE)
    elsewhere = Membership.objects.exclude(coalition__in=own).order_by().values("organisation")
    inside = Membership.objects.filter(coalition__in=own).order_by().values("organisation")
    return Organisation.objects.filter(pk__in=inside).exclude(pk__in=elsewhere)
