"""Who has a gem writes it down, fills its kit and nominates it; the coordinator makes it ready."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from actions import practices
from actions.models import Practice
from actions.practice_forms import KitItemForm, PracticeForm, RetireForm, facts_of
from coalitions.access import Permission, can, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.act_pages import carried_out, done
from portal.acts import Refused

# The word in the address: what the page is called, its operation, what it asks, and whose step it is.
STEPS: dict[str, tuple[str, Any, type[forms.Form], Permission]] = {
    "voordragen": ("Draag deze parel voor", practices.nominate, forms.Form, Permission.PRACTICE_NOMINATE),
    "voorbakken": ("Maak voorgebakken", practices.prebake, forms.Form, Permission.PROGRAMME_EDIT),
    "stoppen": ("Niet meer in gebruik", practices.retire, RetireForm, Permission.PROGRAMME_EDIT),
}


@requires(Permission.PRACTICE_NOMINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def practice_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """A new gem, for its own coalition to read."""
    form = PracticeForm(*sent(request), coalition=coalition, person=request.user)
    if form.is_bound and form.is_valid():
        try:
            practice = practices.write_down(coalition=coalition, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "De parel staat erin. Jullie coalitie kan haar nu lezen.")
            return redirect(practice)
    context = {"coalition": coalition, "form": form, "title": "Schrijf een parel op", "submit": "Sla op"}
    return render(request, "actions/practice_form.html", context)


@requires(Permission.PRACTICE_NOMINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def practice_edit(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Write it better."""
    practice = _written(request, coalition, pk)
    form = PracticeForm(*sent(request), initial=facts_of(practice), coalition=coalition, person=request.user)
    return _page(request, practice, form, practices.edit, title="Wijzig deze parel", submit="Sla op")


@requires(Permission.PRACTICE_NOMINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def practice_step(request: PersonRequest, coalition: Coalition, pk: int, step: str) -> HttpResponse:
    """Nominate it, make it ready, or retire it."""
    practice = _written(request, coalition, pk)
    if step not in STEPS:
        raise Http404
    label, operation, form_class, permission = STEPS[step]
    if not can(request.user, permission, coalition):
        raise PermissionDenied
    form = form_class(*sent(request))
    return _page(request, practice, form, operation, title=label, submit=label)


@requires(Permission.PRACTICE_NOMINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def kit_item_add(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """A file or link with which others begin."""
    practice = _written(request, coalition, pk)
    form = KitItemForm(*sent(request))
    return _page(
        request, practice, form, practices.add_kit_item, title="Voeg iets toe aan de kit", submit="Voeg toe"
    )


@requires(Permission.PRACTICE_NOMINATE)
@require_POST
def kit_item_remove(request: PersonRequest, coalition: Coalition, pk: int, item_pk: int) -> HttpResponse:
    """It goes."""
    practice = _written(request, coalition, pk)
    item = get_object_or_404(practice.kit_items, pk=item_pk)
    return done(
        request,
        lambda: practices.remove_kit_item(item=item, by=request.user),
        "Het onderdeel is uit de kit.",
        practice,
    )


def _written(request: PersonRequest, coalition: Coalition, pk: int) -> Practice:
    """The gem, for who writes it; refused to others of the coalition."""
    practice = get_object_or_404(coalition.practices.select_related("coalition", "origin", "group"), pk=pk)
    if not practices.written_by(request.user, coalition).filter(pk=pk).exists():
        raise PermissionDenied
    return practice


def _page(
    request: PersonRequest,
    practice: Practice,
    form: forms.Form,
    operation: Any,
    *,
    title: str,
    submit: str,
) -> HttpResponse:
    if carried_out(request, form, partial(operation, practice=practice, by=request.user), "Gedaan."):
        return redirect(practice)
    context = {
        "coalition": practice.coalition,
        "practice": practice,
        "form": form,
        "title": title,
        "submit": submit,
        "kind": "danger" if isinstance(form, RetireForm) else "primary",
    }
    return render(request, "actions/practice_form.html", context)
