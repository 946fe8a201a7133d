"""The mandates of a coalition, and for the administrator all of them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coalitions import platform_menu
from coalitions.access import Permission, requires
from coalitions.mandate_filters import MandateFilter
from coalitions.models import Coalition
from coalitions.organisation_access import mandates_in
from partners.models import Mandate
from partners.requests import PersonRequest


@requires(Permission.MANDATE_CHECK)
@require_safe
def mandate_list(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Who may sign for which member, and what waits for a check."""
    found = MandateFilter(request.GET, mandates_in(coalition).for_list())
    return render(request, "coalitions/mandate_list.html", {"coalition": coalition, "filter": found})


@requires(Permission.PLATFORM_MANAGE)
@require_safe
def platform_mandate_list(request: PersonRequest) -> HttpResponse:
    """The same over all organisations."""
    found = MandateFilter(request.GET, Mandate.objects.for_list())
    context = {"menu": platform_menu.entries(request), "filter": found}
    return render(request, "coalitions/platform_mandate_list.html", context)
