"""The region at a glance for who governs it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coalitions import menu
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from monitoring import presenters
from monitoring.catalogue import load_definitions
from monitoring.models import Aggregate
from portal import charts


@require_safe
@requires(Permission.BOARD_READ)
def board(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """Figures of the region beside the country, on one page that prints on one sheet."""
    figures = list(Aggregate.objects.current().of_areas_and_country(coalition.area).for_page())
    headlines = presenters.headlines(
        load_definitions(),
        presenters.by_indicator(figures),
        area=coalition.area,
        country=presenters.country_of(figures),
    )
    specs = {item.definition.code: item.chart for item in headlines if item.chart}
    pictures = charts.draw(specs)
    return render(
        request,
        "monitoring/board.html",
        {
            "coalition": coalition,
            "menu": menu.entries(coalition, request.user, path=request.path),
            "headlines": [(item, pictures.get(item.definition.code)) for item in headlines],
            "calculated_at": presenters.calculated_at(figures),
        },
    )
