"""An action is thought of by anybody, and written by who decides on it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from actions import work
from actions.action_forms import ActionEditForm, ActionForm, ProposalForm
from actions.models import Action, Bottleneck
from actions.reach import reaches
from actions.views.action_detail import action_of
from coalitions.access import Permission, Scope, groups_within, requires, scopes_of
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal import hooks, revisions
from portal.act_pages import carried_out
from portal.acts import Refused


@requires(Permission.ACTION_PROPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def action_propose(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """An idea, with what little is needed to talk about it."""
    source = _source(request, coalition)
    form = ProposalForm(*sent(request), coalition=coalition, initial=_start(request, source))
    return _add(request, coalition, form, source, "Stel een actie voor")


@requires(Permission.ACTION_CREATE)
@require_http_methods(["GET", "HEAD", "POST"])
def action_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """An action with all that is known of it."""
    source = _source(request, coalition)
    form = ActionForm(*sent(request), coalition=coalition, initial=_start(request, source))
    _keep_to_own_groups(request, coalition, form)
    return _add(request, coalition, form, source, "Voeg een actie toe")


@requires(Permission.ACTION_CREATE)
@require_http_methods(["GET", "HEAD", "POST"])
def action_edit(request: PersonRequest, coalition: Coalition, number: int) -> HttpResponse:
    """What the action is; its state moves by steps."""
    action = action_of(coalition, number)
    if not reaches(request.user, Permission.ACTION_CREATE, action):
        raise PermissionDenied
    initial = {name: getattr(action, name) for name in ActionForm.base_fields if name != "areas"}
    initial |= {"areas": action.areas.all(), "seen": revisions.revision_of(action)}
    form = ActionEditForm(*sent(request), coalition=coalition, initial=initial)
    _keep_to_own_groups(request, coalition, form)
    if carried_out(
        request, form, partial(work.edit, action=action, by=request.user), "De wijziging is opgeslagen."
    ):
        return redirect(action)
    return _form_page(request, coalition, form, "Wijzig deze actie", action=action)


def _add(
    request: PersonRequest, coalition: Coalition, form: ProposalForm, source: Bottleneck | None, label: str
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        answers = [source] if source else []
        try:
            action = work.propose(
                coalition=coalition, by=request.user, bottlenecks=answers, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"‘{action}’ staat erin als idee, met nummer {action.number}.")
            return redirect(action)
    return _form_page(request, coalition, form, label, source=source)


def _source(request: PersonRequest, coalition: Coalition) -> Bottleneck | None:
    """The bottleneck that the address or the form names, if it is one of this coalition."""
    asked = request.POST.get("knelpunt") or request.GET.get("knelpunt", "")
    return coalition.bottlenecks.filter(pk=asked).first() if asked.isdecimal() else None


def _start(request: PersonRequest, source: Bottleneck | None) -> dict[str, Any]:
    if source is None:
        codes = [code for code in request.GET.getlist("cijfer") if code in hooks.figure_links()]
        return {"theme": request.GET.get("thema", ""), "indicator_codes": codes}
    return {"theme": source.theme_id, "why": source.text, "factors": source.factors}


def _keep_to_own_groups(request: PersonRequest, coalition: Coalition, form: ActionForm) -> None:
    """Who leads a group, adds actions of that group only."""
    if Scope.ALL in scopes_of(request.user, Permission.ACTION_CREATE, coalition):
        return
    field = form.fields["group"]
    field.queryset = groups_within(request.user, Permission.ACTION_CREATE, coalition)  # type: ignore[attr-defined]
    field.required = True


def _form_page(
    request: PersonRequest,
    coalition: Coalition,
    form: ProposalForm,
    label: str,
    *,
    action: Action | None = None,
    source: Bottleneck | None = None,
) -> HttpResponse:
    context = {"coalition": coalition, "form": form, "label": label, "action": action, "source": source}
    return render(request, "actions/action_form.html", context)
