"""How far somebody's rights on actions reach inside a coalition."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from actions.models import Action, ActionPartner, PartnerRole
from actions.models.actions import ActionQuerySet
from coalitions.access import Permission, Scope, groups_within, memberships_within, scopes_of
from coalitions.models import Coalition


def actions_within(person: Any, permission: Permission, coalition: Coalition) -> ActionQuerySet:
    """The actions of `coalition` for which `person` has `permission`: all, those that her organisation
    pulls, alone or with others, and those of the working groups that she leads."""
    scopes = scopes_of(person, permission, coalition)
    actions = Action.objects.filter(coalition=coalition)
    if Scope.ALL in scopes:
        return actions
    reach = Q(pk__in=[])
    if Scope.ORGANISATION in scopes:
        own = memberships_within(person, permission, coalition).values("pk")
        pulls_along = ActionPartner.objects.filter(
            action=OuterRef("pk"), membership__in=own, role=PartnerRole.CO_LEAD
        )
        reach |= Q(lead__in=own) | Q(Exists(pulls_along))
    if Scope.GROUP in scopes:
        reach |= Q(group__in=groups_within(person, permission, coalition).values("pk"))
    return actions.filter(reach)


def reaches(person: Any, permission: Permission, action: Action) -> bool:
    """Whether `permission` of `person` holds for this very action."""
    return actions_within(person, permission, action.coalition).filter(pk=action.pk).exists()
