"""The region at a glance for who governs it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coalitions import menu
from coalitions.access import ActingRole, Permission, requires, roles_in
from coalitions.models import Coalition
from monitoring.catalogue import load_definitions
from monitoring.models import Aggregate
from monitoring.presenters import board as presenter
from monitoring.presenters.readings import by_indicator, calculated_at, country_of
from partners.models import Area, Organisation
from portal import charts, hooks

SPEAKING_ROLES = {ActingRole.PARTNER, ActingRole.ALDERMAN}


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
            **_asked(request.user),
            **context,
        },
    )


def _asked(person: Any) -> dict[str, Any]:
    """What is asked of who governs; others look at the page and have their own for what they do."""
    governs = menu.is_formal(person)
    return {"is_asked": governs, "asks": hooks.asks_of(person) if governs else []}


def _own_municipality(person: Any, coalition: Coalition) -> Area | None:
    """The municipality of the coalition that `person` speaks for."""
    # Who coordinates, analyses or reads along speaks for nobody here: then nothing need be read.
    if roles_in(person, coalition).isdisjoint(SPEAKING_ROLES):
        return None
    governments = Organisation.objects.represented_by(person).filter(type__code="gemeente")
    return coalition.municipalities().filter(pk__in=governments.values("municipality")).first()


def _figures(area: Area, own: Area | None) -> dict[str, Any]:
    """The newest figure of every indicator is read, and all periods of the few shown in full."""
    definitions = load_definitions()
    regional = Aggregate.objects.filter(area=area).of_indicators(item.code for item in definitions)
    latest = regional.newest().with_moment().select_related("indicator")
    newest = {figure.indicator.code: figure for figure in latest.only("compared_998", "indicator__code")}
    shown, describing = presenter.chosen(definitions, newest), presenter.describing(definitions, newest)
    codes = [item.code for item in (*shown, *describing)]
    rows = list(Aggregate.objects.of_indicators(codes).of_areas_and_country(area, own).for_page())
    figures, country = by_indicator(rows), country_of(rows)
    headlines = presenter.headlines(shown, figures, area=area, country=country)
    pictures = charts.draw({item.definition.code: item.chart for item in headlines if item.chart})
    lines = presenter.lines_about(describing, figures, area=area, country=country)
    return {
        "headlines": [(item, pictures.get(item.definition.code)) for item in headlines],
        "summary": presenter.summary(definitions, newest),
        "lines": lines,
        "line_sources": list(dict.fromkeys(line.source for line in lines)),
        "beside_region": presenter.beside_region(
            headlines, figures, municipality=own, area=area, country=country
        )
        if own
        else [],
        "calculated_at": calculated_at(newest.values()),
    }
