"""What is done about a figure: the actions that name it."""

from typing import Any

from actions.models import Action, ActionState
from coalitions.access import Permission, coalition_ids_with
from coalitions.models import Coalition

MOST_ACTIONS = 12


def actions_about(code: str, *, person: Any, coalition: Coalition | None) -> list[Action]:
    """The actions about this indicator that `person` may read: of `coalition`, else of all hers."""
    readable = coalition_ids_with(person, Permission.PROGRAMME_READ)
    if coalition is not None:
        readable = [pk for pk in readable if pk == coalition.pk]
    if not readable:
        return []
    actions = Action.objects.filter(coalition__in=readable, indicator_codes__contains=[code])
    living = actions.exclude(state=ActionState.STOPPED)
    return list(living.select_related("coalition").order_by("coalition", "number")[:MOST_ACTIONS])
