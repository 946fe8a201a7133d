"""Where the coordinator lands: how the coalition stands and what waits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coalitions.access import Permission, requires
from coalitions.first_steps import FIRST_PHASES, first_steps
from coalitions.models import Coalition, MembershipState, Role
from coalitions.presenters import leaders_of, standing_of
from portal import hooks


@requires(Permission.WORKPLACE_READ)
@require_safe
def workplace(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """Asks first, then the state of the list, the first steps and the people."""
    states, domains = standing_of(coalition)
    leaders = leaders_of(coalition, roles=tuple(Role))
    steps = first_steps(
        coalition,
        municipalities=coalition.municipalities().count(),
        states=states,
        domains=domains,
        has_commissioner=any(one.role.role == Role.COMMISSIONER for one in leaders),
    )
    return render(
        request,
        "coalitions/workplace.html",
        {
            "coalition": coalition,
            "asks": hooks.asks_in(coalition, request.user),
            "states": [(state, states[state]) for state in MembershipState if state in states],
            "steps": steps,
            # Later phases show the list only while a first step is still open.
            "shows_steps": coalition.phase in FIRST_PHASES or not all(step.is_done for step in steps),
            "leaders": leaders,
            "panels": hooks.panels(hooks.Place.WORKPLACE, subject=coalition, person=request.user),
        },
    )
