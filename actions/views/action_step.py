"""An action takes a step: from its own page, with what the step asks, or from the board."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from actions.action_forms import MoveForm
from actions.models import Action
from actions.moves import MOVES, Move
from actions.reach import reaches
from actions.views.action_detail import action_of
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest
from portal.acts import Refused


@requires(Permission.PROGRESS_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def action_step(request: PersonRequest, coalition: Coalition, number: int, step: str) -> HttpResponse:
    """What one step asks; posting takes it."""
    action = action_of(coalition, number)
    move = _allowed(request, action, step)
    initial = {
        field: getattr(action, field) for field in ("lead", "lead_name", "starts_on", "due_on", "lesson")
    }
    data = request.POST if request.method == "POST" else None
    form = move.form(data, coalition=coalition, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            action = move.run(action=action, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _done(action))
            return redirect(action)
    context = {"coalition": coalition, "action": action, "move": move, "form": form}
    return render(request, "actions/action_step.html", context)


@requires(Permission.PROGRAMME_EDIT)
@require_POST
def action_move(request: PersonRequest, coalition: Coalition, number: int) -> HttpResponse:
    """A step from the board; one that asks something goes to its own page first."""
    action = action_of(coalition, number)
    form = MoveForm(request.POST)
    back = _back(request, coalition)
    if not form.is_valid() or form.cleaned_data["naar"] not in MOVES:
        messages.error(request, "Kies eerst waarheen je de actie verplaatst.")
        return redirect(back)
    if form.cleaned_data["seen"] != action.state:
        messages.error(
            request, f"‘{action}’ stond intussen al op ‘{action.get_state_display()}’. Kijk nog eens."
        )
        return redirect(back)
    move = MOVES[form.cleaned_data["naar"]]
    if move.asks:
        return redirect("actions:action-step", coalition.slug, number, move.slug)
    try:
        action = move.run(action=action, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _done(action))
    return redirect(back)


def _done(action: Action) -> str:
    return f"‘{action}’ staat nu op ‘{action.get_state_display()}’."


def _allowed(request: PersonRequest, action: Action, step: str) -> Move:
    """The step, for who decides on this action or, where it is about the work itself, pulls it."""
    if step not in MOVES:
        raise Http404
    move = MOVES[step]
    permission = Permission.PROGRESS_REPORT if move.by_lead else Permission.ACTION_CREATE
    if not reaches(request.user, permission, action):
        raise PermissionDenied
    return move


def _back(request: PersonRequest, coalition: Coalition) -> str:
    """The board with its filters, where the form came from there."""
    wanted = request.POST.get("terug", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("actions:action-board", args=[coalition.slug])
