"""One figure on a whole screen or sheet, for a meeting."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from monitoring import figure_files, interpretations, keeping, selection
from monitoring.presenters.indicator_page import screen_of


@login_not_required
@require_safe
def indicator_screen(request: HttpRequest, code: str) -> HttpResponse:
    """What the figure says in large letters, its charts, and what partners read in it together."""
    choice = selection.choose(code, person=request.user, words=request.GET.dict())
    stamp = keeping.stamp_with_places()
    found = keeping.keep("screen", (stamp, *choice.made_of), lambda: screen_of(selection.read(choice)))
    shared = interpretations.shared_of(code, area=choice.area, person=request.user)
    context = {
        **found,
        "definition": choice.definition,
        "area": choice.area,
        "shared": shared.get((choice.area.pk, found["period_pk"]), ""),
        "release": figure_files.release_of(stamp),
        "back_url": reverse("monitoring:indicator-detail", args=[code]) + found["query"],
    }
    return render(request, "monitoring/indicator_screen.html", context)
