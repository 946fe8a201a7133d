"""One gem: what it solves, how it works, its kit and who took it over."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actions import outcomes, practices
from actions.models import PracticeState
from coalitions.access import Permission, coalition_ids_with, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest
from portal import files


@login_not_required
@require_safe
def practice_detail(request: HttpRequest, practice_slug: str) -> HttpResponse:
    """Its words for everybody who may read it; the kit is for who takes part in a coalition."""
    person = request.user
    found = practices.visible_to(person).select_related("coalition", "origin", "owner__organisation", "group")
    practice = get_object_or_404(found, slug=practice_slug)
    reads_kit = bool(coalition_ids_with(person, Permission.PROGRAMME_READ))
    written = practices.written_by(person, practice.coalition)
    adopting = coalition_ids_with(person, Permission.ADOPTION_EDIT)
    return render(
        request,
        "actions/practice_detail.html",
        {
            "practice": practice,
            "coalition": practice.coalition,
            "reads_kit": reads_kit,
            "kit": practice.kit_items.select_related("file"),
            "adoptions": practice.adoptions.select_related(
                "municipality", "owner__organisation", "coalition"
            ).order_by("municipality__sort_key", "pk"),
            "writes": reads_kit and written.filter(pk=practice.pk).exists(),
            "may_prebake": practice.coalition_id in coalition_ids_with(person, Permission.PROGRAMME_EDIT),
            "adopting": Coalition.objects.filter(pk__in=adopting).order_by("sort_key")
            if practice.state == PracticeState.PREBAKED
            else [],
            "heard": outcomes.heard(practice=practice)
            if practice.coalition_id in coalition_ids_with(person, Permission.PROGRAMME_READ)
            else [],
        },
    )


@requires(Permission.PROGRAMME_READ)
@require_safe
def kit_download(request: PersonRequest, practice_slug: str, pk: int) -> HttpResponse:
    """A file of the kit, for who takes part in a coalition."""
    practice = get_object_or_404(practices.visible_to(request.user), slug=practice_slug)
    item = get_object_or_404(practice.kit_items.filter(file__isnull=False).select_related("file"), pk=pk)
    return files.download(item.file)
