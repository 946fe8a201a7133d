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
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from coalitions.models import (
    Coalition,
    GroupRole,
    Membership,
    Role,
    WorkingGroup,
    WorkingGroupSeat,
)
from coalitions.models.coalitions import CoalitionQuerySet
from coalitions.models.groups import LIVING_STATES
from coalitions.models.memberships import MEMBER_STATES, MembershipQuerySet
from coalitions.refusals import Outside, told_why_not
from partners.models import Area, Organisation


class Permission(StrEnum):
    # Together
    COALITION_READ = "coalition.read"
    MEMBERS_READ = "members.read"
    PROSPECTS_READ = "prospects.read"
    CONTACTS_READ = "contacts.read"
    MEMBERS_EXPORT = "members.export"
    # Everybody on the list with how far the talks are, and the directory of her coalitions.
    PROSPECTS_EXPORT = "prospects.export"
    # Of members, people, and the actions of the programme.
    MEMBERS_IMPORT = "members.import"
    MEMBERSHIP_CHANGE = "membership.change"
    MEMBERSHIP_LEAVE = "membership.leave"
    ORGANISATION_EDIT = "organisation.edit"
    ORGANISATION_MERGE = "organisation.merge"
    JOIN_DECIDE = "join.decide"
    COLLEAGUE_INVITE = "colleague.invite"
    MANDATE_REQUEST = "mandate.request"
    MANDATE_CHECK = "mandate.check"
    CONTACT_MOMENT_WRITE = "contact_moment.write"
    GROUP_PROPOSE = "group.propose"
    GROUP_MANAGE = "group.manage"
    CONDITION_SCORE = "condition.score"
    ROLES_ASSIGN = "roles.assign"
    SETTINGS_EDIT = "settings.edit"
    WORKPLACE_READ = "workplace.read"
    GAPS_READ = "gaps.read"
    LOG_READ = "log.read"
    # Agreed
    COVENANT_READ = "covenant.read"
    COVENANT_WRITE = "covenant.write"
    COVENANT_COMMENT = "covenant.comment"
    COVENANT_FREEZE = "covenant.freeze"
    COVENANT_SIGN = "covenant.sign"
    COVENANT_DECLINE = "covenant.decline"
    # Doing
    INTEREST_RECORD = "interest.record"
    PROGRAMME_READ = "programme.read"
    PROGRAMME_EDIT = "programme.edit"
    ACTION_CREATE = "action.create"
    ACTION_PROPOSE = "action.propose"
    PROGRESS_REPORT = "progress.report"
    ROUND_FIX = "round.fix"
    ADOPTION_EDIT = "adoption.edit"
    PRACTICE_NOMINATE = "practice.nominate"
    MEETING_PLAN = "meeting.plan"
    MEETING_READ = "meeting.read"
    BUDGET_READ = "budget.read"
    CONTRIBUTIONS_READ = "contributions.read"
    BUDGET_EDIT = "budget.edit"
    CONTRIBUTION_CONFIRM = "contribution.confirm"
    ANNOUNCEMENT_SEND = "announcement.send"
    # Knowing
    BOARD_READ = "board.read"
    BOARD_ITEM_ENTER = "board_item.enter"
    BOARD_ITEM_PROPOSE = "board_item.propose"
    FIGURES_READ = "figures.read"
    FIGURES_DELIVER = "figures.deliver"
    RELEASE_APPROVE = "release.approve"
    READING_WRITE = "reading.write"
    READING_FIX = "reading.fix"
    # The platform
    PLATFORM_MANAGE = "platform.manage"


class ActingRole(StrEnum):
    COORDINATOR = "coordinator"
    TEAM = "team"
    SIGNER = "signer"
    PARTNER = "partner"
    GROUP_LEAD = "group_lead"
    ALDERMAN = "alderman"
    COMMISSIONER = "commissioner"
    ANALYST = "analyst"
    READER = "reader"
    ADMINISTRATOR = "administrator"


class Scope(StrEnum):
    """How far a right reaches inside a coalition."""

    ALL = "all"
    ORGANISATION = "organisation"
    GROUP = "group"
    MUNICIPALITY = "municipality"


_CO, _TM, _PS, _PP, _GL = (
    ActingRole.COORDINATOR,
    ActingRole.TEAM,
    ActingRole.SIGNER,
    ActingRole.PARTNER,
    ActingRole.GROUP_LEAD,
)
_WE, _CM, _GA, _LK, _AD = (
    ActingRole.ALDERMAN,
    ActingRole.COMMISSIONER,
    ActingRole.ANALYST,
    ActingRole.READER,
    ActingRole.ADMINISTRATOR,
)
_ALL, _OWN, _GROUP, _TOWN = Scope.ALL, Scope.ORGANISATION, Scope.GROUP, Scope.MUNICIPALITY


def _whole(*roles: ActingRole) -> dict[ActingRole, Scope]:
    return dict.fromkeys(roles, _ALL)


_INSIDERS = _whole(_CO, _TM, _PS, _PP, _GL, _WE, _CM, _GA)

# The table: who may do what, and how far. A signer is a partner as well, and a commissioner governs
# as an alderman does: roles add up, so a row names only what a role adds.
GRANTS: dict[Permission, dict[ActingRole, Scope]] = {
    Permission.COALITION_READ: {**_INSIDERS, _LK: _ALL},
    Permission.MEMBERS_READ: _INSIDERS,
    Permission.PROSPECTS_READ: _whole(_CO, _TM),
    Permission.CONTACTS_READ: _whole(_CO, _TM),
    Permission.MEMBERS_EXPORT: {_CO: _ALL, _GL: _GROUP, _WE: _TOWN},
    Permission.PROSPECTS_EXPORT: _whole(_CO),
    Permission.MEMBERS_IMPORT: _whole(_CO),
    Permission.MEMBERSHIP_CHANGE: _whole(_CO),
    Permission.MEMBERSHIP_LEAVE: {_PS: _OWN},
    Permission.ORGANISATION_EDIT: {_CO: _ALL, _PP: _OWN, _AD: _ALL},
    Permission.ORGANISATION_MERGE: _whole(_CO, _AD),
    Permission.JOIN_DECIDE: _whole(_CO),
    Permission.COLLEAGUE_INVITE: {_CO: _ALL, _PP: _OWN},
    Permission.MANDATE_REQUEST: {_PP: _OWN},
    Permission.MANDATE_CHECK: _whole(_CO, _AD),
    Permission.CONTACT_MOMENT_WRITE: _whole(_CO, _TM),
    Permission.GROUP_PROPOSE: _whole(_CO, _TM, _PP, _GL, _WE),
    Permission.GROUP_MANAGE: {_CO: _ALL, _GL: _GROUP},
    Permission.CONDITION_SCORE: _whole(_CO),
    Permission.ROLES_ASSIGN: _whole(_CO),
    Permission.SETTINGS_EDIT: _whole(_CO),
    Permission.WORKPLACE_READ: _whole(_CO, _TM),
    Permission.GAPS_READ: _whole(_CO, _TM, _WE),
    Permission.LOG_READ: {_CO: _ALL, _PS: _OWN, _AD: _ALL},
    Permission.COVENANT_READ: _INSIDERS,
    Permission.COVENANT_WRITE: _whole(_CO),
    Permission.COVENANT_COMMENT: {_CO: _ALL, _PP: _OWN},
    Permission.COVENANT_FREEZE: _whole(_CO, _TM, _CM, _AD),
    Permission.COVENANT_SIGN: {_PS: _OWN},
    Permission.COVENANT_DECLINE: {_PS: _OWN},
    Permission.INTEREST_RECORD: {_CO: _ALL, _PP: _OWN, _GL: _OWN, _WE: _TOWN},
    Permission.PROGRAMME_READ: _INSIDERS,
    Permission.PROGRAMME_EDIT: _whole(_CO),
    Permission.ACTION_CREATE: {_CO: _ALL, _GL: _GROUP},
    Permission.ACTION_PROPOSE: _whole(_CO, _TM, _PP, _GL, _WE, _GA),
    Permission.PROGRESS_REPORT: {_CO: _ALL, _PP: _OWN, _GL: _GROUP},
    Permission.ROUND_FIX: _whole(_CO),
    Permission.ADOPTION_EDIT: {_CO: _ALL, _PP: _OWN, _GL: _GROUP, _WE: _TOWN},
    Permission.PRACTICE_NOMINATE: {_CO: _ALL, _PP: _OWN, _GL: _GROUP},
    Permission.MEETING_PLAN: {_CO: _ALL, _GL: _GROUP},
    Permission.MEETING_READ: _INSIDERS,
    Permission.BUDGET_READ: _whole(_CO, _TM, _PP, _GL, _WE),
    Permission.CONTRIBUTIONS_READ: {_CO: _ALL, _PS: _OWN, _WE: _ALL},
    Permission.BUDGET_EDIT: _whole(_CO),
    Permission.CONTRIBUTION_CONFIRM: {_PS: _OWN, _WE: _TOWN},
    Permission.ANNOUNCEMENT_SEND: {_CO: _ALL, _GL: _GROUP},
    Permission.BOARD_READ: {**_INSIDERS, _LK: _ALL},
    Permission.BOARD_ITEM_ENTER: {_CO: _ALL, _GL: _GROUP, _WE: _ALL},
    Permission.BOARD_ITEM_PROPOSE: _whole(_PP, _GA),
    Permission.FIGURES_READ: {**_INSIDERS, _LK: _ALL},
    Permission.FIGURES_DELIVER: _whole(_GA),
    Permission.RELEASE_APPROVE: _whole(_GA),
    Permission.READING_WRITE: {_CO: _ALL, _PP: _OWN, _GL: _GROUP, _WE: _TOWN, _GA: _ALL},
    Permission.READING_FIX: _whole(_CO),
    Permission.PLATFORM_MANAGE: _whole(_AD),
}

# Log-in asks these roles for a second factor; a signer is asked at the act.
SECOND_FACTOR_ROLES = frozenset(
    {ActingRole.COORDINATOR, ActingRole.ANALYST, ActingRole.READER, ActingRole.ADMINISTRATOR}
)

# A function in PostgreSQL, which keeps its plan: every page asks this, and to plan it costs ten times what it
# takes to answer it. The last migration that makes it says who has which role.
_ROLES_SQL = "SELECT coalition_id, role FROM coalitions_roles_of(%s, %s)"

Reach = dict[int | None, frozenset[ActingRole]]


def reach_of(person: Any) -> Reach:
    """The roles of `person` today, by coalition id; platform roles stand under None. One query,
    kept for the request."""
    if not person.is_authenticated:
        return {}
    if "_reach" not in person.__dict__:
        with connection.cursor() as cursor:
            cursor.execute(_ROLES_SQL, [person.pk, timezone.localdate()])
            found: dict[int | None, set[ActingRole]] = defaultdict(set)
            for coalition_id, role in cursor.fetchall():
                found[coalition_id].add(ActingRole(role))
        # Leading a group is no way into a coalition: it ends with the place somebody has there.
        person.__dict__["_reach"] = {
            key: frozenset(roles) for key, roles in found.items() if roles != {ActingRole.GROUP_LEAD}
        }
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
    """Whether `person` has `permission`, in `coalition` or, without one, anywhere; how far it
    reaches there is for `scopes_of` and the querysets below."""
    if coalition is None:
        roles = frozenset[ActingRole]().union(*reach_of(person).values())
    else:
        roles = roles_in(person, coalition)
    return not roles.isdisjoint(GRANTS[permission])


def scopes_of(person: Any, permission: Permission, coalition: Coalition) -> frozenset[Scope]:
    """How far `permission` of `person` reaches in `coalition`; empty where she has it not."""
    granted = GRANTS[permission]
    return frozenset(granted[role] for role in roles_in(person, coalition) if role in granted)


def memberships_within(person: Any, permission: Permission, coalition: Coalition) -> MembershipQuerySet:
    """The memberships of `coalition` for which `person` has `permission`: all, or of the
    organisations that she speaks for."""
    scopes = scopes_of(person, permission, coalition)
    if Scope.ALL in scopes:
        return coalition.memberships.all()
    if Scope.ORGANISATION in scopes:
        return coalition.memberships.filter(organisation__in=Organisation.objects.represented_by(person))
    return coalition.memberships.none()


def groups_within(person: Any, permission: Permission, coalition: Coalition) -> QuerySet[WorkingGroup]:
    """The working groups of `coalition` for which `person` has `permission`: all, or those that
    she leads."""
    scopes = scopes_of(person, permission, coalition)
    if Scope.ALL in scopes:
        return coalition.groups.all()
    if Scope.GROUP in scopes:
        leads = WorkingGroupSeat.objects.current().filter(person=person, role=GroupRole.LEAD)
        return coalition.groups.filter(pk__in=leads.values("group"), state__in=LIVING_STATES)
    return coalition.groups.none()


def municipalities_within(person: Any, permission: Permission, coalition: Coalition) -> QuerySet[Area]:
    """The municipalities of `coalition` for which `person` has `permission`: all, or those whose
    municipal organisation she speaks for, as who governs there or as anybody of it."""
    scopes = scopes_of(person, permission, coalition)
    if Scope.ALL in scopes:
        return coalition.municipalities()
    if scopes & {Scope.MUNICIPALITY, Scope.ORGANISATION}:
        return coalition.municipalities().filter(
            organisations__in=Organisation.objects.represented_by(person).filter(type__code="gemeente")
        )
    return coalition.municipalities().none()


def needs_second_factor(person: Any) -> bool:
    """Whether a role of `person` asks for a second factor at log-in."""
    return any(roles & SECOND_FACTOR_ROLES for roles in reach_of(person).values())


def coalition_ids_with(person: Any, permission: Permission) -> list[int]:
    """The coalitions in which `person` has `permission` today."""
    return [
        pk
        for pk, roles in reach_of(person).items()
        if pk is not None and not roles.isdisjoint(GRANTS[permission])
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


def _granting(permission: Permission) -> set[str]:
    """The roles that somebody is given and that bring this right."""
    governs = {Role.COMMISSIONER.value, Role.FIGUREHEAD.value}
    granting = {role.value for role in GRANTS[permission]}
    return granting | governs if ActingRole.ALDERMAN in GRANTS[permission] else granting


def coalition_at(slug: str, person: Any) -> Coalition:
    """The coalition at `slug`, if `person` takes part in it."""
    try:
        return Coalition.objects.visible_to(person).select_related("area").get(slug=slug)
    except Coalition.DoesNotExist:
        raise Outside(told_why_not(person, slug, Role.values)) from None


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
                coalition = kwargs["coalition"] = coalition_at(kwargs.pop("slug"), request.user)
            if not can(request.user, permission, coalition):
                if coalition is None:
                    raise PermissionDenied
                raise PermissionDenied(told_why_not(request.user, coalition.slug, _granting(permission)))
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return guard
