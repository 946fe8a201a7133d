"""All municipalities of the page of one indicator, on a page of their own."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from monitoring import figure_files, keeping, selection, sentences
from monitoring.presenters.indicator_table import TownList, table_of


@login_not_required
@require_safe
@conditional_page
def indicator_table(request: HttpRequest, code: str) -> HttpResponse:
    """The same choice of area, period and comparison; to search in and to put in order."""
    choice = selection.choose(code, person=request.user, words=request.GET.dict())
    stamp, definition = keeping.stamp_with_places(), choice.definition
    found = keeping.keep("table", (stamp, *choice.made_of), lambda: table_of(selection.read(choice)))
    towns = TownList(found["rows"], request.GET)
    context = {
        **found,
        "definition": definition,
        "area": choice.area,
        "towns": towns,
        "has_margin": sentences.has_margin(definition),
        "no_ranking": sentences.no_ranking(definition, is_by_name=towns.is_by_name),
        "release": figure_files.release_of(stamp),
        "indicator_url": reverse("monitoring:indicator-detail", args=[code]) + found["query"],
    }
    return render(request, "monitoring/indicator_table.html", context)
