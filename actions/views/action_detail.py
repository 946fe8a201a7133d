"""One action: why it is there, who does what, how it goes, and what was learned."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actions.models import Action
from actions.presenters.action import page_of
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest


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
    context = page_of(action_of(coalition, number), request.user)
    return render(request, "actions/action_detail.html", {"coalition": coalition, **context})
