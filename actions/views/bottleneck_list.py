"""What stands in the way and what people dream of, by theme and by how many know it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions.filters import BottleneckFilter
from actions.presenters import programme as presenter
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from portal.tables import csv_response

HEADER = [
    "Soort",
    "Tekst",
    "Toelichting",
    "Thema",
    "Stand",
    "Komt uit",
    "Herkend door",
    "Acties",
    "Opgehaald op",
]


@requires(Permission.PROGRAMME_READ)
@require_safe
def bottleneck_list(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """Fifty a page."""
    context = {
        "coalition": coalition,
        "filter": _filtered(request, coalition),
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
        "tabs": presenter.tabs(coalition, "actions:bottleneck-list"),
    }
    return render(request, "actions/bottleneck_list.html", context)


@requires(Permission.PROGRAMME_READ)
@require_safe
def bottleneck_csv(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """The same rows as a CSV file."""
    rows = [
        [
            one.get_kind_display(),
            one.text,
            one.explanation,
            str(one.theme or ""),
            one.get_state_display(),
            one.get_origin_display(),
            one.support_count,
            one.action_count,
            one.collected_on,
        ]
        for one in _filtered(request, coalition).rows
    ]
    return csv_response(filename=f"knelpunten-{coalition.slug}.csv", header=HEADER, rows=rows)


def _filtered(request: HttpRequest, coalition: Coalition) -> BottleneckFilter:
    bottlenecks = coalition.bottlenecks.with_counts().select_related("theme")
    return BottleneckFilter(request.GET, bottlenecks, coalition=coalition)
