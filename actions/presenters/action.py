"""The page of one action: where it comes from, who does what, how it goes, and what was learned."""

from typing import Any

from actions import outcomes
from actions.models import Action
from actions.models.actions import LIVE_STATES
from actions.moves import moves_from
from actions.presenters import programme
from actions.reach import reaches
from coalitions.access import Permission, can

REPORTS_SHOWN = 6


def page_of(action: Action, person: Any) -> dict[str, Any]:
    """Everything on it, for who looks at it."""
    decides = reaches(person, Permission.ACTION_CREATE, action)
    pulls = decides or reaches(person, Permission.PROGRESS_REPORT, action)
    reports = action.reports.told().select_related("membership__organisation", "round")
    return {
        "action": action,
        "decides": decides,
        "pulls": pulls,
        "may_want": can(person, Permission.INTEREST_RECORD, action.coalition),
        "may_propose": can(person, Permission.ACTION_PROPOSE, action.coalition),
        "is_live": action.state in LIVE_STATES,
        "moves": moves_from(action.state, all_of_them=decides) if pulls else (),
        "origins": programme.origins_of(action),
        "heard": outcomes.heard(action=action),
        "partners": action.partners.select_related("membership__organisation").order_by(
            "role", "membership__organisation__sort_key"
        ),
        "milestones": action.milestones.all(),
        "areas": action.areas.order_by("sort_key"),
        "steps": action.steps.select_related("recorded_by"),
        "reports": reports[:REPORTS_SHOWN],
        "energy": programme.energy_of(action),
        "facts": programme.facts_of(action),
    }
