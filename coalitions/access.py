"""Who may do what: the one place where permissions, roles and their relation are declared.

Every role follows from live facts with a period; nothing here is stored twice. Roles add up.
`requires` stands above each view: outside somebody's reach a page does not exist (404), inside it
without the right it is refused (403).
"""

from collections import defaultdict
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from coalitions.models import Coalition, Membership
from coalitions.models.coalitions import CoalitionQuerySet
from coalitions.models.memberships import MEMBER_STATES, MembershipQuerySet


class Permission(StrEnum):
    COALITION_READ = "coalition.read"
    MEMBERS_READ = "members.read"
    PROSPECTS_READ = "prospects.read"
    CONTACTS_READ = "contacts.read"
    MEMBERS_EXPORT = "members.export"
    WORKPLACE_READ = "workplace.read"
    BOARD_READ = "board.read"
    FIGURES_READ = "figures.read"
    FIGURES_DELIVER = "figures.deliver"
    PLATFORM_MANAGE = "platform.manage"


class ActingRole(StrEnum):
    COORDINATOR = "coordinator"
    TEAM = "team"
    SIGNER = "signer"
    PARTNER = "partner"
    ALDERMAN = "alderman"
    ANALYST = "analyst"
    READER = "reader"
    ADMINISTRATOR = "administrator"


_INSIDE = frozenset(
    {
        Permission.COALITION_READ,
        Permission.MEMBERS_READ,
        Permission.BOARD_READ,
        Permission.FIGURES_READ,
    }
)

ROLE_PERMISSIONS: dict[ActingRole, frozenset[Permission]] = {
    ActingRole.COORDINATOR: _INSIDE
    | {
        Permission.PROSPECTS_READ,
        Permission.CONTACTS_READ,
        Permission.MEMBERS_EXPORT,
        Permission.WORKPLACE_READ,
    },
    ActingRole.TEAM: _INSIDE
    | {Permission.PROSPECTS_READ, Permission.CONTACTS_READ, Permission.WORKPLACE_READ},
    ActingRole.SIGNER: _INSIDE,
    ActingRole.PARTNER: _INSIDE,
    ActingRole.ALDERMAN: _INSIDE,
    ActingRole.ANALYST: _INSIDE | {Permission.FIGURES_DELIVER},
    ActingRole.READER: frozenset({Permission.COALITION_READ, Permission.BOARD_READ, Permission.FIGURES_READ}),
    ActingRole.ADMINISTRATOR: frozenset({Permission.PLATFORM_MANAGE}),
}

# Log-in asks these roles for a second factor; a signer is asked at the act.
SECOND_FACTOR_ROLES = frozenset(
    {ActingRole.COORDINATOR, ActingRole.ANALYST, ActingRole.READER, ActingRole.ADMINISTRATOR}
)

# One row per coalition and role of a person today. An administrator has no coalition. It starts
# with SELECT, because the history takes WITH for a change and would send its context along.
_ROLES_SQL = """
SELECT coalition_id, role FROM (
WITH today AS (SELECT %(today)s::date AS day),
spoken_for AS (
    SELECT m.id AS membership_id, m.coalition_id, r.id AS representative_id
    FROM partners_representative r
    JOIN coalitions_membership m ON m.organisation_id = r.organisation_id
    CROSS JOIN today
    WHERE r.person_id = %(person)s
      AND r.valid_from <= day AND (r.valid_to IS NULL OR day < r.valid_to)
      AND m.state IN ('member', 'dormant')
)
SELECT NULL::bigint AS coalition_id, 'administrator' AS role FROM partners_platformrole, today
WHERE person_id = %(person)s AND valid_from <= day AND (valid_to IS NULL OR day < valid_to)
UNION
SELECT coalition_id,
       CASE WHEN role IN ('commissioner', 'figurehead') THEN 'alderman' ELSE role END
FROM coalitions_coalitionrole, today
WHERE person_id = %(person)s AND valid_from <= day AND (valid_to IS NULL OR day < valid_to)
UNION
SELECT coalition_id, 'partner' FROM spoken_for
UNION
SELECT s.coalition_id, 'signer'
FROM spoken_for s
JOIN partners_mandate d ON d.representative_id = s.representative_id
CROSS JOIN today
WHERE d.checked_at IS NOT NULL AND d.revoked_at IS NULL
  AND d.valid_from <= day AND (d.valid_to IS NULL OR day < d.valid_to)
UNION
SELECT s.coalition_id, 'alderman'
FROM spoken_for s
JOIN coalitions_membership m ON m.id = s.membership_id
JOIN partners_organisation o ON o.id = m.organisation_id
JOIN partners_organisationtype t ON t.id = o.type_id
JOIN coalitions_seat z
  ON z.membership_id = s.membership_id AND z.representative_id = s.representative_id
CROSS JOIN today
WHERE z.level = 'board' AND t.code IN ('gemeente', 'provincie')
  AND z.valid_from <= day AND (z.valid_to IS NULL OR day < z.valid_to)
) AS roles
"""

Reach = dict[int | None, frozenset[ActingRole]]


def reach_of(person: Any) -> Reach:
    """The roles of `person` today, by coalition id; platform roles stand under None. One query,
    kept for the request."""
    if not person.is_authenticated:
        return {}
    if "_reach" not in person.__dict__:
        with connection.cursor() as cursor:
            cursor.execute(_ROLES_SQL, {"person": person.pk, "today": timezone.localdate()})
            found: dict[int | None, set[ActingRole]] = defaultdict(set)
            for coalition_id, role in cursor.fetchall():
                found[coalition_id].add(ActingRole(role))
        person.__dict__["_reach"] = {key: frozenset(roles) for key, roles in found.items()}
    return person.__dict__["_reach"]


def suspend_roles(person: Any) -> None:
    """For this request `person` has no role anywhere, as somebody who is not logged in."""
    person.__dict__["_reach"] = {}


def coalition_ids_of(person: Any) -> list[int]:
    """The coalitions in which `person` has any role today."""
    return [pk for pk in reach_of(person) if pk is not None]


def roles_in(person: Any, coalition: Coalition | None) -> frozenset[ActingRole]:
    """The roles of `person` in `coalition` today, platform roles included."""
    reach = reach_of(person)
    inside = reach.get(coalition.pk, frozenset()) if coalition else frozenset()
    return inside | reach.get(None, frozenset())


def can(person: Any, permission: Permission, coalition: Coalition | None = None) -> bool:
    """Whether `person` has `permission`, in `coalition` or, without one, anywhere."""
    if coalition is None:
        roles = frozenset[ActingRole]().union(*reach_of(person).values())
    else:
        roles = roles_in(person, coalition)
    return any(permission in ROLE_PERMISSIONS[role] for role in roles)


def needs_second_factor(person: Any) -> bool:
    """Whether a role of `person` asks for a second factor at log-in."""
    return any(roles & SECOND_FACTOR_ROLES for roles in reach_of(person).values())


def coalition_ids_with(person: Any, permission: Permission) -> list[int]:
    """The coalitions in which `person` has `permission` today."""
    return [
        pk
        for pk, roles in reach_of(person).items()
        if pk is not None and any(permission in ROLE_PERMISSIONS[role] for role in roles)
    ]


def readable_by(person: Any) -> CoalitionQuerySet:
    """Coalitions whose profile `person` may read: the public ones, and those she takes part in."""
    return Coalition.objects.public() | Coalition.objects.visible_to(person)


def memberships_visible_to(person: Any) -> MembershipQuerySet:
    """Memberships that `person` may know of; who is not yet a member only the coordinator knows."""
    return Membership.objects.filter(
        Q(coalition__is_public=True, state__in=MEMBER_STATES)
        | Q(
            coalition__in=coalition_ids_with(person, Permission.MEMBERS_READ),
            state__in=MEMBER_STATES,
        )
        | Q(coalition__in=coalition_ids_with(person, Permission.PROSPECTS_READ))
    )


View = Callable[..., HttpResponse]


def requires(permission: Permission) -> Callable[[View], View]:
    """Guard a view. A `slug` in its path becomes the `coalition` that the view is given.

    A coalition outside the reach of the person answers 404, a missing right inside it 403.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            coalition = None
            if "slug" in kwargs:
                coalition = get_object_or_404(
                    Coalition.objects.visible_to(request.user).select_related("area", "parent"),
                    slug=kwargs.pop("slug"),
                )
                kwargs["coalition"] = coalition
            if not can(request.user, permission, coalition):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return guard
