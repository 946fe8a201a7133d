"""Who manages a working group starts it, staffs it, puts it to rest and closes it."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from coalitions import groups
from coalitions.access import Permission, requires
from coalitions.group_forms import (
    GroupDocumentForm,
    GroupPersonForm,
    GroupReasonForm,
    GroupStartForm,
    GroupStepForm,
    WorkingGroupEditForm,
)
from coalitions.models import Coalition, WorkingGroup
from coalitions.views.working_group_detail import managed
from partners.requests import PersonRequest, sent
from portal.act_pages import carried_out, done
from portal.acts import Refused
from portal.revisions import revision_of

# The word in the address: what the page is called, its operation, and what it asks.
STEPS: dict[str, tuple[str, Any, type[GroupStepForm]]] = {
    "starten": ("Start deze groep", groups.start, GroupStartForm),
    "afwijzen": ("Laat dit voorstel niet doorgaan", groups.decline, GroupReasonForm),
    "stilleggen": ("Leg deze groep stil", groups.rest, GroupStepForm),
    "hervatten": ("Hervat deze groep", groups.resume, GroupStepForm),
    "afronden": ("Rond deze groep af", groups.close, GroupReasonForm),
}


@requires(Permission.GROUP_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def working_group_step(
    request: PersonRequest, coalition: Coalition, group_slug: str, step: str
) -> HttpResponse:
    """One step of the group, with what it asks."""
    group = managed(request, coalition, group_slug)
    if step not in STEPS:
        raise Http404
    label, operation, form_class = STEPS[step]
    asked: dict[str, Any] = {"coalition": coalition} if form_class is GroupStartForm else {}
    form = form_class(*sent(request), initial={"seen": group.state}, **asked)
    if carried_out(
        request, form, partial(operation, group=group, by=request.user), f"Gedaan: {label.lower()}."
    ):
        return redirect(group)
    return _form_page(request, group, form, label, is_grave=form_class is GroupReasonForm)


@requires(Permission.GROUP_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def working_group_edit(request: PersonRequest, coalition: Coalition, group_slug: str) -> HttpResponse:
    """Name, kind and purpose."""
    group = managed(request, coalition, group_slug)
    initial = {field: getattr(group, field) for field in ("name", "kind", "purpose", "is_open")}
    form = WorkingGroupEditForm(*sent(request), initial=initial | {"seen": revision_of(group)})
    return _done_or_form(request, group, form, "Wijzig deze groep", groups.edit)


@requires(Permission.GROUP_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def working_group_person_add(request: PersonRequest, coalition: Coalition, group_slug: str) -> HttpResponse:
    """Somebody takes part, or gets another role."""
    group = managed(request, coalition, group_slug)
    form = GroupPersonForm(*sent(request), coalition=coalition)
    return _done_or_form(request, group, form, "Voeg iemand toe", groups.add_person)


@requires(Permission.GROUP_MANAGE)
@require_POST
def working_group_person_end(
    request: PersonRequest, coalition: Coalition, group_slug: str, pk: int
) -> HttpResponse:
    """Somebody's place ends today."""
    group = managed(request, coalition, group_slug)
    seat = get_object_or_404(group.seats.current().select_related("person"), pk=pk)
    return done(
        request,
        lambda: groups.end_seat(seat=seat, by=request.user),
        f"{seat.person} zit niet meer in deze groep.",
        group,
    )


@requires(Permission.GROUP_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def working_group_document_add(request: PersonRequest, coalition: Coalition, group_slug: str) -> HttpResponse:
    """A document for the people of the group."""
    group = managed(request, coalition, group_slug)
    form = GroupDocumentForm(*sent(request))
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            groups.add_document(group=group, title=form.cleaned_data["title"], upload=upload, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Het document staat erbij.")
            return redirect(group)
    return _form_page(request, group, form, "Voeg een document toe")


@requires(Permission.GROUP_MANAGE)
@require_POST
def working_group_document_remove(
    request: PersonRequest, coalition: Coalition, group_slug: str, pk: int
) -> HttpResponse:
    """The document goes."""
    group = managed(request, coalition, group_slug)
    groups.remove_document(document=get_object_or_404(group.documents, pk=pk), by=request.user)
    messages.success(request, "Het document is verwijderd.")
    return redirect(group)


def _done_or_form(
    request: PersonRequest, group: WorkingGroup, form: forms.Form, label: str, operation: Any
) -> HttpResponse:
    if carried_out(
        request, form, partial(operation, group=group, by=request.user), "De wijziging is opgeslagen."
    ):
        return redirect(group)
    return _form_page(request, group, form, label)


def _form_page(
    request: PersonRequest, group: WorkingGroup, form: forms.Form, label: str, *, is_grave: bool = False
) -> HttpResponse:
    context = {
        "coalition": group.coalition,
        "group": group,
        "form": form,
        "label": label,
        "kind": "danger" if is_grave else "primary",
    }
    return render(request, "coalitions/working_group_form.html", context)
