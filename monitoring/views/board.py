"""The region at a glance for who governs it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coalitions import menu
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from monitoring import presenters
from monitoring.catalogue import load_definitions
from monitoring.models import Aggregate
from partners.models import Area, Organisation
from portal import charts, hooks


@require_safe
@requires(Permission.BOARD_READ)
def board(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """Figures of the region beside the country, on one page that prints on one sheet."""
    own = _own_municipality(request.user, coalition)
    context = _figures(coalition.area, own)
    return render(
        request,
        "monitoring/board.html",
        {
            "coalition": coalition,
            "menu": menu.entries(coalition, request.user, path=request.path),
            "municipality": own,
            "asks": hooks.asks_of(request.user),
            **context,
        },
    )


def _own_municipality(person: Any, coalition: Coalition) -> Area | None:
    """The municipality of the coalition that `person` speaks for."""
    governments = Organisation.objects.represented_by(person).filter(type__code="gemeente")
    return coalition.municipalities().filter(organisations__in=governments).first()


def _figures(area: Area, own: Area | None) -> dict[str, Any]:
    rows = list(Aggregate.objects.current().of_areas_and_country(area, own).for_page())
    figures = presenters.by_indicator(rows)
    definitions = load_definitions()
    country = presenters.country_of(rows)
    headlines = presenters.headlines(definitions, figures, area=area, country=country)
    pictures = charts.draw({item.definition.code: item.chart for item in headlines if item.chart})
    lines = presenters.lines_about(definitions, figures, area=area, country=country)
    return {
        "headlines": [(item, pictures.get(item.definition.code)) for item in headlines],
        "summary": presenters.summary(definitions, figures, area=area),
        "lines": lines,
        "line_sources": list(dict.fromkeys(line.source for line in lines)),
        "beside_region": presenters.beside_region(
            headlines, figures, municipality=own, area=area, country=country
        )
        if own
        else [],
        "calculated_at": presenters.calculated_at(rows),
    }
