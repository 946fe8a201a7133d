"""Where the coordinator lands: what waits, how the coalition stands, and the way to the rest."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coalitions import gaps, workplace_links
from coalitions.access import Permission, can, requires
from coalitions.first_steps import FIRST_PHASES, Step, basics, seven_steps
from coalitions.models import Coalition, MembershipState, Role
from coalitions.presenters import Leader, Standing, leaders_of, second_persons, standing_of
from portal import charts, hooks


@requires(Permission.WORKPLACE_READ)
@require_safe
def workplace(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """Asks first, then the state of the list, the steps of this phase, growth and people."""
    standing = standing_of(coalition)
    leaders = leaders_of(coalition, roles=tuple(Role))
    growth = gaps.growth_from(standing.joined, standing.left)
    drawn = charts.draw({"growth": gaps.growth_chart(growth)}) if growth else {}
    return render(
        request,
        "coalitions/workplace.html",
        {
            "coalition": coalition,
            "inbox": hooks.grouped(hooks.asks_in(coalition, request.user)),
            "states": [
                (state, standing.states[state]) for state in MembershipState if state in standing.states
            ],
            **_steps(coalition, request.user, standing, leaders),
            "growth": growth[-1] if growth else None,
            "chart": drawn.get("growth"),
            "leaders": leaders,
            "second_persons": second_persons(leaders, request.user),
            "links": workplace_links.links(coalition, request.user),
            "panels": hooks.panels(hooks.Place.WORKPLACE, subject=coalition, person=request.user),
        },
    )


def _steps(
    coalition: Coalition, person: Any, standing: Standing, leaders: Sequence[Leader]
) -> dict[str, Sequence[Step]]:
    """What a coalition needs first, and the seven steps of its first phases."""
    steps = basics(
        coalition,
        municipalities=standing.municipalities,
        states=standing.states,
        domains=standing.domains,
        has_commissioner=any(one.role.role == Role.COMMISSIONER for one in leaders),
        may_edit=can(person, Permission.SETTINGS_EDIT, coalition),
    )
    return {
        # Later phases show the list only while something is still open.
        "basics": [] if all(step.is_done for step in steps) else steps,
        "seven": seven_steps(coalition, states=standing.states) if coalition.phase in FIRST_PHASES else [],
    }
