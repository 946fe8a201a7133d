"""One action: why it is there, who does what, how it goes, and what was learned."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actions.presenters.action import for_page, page_of
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest


def action_of(coalition: Coalition, number: int, among: QuerySet[Any] | None = None) -> Any:
    """The action of this coalition with this number."""
    actions = coalition.actions.all() if among is None else among
    action = get_object_or_404(
        actions.select_related(
            "programme",
            "theme__programme__coalition",
            "lead__organisation",
            "group",
            "secured_by__organisation",
            "proposed_by",
        ),
        number=number,
    )
    # This one knows its area already.
    action.coalition = coalition
    return action


@requires(Permission.PROGRAMME_READ)
@require_safe
def action_detail(request: PersonRequest, coalition: Coalition, number: int) -> HttpResponse:
    """The page of one action."""
    action = action_of(coalition, number, for_page(request.user, coalition))
    context = page_of(action, request.user)
    return render(request, "actions/action_detail.html", {"coalition": coalition, **context})
