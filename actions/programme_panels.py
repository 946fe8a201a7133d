"""Blocks about the programme on pages of the floors below."""

from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from actions import local_stands
from actions.models import Action, LocalChapter, LocalStand, LocalState
from actions.models.actions import OPEN_STATES, OVER_STATES
from actions.presenters.overview import of_organisation
from coalitions.access import Permission, can, coalition_ids_with
from coalitions.models import Coalition
from partners.models import Area, Organisation
from portal.hooks import Panel

SHOWN = 10


def on_workplace(coalition: Coalition, person: Any) -> list[Panel]:
    """The ways to the programme, its rounds and its overviews."""
    if not can(person, Permission.PROGRAMME_READ, coalition):
        return []
    context = {
        "coalition": coalition,
        "fixes": can(person, Permission.ROUND_FIX, coalition),
    }
    return [
        Panel(title="Actieprogramma", template="actions/_workplace_panel.html", context=context, order=20)
    ]


def on_municipality(municipality: Area, person: Any) -> list[Panel]:
    """For who reads the programme: the chapter of this municipality and what is done here."""
    coalitions = coalition_ids_with(person, Permission.PROGRAMME_READ)
    if not coalitions:
        return []
    chapters = LocalChapter.objects.filter(
        municipality=municipality, programme__coalition__in=coalitions
    ).select_related("programme__coalition", "contact")
    actions = list(_actions_in(municipality, person, coalitions))
    done_here = [action for action in actions if not action.is_silent]
    context: dict[str, Any] = {
        "chapters": list(chapters),
        "actions": done_here[:SHOWN],
        "more": done_here[SHOWN:],
        "silent": [action for action in actions if action.is_silent],
    }
    if not any(context.values()):
        return []
    context["municipality"] = municipality
    return [
        Panel(
            title="Zo doen wij het hier",
            template="actions/_municipality_panel.html",
            context=context,
            order=30,
        )
    ]


def _actions_in(municipality: Area, person: Any, coalitions: list[int]) -> QuerySet[Any]:
    """What is done in a municipality with how it stands there, and, `is_silent`, of what `person` may still
    say so. One query."""
    told = LocalStand.objects.current().filter(action=OuterRef("pk"), municipality=municipality)
    named = Action.areas.through.objects.filter(action=OuterRef("pk"), area=municipality)
    silent = Q(~Exists(told), local_stands.opened_to(person, municipality), state__in=OPEN_STATES)
    return (
        Action.objects.filter(coalition__in=coalitions)
        .exclude(state__in=OVER_STATES)
        .annotate(
            local_state=Subquery(told.values("state")),
            is_silent=ExpressionWrapper(silent, BooleanField()),
        )
        .filter(
            Exists(named)
            | Exists(told.carried_out())
            | Exists(told.filter(state=LocalState.PREPARING))
            | Q(is_silent=True)
        )
        .select_related("coalition")
        .order_by("coalition", "number")
    )


def on_organisation(organisation: Organisation, person: Any) -> list[Panel]:
    """What the organisation pulls and takes part in, in coalitions whose programme `person` reads."""
    coalitions = coalition_ids_with(person, Permission.PROGRAMME_READ)
    rows = of_organisation(organisation, coalitions) if coalitions else []
    if not rows:
        return []
    return [
        Panel(title="Acties", template="actions/_organisation_panel.html", context={"rows": rows}, order=35)
    ]
