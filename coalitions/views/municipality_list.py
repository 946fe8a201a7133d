"""The municipalities of today, and the way from a name to one of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from coalitions.access import readable_by
from coalitions.filters import MunicipalityFilter, with_regions
from coalitions.presenters import coalitions_by_municipality
from partners import postcodes
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
    """From a name or postcode to its page; to the list where that is not exactly one municipality."""
    name = request.GET.get("naam", "").replace("\x00", "").strip()
    municipalities = Area.objects.municipalities()
    if postcode := postcodes.digits_of(name):
        found = list(municipalities.filter(code=postcodes.municipality_code(postcode)))
    else:
        found = list(municipalities.filter(name__unaccent__iexact=name)[:2])
    if len(found) == 1:
        return redirect(found[0])
    if postcode:
        messages.warning(request, f"Wij kennen postcode {postcode} niet. Zoek op de naam van je gemeente.")
        return redirect("coalitions:municipality-list")
    query = f"?{urlencode({'zoek': name})}" if name else ""
    return redirect(reverse("coalitions:municipality-list") + query)
