"""How the figures are made, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from monitoring import aggregation, rules
from monitoring.catalogue import load_definitions
from monitoring.presenters import catalogue


@login_not_required
@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """The rules of calculation in plain words, and the sources with their licences."""
    return render(
        request,
        "monitoring/methods.html",
        {
            "sources": catalogue.sources(load_definitions()),
            "smallest_count": rules.SMALLEST_COUNT,
            "least_coverage": round(aggregation.LEAST_COVERAGE * 100),
            "least_members": aggregation.LEAST_MEMBERS,
        },
    )
