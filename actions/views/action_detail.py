"""One action: why it is there, who does what, how it goes, and what was learned."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actions import outcomes
from actions.models import Action
from actions.models.actions import LIVE_STATES
from actions.moves import moves_from
from actions.presenters import programme as presenter
from actions.reach import reaches
from coalitions.access import Permission, can, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest

REPORTS_SHOWN = 6


def action_of(coalition: Coalition, number: int) -> Action:
    """The action of this coalition with this number."""
    return get_object_or_404(
        coalition.actions.select_related(
            "coalition",
            "programme",
            "theme__programme__coalition",
            "lead__organisation",
            "group",
            "secured_by__organisation",
            "proposed_by",
        ),
        number=number,
    )


@requires(Permission.PROGRAMME_READ)
@require_safe
def action_detail(request: PersonRequest, coalition: Coalition, number: int) -> HttpResponse:
    """The page of one action."""
    action = action_of(coalition, number)
    decides = reaches(request.user, Permission.ACTION_CREATE, action)
    pulls = decides or reaches(request.user, Permission.PROGRESS_REPORT, action)
    return render(
        request,
        "actions/action_detail.html",
        {
            "coalition": coalition,
            "action": action,
            "decides": decides,
            "pulls": pulls,
            "may_want": can(request.user, Permission.INTEREST_RECORD, coalition),
            "moves": moves_from(action.state, all_of_them=decides) if pulls else (),
            "origins": action.origins.select_related("bottleneck").order_by("bottleneck__sort_key"),
            "partners": action.partners.select_related("membership__organisation").order_by(
                "role", "membership__organisation__sort_key"
            ),
            "milestones": action.milestones.all(),
            "areas": action.areas.order_by("sort_key"),
            "heard": outcomes.heard(action=action),
            "steps": action.steps.select_related("recorded_by"),
            "reports": action.reports.told().select_related("membership__organisation", "round")[
                :REPORTS_SHOWN
            ],
            "is_live": action.state in LIVE_STATES,
            "may_propose": can(request.user, Permission.ACTION_PROPOSE, coalition),
            "energy": presenter.energy_of(action),
            "facts": presenter.facts_of(action),
        },
    )
