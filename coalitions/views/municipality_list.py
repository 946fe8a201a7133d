"""The municipalities of today, and the way from a name to one of them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from coalitions.access import readable_by
from coalitions.filters import MunicipalityFilter, with_regions
from coalitions.presenters import coalitions_by_municipality
from partners.models import Area


@login_not_required
@require_safe
def municipality_list(request: HttpRequest) -> HttpResponse:
    """Municipalities with their regions and coalitions."""
    municipalities = MunicipalityFilter(request.GET, with_regions(Area.objects.municipalities().current()))
    areas = list(municipalities.page)
    coalitions = coalitions_by_municipality(areas, readable_by(request.user))
    return render(
        request,
        "coalitions/municipality_list.html",
        {
            "filter": municipalities,
            "rows": [(area, coalitions[area.pk]) for area in areas],
        },
    )


@login_not_required
@require_safe
def municipality_search(request: HttpRequest) -> HttpResponse:
    """From a name to its page; to the list where the name is not exactly one municipality."""
    name = request.GET.get("naam", "").replace("\x00", "").strip()
    found = list(Area.objects.municipalities().filter(name__unaccent__iexact=name)[:2])
    if len(found) == 1:
        return redirect(found[0])
    query = f"?{urlencode({'zoek': name})}" if name else ""
    return redirect(reverse("coalitions:municipality-list") + query)
