"""The covenant of a coalition: its text in full, what signing means, and all its versions."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coalitions.access import Permission, can
from coalitions.models import Coalition
from coalitions.organisation_access import own_organisations
from covenants import documents
from covenants.force import force_of, meanwhile
from covenants.models import Covenant
from covenants.presenters.texts import text_page
from covenants.register import Entry, register


@login_not_required
@require_safe
def covenant_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest document of the coalition, or what to do where there is none."""
    coalition = documents.coalition_for(request.user, slug)
    found = documents.documents_for(request.user, coalition)
    return _page(request, coalition, found, found[0] if found else None)


@login_not_required
@require_safe
def document_detail(request: HttpRequest, slug: str, document: str) -> HttpResponse:
    """Another document of the coalition."""
    coalition = documents.coalition_for(request.user, slug)
    found = documents.documents_for(request.user, coalition)
    chosen = next((one for one in found if one.slug == document), None)
    if chosen is None:
        raise Http404
    return _page(request, coalition, found, chosen)


def _page(
    request: HttpRequest, coalition: Coalition, found: list[Covenant], chosen: Covenant | None
) -> HttpResponse:
    context: dict[str, Any] = {
        "coalition": coalition,
        "document": chosen,
        "others": [one for one in found if one is not chosen],
    }
    if chosen:
        version = documents.shown_version(chosen)
        context["page"] = text_page(version)
        if not version.is_draft:
            entries = register(chosen)
            context["force"] = force_of(version, entries, on=timezone.localdate())
            context["meanwhile"] = meanwhile(version, entries)
            context["is_party"] = _speaks_for_one(request.user, coalition, entries)
            versions: Any = chosen.all_versions
            for one in versions:
                one.binds = sum(entry.bound_by.number == one.number for entry in entries)
    return render(request, "covenants/covenant_detail.html", context)


def _speaks_for_one(person: Any, coalition: Coalition, entries: list[Entry]) -> bool:
    """Whether `person` may give notice for one of the parties."""
    if not entries or not can(person, Permission.COVENANT_DECLINE, coalition):
        return False
    own = set(own_organisations(person).values_list("pk", flat=True))
    return any(holder.pk in own for entry in entries for holder in entry.holders)
