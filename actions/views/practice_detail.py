"""One gem: what it solves, how it works, its kit and who took it over."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actions import outcomes, practices
from actions.models import Practice, PracticeAdoption, PracticeState
from coalitions.access import Permission, coalition_ids_with, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest
from portal import files


@login_not_required
@require_safe
def practice_detail(request: HttpRequest, practice_slug: str) -> HttpResponse:
    """Its words for everybody who may read it; the kit is for who takes part in a coalition."""
    found = practices.visible_to(request.user).select_related(
        "coalition", "origin", "owner__organisation", "group"
    )
    practice = get_object_or_404(found, slug=practice_slug)
    return render(request, "actions/practice_detail.html", _page_of(practice, request.user))


def _page_of(practice: Practice, person: Any) -> dict[str, Any]:
    """What is on the page, and what `person` may do there."""
    reading, adopting, editing = (
        coalition_ids_with(person, permission)
        for permission in (Permission.PROGRAMME_READ, Permission.ADOPTION_EDIT, Permission.PROGRAMME_EDIT)
    )
    own = practice.coalition_id
    is_ready = practice.state == PracticeState.PREBAKED
    written = practices.written_by(person, practice.coalition).filter(pk=practice.pk)
    return {
        "practice": practice,
        "coalition": practice.coalition,
        "reads_kit": bool(reading),
        "kit": practice.kit_items.select_related("file"),
        "adoptions": _adoptions_of(practice),
        "writes": bool(reading) and written.exists(),
        "may_prebake": own in editing,
        "adopting": Coalition.objects.filter(pk__in=adopting).order_by("sort_key") if is_ready else [],
        "heard": outcomes.heard(practice=practice) if own in reading else [],
    }


def _adoptions_of(practice: Practice) -> QuerySet[PracticeAdoption]:
    """Where it was taken over, by the name of the municipality."""
    adoptions = practice.adoptions.select_related("municipality", "owner__organisation", "coalition")
    return adoptions.order_by("municipality__sort_key", "pk")


@requires(Permission.PROGRAMME_READ)
@require_safe
def kit_download(request: PersonRequest, practice_slug: str, pk: int) -> HttpResponse:
    """A file of the kit, for who takes part in a coalition."""
    practice = get_object_or_404(practices.visible_to(request.user), slug=practice_slug)
    item = get_object_or_404(practice.kit_items.filter(file__isnull=False).select_related("file"), pk=pk)
    return files.download(item.file)
