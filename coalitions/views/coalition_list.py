"""All coalitions, on a map and in the same table."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coalitions import content, landscape
from coalitions.access import readable_by
from coalitions.filters import CoalitionFilter


@login_not_required
@require_safe
def coalition_list(request: HttpRequest) -> HttpResponse:
    """The coalitions that pass the filters; the map shows the same ones under the same numbers."""
    coalitions = CoalitionFilter(request.GET, readable_by(request.user).with_counts())
    return render(
        request,
        "coalitions/coalition_list.html",
        {
            "filter": coalitions,
            "landscape": landscape.draw(list(coalitions.rows)),
            "growth": content.TAKING_PART,
        },
    )
