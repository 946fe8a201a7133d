"""The catalogue of indicators."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coalitions import menu
from coalitions.access import readable_by
from coalitions.models import Coalition
from monitoring import agenda
from monitoring.catalogue import load_definitions
from monitoring.forms import CatalogueForm
from monitoring.models import Aggregate
from monitoring.presenters import catalogue
from monitoring.presenters.readings import by_indicator, country_of
from portal.numbers import counted


@login_not_required
@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    """Every indicator by theme with the figure of the country, and of a coalition beside it."""
    coalitions = list(readable_by(request.user).select_related("area").order_by("sort_key"))
    form = CatalogueForm(request.GET, coalitions=coalitions)
    chosen = form.cleaned_data if form.is_valid() else {}
    coalition = _chosen(coalitions, request.GET.get("coalitie", ""))
    definitions = catalogue.matching(
        load_definitions(), words=chosen.get("zoek", ""), theme=chosen.get("thema", "")
    )
    area = coalition.area if coalition else None
    known = Aggregate.objects.of_indicators(item.code for item in definitions)
    rows = list(known.of_areas_and_country(area).newest_of(area).for_page())
    themes = catalogue.themes(definitions, by_indicator(rows), area=area, country=country_of(rows))
    wishes = agenda.matching(agenda.load_agenda(), words=chosen.get("zoek", ""))
    return render(
        request,
        "monitoring/indicator_list.html",
        {
            "form": form,
            "coalition": coalition,
            "menu": menu.entries(coalition, request.user, path=request.path) if coalition else [],
            "themes": themes,
            # What is wanted has no theme yet.
            "wishes": [] if chosen.get("thema") else wishes,
            "count": counted(len(definitions), "cijfer", "cijfers"),
        },
    )


def _chosen(coalitions: list[Coalition], slug: str) -> Coalition | None:
    if not slug:
        return None
    found = next((coalition for coalition in coalitions if coalition.slug == slug), None)
    if found is None:
        raise Http404
    return found
