"""A municipality takes over a gem, does it in its own way, and says what it learned."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from actions import adoptions, practices
from actions.models import PracticeAdoption
from actions.models.practices import ADOPTION_MOVES, AdoptionState
from actions.practice_forms import AdoptForm, AdoptionEditForm, LessonForm, StartForm
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.act_pages import carried_out
from portal.acts import Refused

# The word in the address: what the page is called, its operation, what it asks, and where it leads.
STEPS: dict[str, tuple[str, Any, type[forms.Form], AdoptionState]] = {
    "voorbereiden": ("We bereiden dit voor", adoptions.prepare, forms.Form, AdoptionState.PREPARING),
    "starten": ("Het loopt hier", adoptions.start, StartForm, AdoptionState.RUNNING),
    "borgen": ("Het is geborgd", adoptions.secure, LessonForm, AdoptionState.SECURED),
    "stoppen": ("We stoppen ermee", adoptions.stop, LessonForm, AdoptionState.STOPPED),
}


@requires(Permission.ADOPTION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def adoption_add(request: PersonRequest, coalition: Coalition, practice_slug: str) -> HttpResponse:
    """A municipality of this coalition takes over a gem of anybody."""
    practice = get_object_or_404(practices.visible_to(request.user), slug=practice_slug)
    form = AdoptForm(*sent(request), coalition=coalition, person=request.user)
    if form.is_bound and form.is_valid():
        try:
            adoption = adoptions.adopt(
                practice=practice, coalition=coalition, by=request.user, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "De parel is overgenomen. Begin met voorbereiden.")
            return redirect(adoption)
    context = {"coalition": coalition, "practice": practice, "form": form}
    return render(request, "actions/adoption_add.html", context)


@requires(Permission.PROGRAMME_READ)
@require_safe
def adoption_detail(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """How one municipality does it."""
    adoption = _of(coalition, pk)
    open_steps = [
        (word, label)
        for word, (label, _, _, to) in STEPS.items()
        if to in ADOPTION_MOVES.get(adoption.state, ())
    ]
    return render(
        request,
        "actions/adoption_detail.html",
        {
            "coalition": coalition,
            "adoption": adoption,
            "keeps": adoptions.within(request.user, coalition).filter(pk=pk).exists(),
            "steps": open_steps,
        },
    )


@requires(Permission.ADOPTION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def adoption_edit(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Their own words and what they learned so far."""
    adoption = _kept(request, coalition, pk)
    initial = {"adapted_text": adoption.adapted_text, "lesson": adoption.lesson}
    form = AdoptionEditForm(*sent(request), initial=initial)
    return _page(request, adoption, form, adoptions.edit, "Schrijf op hoe jullie het doen")


@requires(Permission.ADOPTION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def adoption_step(request: PersonRequest, coalition: Coalition, pk: int, step: str) -> HttpResponse:
    """One step further."""
    adoption = _kept(request, coalition, pk)
    if step not in STEPS:
        raise Http404
    label, operation, form_class, _ = STEPS[step]
    initial = {"adapted_text": adoption.adapted_text, "lesson": adoption.lesson}
    form = form_class(*sent(request), initial=initial)
    return _page(request, adoption, form, operation, label)


def _of(coalition: Coalition, pk: int) -> PracticeAdoption:
    found = coalition.adoptions.select_related("practice", "municipality", "owner__organisation", "coalition")
    return get_object_or_404(found, pk=pk)


def _kept(request: PersonRequest, coalition: Coalition, pk: int) -> PracticeAdoption:
    """The adoption, for who keeps it; refused to others of the coalition."""
    adoption = _of(coalition, pk)
    if not adoptions.within(request.user, coalition).filter(pk=pk).exists():
        raise PermissionDenied
    return adoption


def _page(
    request: PersonRequest, adoption: PracticeAdoption, form: forms.Form, operation: Any, title: str
) -> HttpResponse:
    if carried_out(request, form, partial(operation, adoption=adoption, by=request.user), "Opgeslagen."):
        return redirect(adoption)
    context = {"coalition": adoption.coalition, "adoption": adoption, "form": form, "title": title}
    return render(request, "actions/adoption_form.html", context)
