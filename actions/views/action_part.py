"""What belongs to an action: where it comes from, who takes part, and its milestones."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from actions import milestones, work
from actions.action_forms import MilestoneForm, OriginForm, PartnerForm
from actions.models import Action
from actions.reach import reaches
from actions.views.action_detail import action_of
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.act_pages import carried_out, done

MILESTONE_STEPS: dict[str, tuple[Callable[..., None], str]] = {
    "klaar": (milestones.reach, "De mijlpaal is gehaald."),
    "niet-klaar": (milestones.reopen, "De mijlpaal staat weer open."),
    "weg": (milestones.remove, "De mijlpaal is weg."),
}


@requires(Permission.ACTION_CREATE)
@require_http_methods(["GET", "HEAD", "POST"])
def origin_add(request: PersonRequest, coalition: Coalition, number: int) -> HttpResponse:
    """The action answers a bottleneck or dream."""
    action = _within(request, coalition, number, Permission.ACTION_CREATE)
    form = OriginForm(*sent(request), coalition=coalition)
    return _done_or_form(request, action, form, "Koppel een knelpunt of droom", work.answer)


@requires(Permission.ACTION_CREATE)
@require_POST
def origin_remove(request: PersonRequest, coalition: Coalition, number: int, pk: int) -> HttpResponse:
    """It does not after all."""
    action = _within(request, coalition, number, Permission.ACTION_CREATE)
    origin = get_object_or_404(action.origins.select_related("bottleneck"), pk=pk)
    work.answer_no_longer(action=action, bottleneck=origin.bottleneck, by=request.user)
    messages.success(request, "De koppeling is weg.")
    return redirect(action)


@requires(Permission.ACTION_CREATE)
@require_http_methods(["GET", "HEAD", "POST"])
def partner_add(request: PersonRequest, coalition: Coalition, number: int) -> HttpResponse:
    """A member takes part, or gets another role."""
    action = _within(request, coalition, number, Permission.ACTION_CREATE)
    form = PartnerForm(*sent(request), coalition=coalition)
    return _done_or_form(request, action, form, "Voeg een deelnemer toe", work.set_partner)


@requires(Permission.ACTION_CREATE)
@require_POST
def partner_remove(request: PersonRequest, coalition: Coalition, number: int, pk: int) -> HttpResponse:
    """A member takes part no longer."""
    action = _within(request, coalition, number, Permission.ACTION_CREATE)
    partner = get_object_or_404(action.partners.select_related("membership__organisation", "action"), pk=pk)
    name = partner.membership.organisation
    return done(
        request,
        lambda: work.remove_partner(partner=partner, by=request.user),
        f"{name} doet niet meer mee aan deze actie.",
        action,
    )


@requires(Permission.PROGRESS_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def milestone_add(request: PersonRequest, coalition: Coalition, number: int) -> HttpResponse:
    """Something that is to be ready on a day; who pulls the action decides on this too."""
    action = _within(request, coalition, number, Permission.PROGRESS_REPORT)
    form = MilestoneForm(*sent(request))
    return _done_or_form(request, action, form, "Voeg een mijlpaal toe", milestones.add)


@requires(Permission.PROGRESS_REPORT)
@require_POST
def milestone_step(
    request: PersonRequest, coalition: Coalition, number: int, pk: int, step: str
) -> HttpResponse:
    """It is reached, is not after all, or goes."""
    action = _within(request, coalition, number, Permission.PROGRESS_REPORT)
    milestone = get_object_or_404(action.milestones, pk=pk)
    if step not in MILESTONE_STEPS:
        raise Http404
    operation, done = MILESTONE_STEPS[step]
    operation(milestone=milestone, by=request.user)
    messages.success(request, done)
    return redirect(action)


def _within(request: PersonRequest, coalition: Coalition, number: int, permission: Permission) -> Action:
    """The action, for who may do this with this very one."""
    action = action_of(coalition, number)
    if not reaches(request.user, permission, action):
        raise PermissionDenied
    return action


def _done_or_form(
    request: PersonRequest, action: Action, form: forms.Form, label: str, operation: Callable[..., Any]
) -> HttpResponse:
    if carried_out(
        request, form, partial(operation, action=action, by=request.user), "De wijziging is opgeslagen."
    ):
        return redirect(action)
    context = {"coalition": action.coalition, "action": action, "form": form, "label": label}
    return render(request, "actions/action_part.html", context)
