"""One indicator: what it is, how it stands in an area, and what each municipality has."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitoring import charts as specs
from monitoring import selection, sentences
from monitoring.forms import AreaForm
from monitoring.presenters import indicator as presenter
from monitoring.presenters.readings import calculated_at, read
from monitoring.selection import Selection
from portal import charts


@login_not_required
@require_safe
def indicator_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The figure of the chosen area and period, with map, time line, municipalities and origin."""
    chosen = selection.select(
        code,
        person=request.user,
        area_code=request.GET.get("gebied", ""),
        period_code=request.GET.get("periode", ""),
    )
    return render(request, "monitoring/indicator_detail.html", _context(chosen))


def _context(chosen: Selection) -> dict[str, Any]:
    definition, figure, benchmark = chosen.definition, chosen.figure, chosen.benchmark
    place = chosen.area.name
    provinces = selection.provinces(chosen)
    return {
        "definition": definition,
        "area": chosen.area,
        "period": chosen.period,
        "form": AreaForm(areas=chosen.areas, initial={"gebied": chosen.area.code}),
        "periods": [
            (item.label, f"?gebied={chosen.area.code}&periode={item.code}", item == chosen.period)
            for item in chosen.periods
        ],
        "reading": read(figure, definition, country=benchmark),
        "margin": sentences.margin(figure, definition) if figure else "",
        "counts": sentences.counts(figure, definition),
        "weaker": sentences.weaker_difference(figure) if figure else "",
        "country": read(benchmark, definition),
        "is_country": chosen.area == chosen.country,
        "sentence": sentences.figure_sentence(figure, benchmark, definition, place=place),
        "spread": sentences.spread_sentence(chosen.municipalities, definition, place=place),
        "province_spread": sentences.spread_sentence(provinces, definition, place=place),
        "pictures": charts.draw(_specs(chosen, provinces)),
        "period_rows": presenter.period_rows(chosen.own, chosen.national, definition),
        "rows": presenter.area_rows(chosen.municipalities, definition, country=benchmark),
        "provinces": presenter.area_rows(provinces, definition, country=benchmark),
        "files": selection.files_of(chosen),
        "facts": presenter.origin_facts(definition, calculated_at(chosen.own)),
        "query": chosen.query,
        "no_ranking": sentences.no_ranking(definition),
        "has_margin": sentences.has_margin(definition),
        "made_up": sentences.MADE_UP,
    }


def _specs(chosen: Selection, provinces: list[Any]) -> dict[str, dict[str, Any]]:
    """The charts that there are figures for."""
    definition, found = chosen.definition, {}
    if any(row.value is not None for row in chosen.own):
        series = [(chosen.area.name, chosen.own)]
        if chosen.country and chosen.country != chosen.area:
            series.append((chosen.country.name, chosen.national))
        found["time"] = specs.time_line(series, definition)
    if chosen.municipalities:
        found["map"] = specs.symbol_map(
            chosen.municipalities,
            definition,
            breaks=selection.breaks(chosen),
            inhabitants=selection.inhabitants(),
        )
        rows = provinces or chosen.municipalities
        found["rows"] = specs.dots(rows, chosen.benchmark, definition)
    return found
