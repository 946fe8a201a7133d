"""The public landscape of birth care (geboortezorglandschap)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from coalitions import care_landscape
from coalitions.organisation_filters import BirthCareFilter
from coalitions.presenters import links_of
from partners.models import Organisation


@login_not_required
@require_safe
def birth_care(request: HttpRequest) -> HttpResponse:
    """Kinds by the ticks of the legend, on the map and in the list; general facts only."""
    kinds = list(care_landscape.SHAPES)
    organisations = (
        Organisation.objects.public().filter(type__code__in=kinds).select_related("type", "municipality")
    )
    found = BirthCareFilter(request.GET, organisations)
    landscape = care_landscape.draw(list(found.page), first_number=found.page.start_index())
    return render(request, "coalitions/birth_care.html", {"filter": found, "landscape": landscape})


@login_not_required
@require_safe
def birth_care_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How to reach one organisation, and to whom it belongs: to a VSV, its consortium, ROS and ROAZ."""
    kinds = list(care_landscape.SHAPES)
    merged = Organisation.objects.filter(pk=pk, merged_into__is_public=True).first()
    if merged is not None:
        return redirect("coalitions:birth-care-detail", merged.merged_into_id)
    organisation = get_object_or_404(
        Organisation.objects.public().filter(type__code__in=kinds).select_related("type", "municipality"),
        pk=pk,
    )
    lines = [line for line in links_of(organisation) if line.other.is_public and not line.other.archived_at]
    context = {"organisation": organisation, "links": lines, "kinds": kinds}
    return render(request, "coalitions/birth_care_detail.html", context)
