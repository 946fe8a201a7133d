"""The public front page: what Kansrijke Start is, and where."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coalitions import content, landscape
from coalitions.access import readable_by
from coalitions.filters import MunicipalitySearchForm


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Three sentences, the sourced facts, the map and the same in a table."""
    coalitions = list(readable_by(request.user).with_counts().order_by("sort_key", "pk"))
    return render(
        request,
        "coalitions/home.html",
        {
            "facts": content.HOME_FACTS,
            "search_form": MunicipalitySearchForm(),
            "coalitions": coalitions,
            "landscape": landscape.draw(coalitions),
        },
    )
