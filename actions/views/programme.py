"""The programme of a coalition: why, under which themes, and how it goes."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from actions import programmes
from actions.models import Programme, ProgrammeKind
from actions.presenters import programme as presenter
from actions.programme_forms import ProgrammeEditForm, ProgrammeForm
from actions.progress import progress_of
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal import files, revisions
from portal.act_pages import carried_out
from portal.acts import Refused

FIELDS = ("title", "kind", "summary", "starts_on", "ends_on")
# The word in the address: what the page is called, its operation, and what happens.
STEPS: dict[str, tuple[str, Any, str]] = {
    "vaststellen": (
        "Stel dit programma vast",
        programmes.adopt,
        "Iedereen ziet dan dat dit het programma is waar de coalitie aan werkt.",
    ),
    "afsluiten": (
        "Sluit dit programma af",
        programmes.close,
        "Het programma blijft te lezen. De acties houden hun eigen stand.",
    ),
}


@requires(Permission.PROGRAMME_READ)
@require_safe
def programme_detail(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """The programme that the address names, else the one in force, with its themes and progress."""
    known = list(coalition.programmes.in_force_first().annotate(chapter_count=Count("chapters")))
    asked = request.GET.get("programma", "")
    programme = next((one for one in known if str(one.pk) == asked), known[0] if known else None)
    return render(
        request,
        "actions/programme_detail.html",
        {
            "coalition": coalition,
            "programme": programme,
            "others": [one for one in known if one != programme],
            "themes": presenter.themes_of(programme, coalition) if programme else [],
            "progress": progress_of(coalition),
            "tabs": presenter.tabs(coalition, "actions:programme-detail"),
        },
    )


@requires(Permission.PROGRAMME_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def programme_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """A new programme, as a draft."""
    form = ProgrammeForm(*sent(request), initial={"kind": ProgrammeKind.ACTION_PROGRAMME})
    if form.is_bound and form.is_valid():
        try:
            programme = programmes.create(coalition=coalition, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"‘{programme}’ staat erin als concept. Maak nu de thema’s.")
            return redirect(programme)
    return _form_page(request, coalition, form, "Nieuw programma")


@requires(Permission.PROGRAMME_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def programme_edit(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """What it is about, its years and its document."""
    programme = get_object_or_404(coalition.programmes.select_related("coalition"), pk=pk)
    initial = {field: getattr(programme, field) for field in FIELDS}
    form = ProgrammeEditForm(*sent(request), initial=initial | {"seen": revisions.revision_of(programme)})
    if carried_out(
        request,
        form,
        partial(programmes.edit, programme=programme, by=request.user),
        "De wijziging is opgeslagen.",
    ):
        return redirect(programme)
    return _form_page(request, coalition, form, "Wijzig dit programma", programme)


@requires(Permission.PROGRAMME_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def programme_step(request: PersonRequest, coalition: Coalition, pk: int, step: str) -> HttpResponse:
    """Adopt or close, after asking."""
    programme = get_object_or_404(coalition.programmes.select_related("coalition"), pk=pk)
    if step not in STEPS:
        raise Http404
    label, operation, meaning = STEPS[step]
    form = forms.Form(*sent(request))
    if form.is_bound and form.is_valid():
        try:
            operation(programme=programme, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Gedaan: {label.lower()}.")
            return redirect(programme)
    return _form_page(request, coalition, form, label, programme, meaning=meaning)


@requires(Permission.PROGRAMME_READ)
@require_safe
def programme_document(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The document of the programme."""
    programme = get_object_or_404(
        coalition.programmes.select_related("document"), pk=pk, document__isnull=False
    )
    return files.download(programme.document)


def _form_page(
    request: PersonRequest,
    coalition: Coalition,
    form: Any,
    label: str,
    programme: Programme | None = None,
    *,
    meaning: str = "",
) -> HttpResponse:
    context = {
        "coalition": coalition,
        "programme": programme,
        "form": form,
        "label": label,
        "meaning": meaning,
    }
    return render(request, "actions/programme_form.html", context)
