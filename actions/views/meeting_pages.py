"""What the pages about one meeting share: finding it, and a page with one form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from actions import meetings
from actions.models import Meeting
from coalitions.models import Coalition
from partners.requests import PersonRequest
from portal.act_pages import carried_out


def readable(
    request: PersonRequest, coalition: Coalition, pk: int, among: QuerySet[Any] | None = None
) -> Any:
    """The meeting, for who may know of it."""
    found = meetings.readable_by(request.user, coalition) if among is None else among
    return get_object_or_404(found.select_related("coalition", "series", "group"), pk=pk)


def managed(request: PersonRequest, coalition: Coalition, pk: int) -> Meeting:
    """The meeting, for who plans it; refused to who may only read it."""
    meeting = readable(request, coalition, pk)
    if not meetings.managed_by(request.user, coalition).filter(pk=pk).exists():
        raise PermissionDenied
    return meeting


def page(request: PersonRequest, meeting: Meeting, name: str) -> str:
    """The address of the page `name` of this meeting."""
    return reverse(f"actions:{name}", args=[meeting.coalition.slug, meeting.pk])


def form_page(
    request: PersonRequest,
    meeting: Meeting,
    form: forms.Form,
    operation: Callable[..., object],
    *,
    title: str,
    submit: str,
    sentence: str,
    address: str = "",
    kind: str = "primary",
    lead: str = "",
) -> HttpResponse:
    """A page with one form about a meeting: show it, or do what was filled in."""
    address = address or meeting.get_absolute_url()
    if carried_out(request, form, operation, sentence):
        return redirect(address)
    context: dict[str, Any] = {
        "coalition": meeting.coalition,
        "meeting": meeting,
        "form": form,
        "title": title,
        "submit": submit,
        "kind": kind,
        "lead": lead,
        "cancel_url": address,
    }
    return render(request, "actions/meeting_form.html", context)
