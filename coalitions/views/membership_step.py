"""The coordinator takes a step with a membership: from its own page, or from the board."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from coalitions.access import Permission, requires
from coalitions.member_forms import MembershipMoveForm, MembershipStepForm
from coalitions.models import Coalition, Membership
from coalitions.moves import MOVES, Move
from partners.requests import PersonRequest
from portal.acts import Refused


@requires(Permission.MEMBERSHIP_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def membership_step(request: PersonRequest, coalition: Coalition, pk: int, step: str) -> HttpResponse:
    """The date and the reason of one step; posting takes it."""
    membership = _membership(coalition, pk)
    move = _move(step)
    form = MembershipStepForm(
        request.POST if request.method == "POST" else None,
        question=move.question,
        needs_reason=move.is_grave,
        initial={"seen": membership.state},
    )
    if form.is_bound and form.is_valid():
        try:
            moved = move.run(membership=membership, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _done(moved))
            return redirect("coalitions:membership-detail", coalition.slug, pk)
    return render(
        request,
        "coalitions/membership_step.html",
        {"coalition": coalition, "membership": membership, "move": move, "form": form},
    )


@requires(Permission.MEMBERSHIP_CHANGE)
@require_POST
def membership_move(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """A step from the board, as of today; a grave one asks for its reason first."""
    membership = _membership(coalition, pk)
    form = MembershipMoveForm(request.POST)
    back = _back(request, coalition)
    if not form.is_valid() or form.cleaned_data["naar"] not in MOVES:
        messages.error(request, "Kies eerst waarheen je de organisatie verplaatst.")
        return redirect(back)
    move = MOVES[form.cleaned_data["naar"]]
    if move.is_grave:
        return redirect("coalitions:membership-step", coalition.slug, pk, move.slug)
    try:
        moved = move.run(membership=membership, by=request.user, seen=form.cleaned_data["seen"])
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _done(moved))
    return redirect(back)


def _done(membership: Membership) -> str:
    return f"{membership.organisation}: de stand is nu ‘{membership.get_state_display()}’."


def _membership(coalition: Coalition, pk: int) -> Membership:
    return get_object_or_404(coalition.memberships.for_list(), pk=pk)


def _move(step: str) -> Move:
    if step not in MOVES:
        raise Http404
    return MOVES[step]


def _back(request: PersonRequest, coalition: Coalition) -> str:
    """The board with its filters, where the form came from there."""
    wanted = request.POST.get("terug", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("coalitions:pipeline-board", args=[coalition.slug])
