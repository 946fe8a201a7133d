"""One indicator: what it is, how it stands in an area, and what each municipality has."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from coalitions.access import Permission, can
from monitoring import selection, sentences
from monitoring.burden import burden_of
from monitoring.forms import AreaForm
from monitoring.funnel_chart import funnel_sentence
from monitoring.indicator_charts import CHARTS, specs_of
from monitoring.presenters import indicator as presenter
from monitoring.presenters.readings import calculated_at, read
from monitoring.presenters.region import TREND_WORDS, trend_of
from monitoring.selection import Selection
from monitoring.trends import Direction
from partners.models import AreaKind
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
    context = {**_context(chosen), "interpretation_url": _interpretation_url(request.user, chosen)}
    return render(request, "monitoring/indicator_detail.html", context)


def _interpretation_url(person: Any, chosen: Selection) -> str:
    """Where the partners of the chosen coalition read this figure together; for who takes part."""
    coalition = chosen.area.coalition if chosen.area.kind == AreaKind.COALITION else None
    if coalition is None or not can(person, Permission.FIGURES_READ, coalition):
        return ""
    url = reverse("monitoring:interpretation-list", args=[coalition.slug, chosen.definition.code])
    return url + chosen.query


def _context(chosen: Selection) -> dict[str, Any]:
    definition, figure, benchmark = chosen.definition, chosen.figure, chosen.benchmark
    place = chosen.area.name
    provinces = selection.provinces(chosen)
    more = burden_of(figure, benchmark) if figure else None
    direction = trend_of(chosen.own).direction
    pictures = charts.draw(specs_of(chosen, provinces))
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
        "funnel": funnel_sentence(chosen.municipalities, definition),
        "trend": TREND_WORDS[direction],
        "trend_is_unknown": direction == Direction.UNKNOWN,
        "burden": more.sentence(definition) if more else "",
        "pictures": pictures,
        "chart_files": [
            (label, reverse("monitoring:indicator-svg", args=[definition.code, word]) + chosen.query)
            for word, (key, label) in CHARTS.items()
            if key in pictures
        ],
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
