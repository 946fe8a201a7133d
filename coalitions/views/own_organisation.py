"""The organisations that somebody speaks for, as their own people see and keep them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from coalitions import own_export
from coalitions.models.memberships import OVER_STATES
from coalitions.organisation_access import own_organisations
from coalitions.presenters import links_of
from partners.models import Mandate, Organisation
from partners.organisations import is_due
from partners.requests import PersonRequest
from portal.signed_in import signed_in
from portal.tables import xlsx_response


@signed_in
@require_safe
def own_organisation_list(request: PersonRequest) -> HttpResponse:
    """The page of the only one; a choice where somebody speaks for several."""
    organisations = list(own_organisations(request.user).select_related("type", "municipality"))
    if len(organisations) == 1:
        return _page(request, organisations[0])
    return render(request, "coalitions/own_organisation_list.html", {"organisations": organisations})


@signed_in
@require_safe
def own_organisation(request: PersonRequest, pk: int) -> HttpResponse:
    """Profile, colleagues, mandates and memberships of one of them."""
    found = own_organisations(request.user).select_related("type", "municipality")
    return _page(request, get_object_or_404(found, pk=pk))


@signed_in
@require_safe
def own_organisation_xlsx(request: PersonRequest, pk: int) -> HttpResponse:
    """Everything of that in one workbook."""
    found = own_organisations(request.user).select_related("type", "municipality")
    organisation = get_object_or_404(found, pk=pk)
    return xlsx_response(
        filename=f"organisatie-{organisation.pk}.xlsx",
        title="Organisatie",
        header=own_export.HEADER,
        rows=own_export.rows_of(organisation),
    )


def _page(request: PersonRequest, organisation: Organisation) -> HttpResponse:
    return render(
        request,
        "coalitions/own_organisation.html",
        {
            "organisation": organisation,
            "colleagues": organisation.representatives.current()
            .select_related("person")
            .order_by("-is_primary", "person__sort_key", "pk"),
            "mandates": Mandate.objects.for_list().filter(representative__organisation=organisation),
            "links": links_of(organisation),
            "linking_roles": organisation.linking_roles.current()
            .select_related("person", "municipality")
            .order_by("sort_key"),
            "locations": organisation.locations.all(),
            "aliases": organisation.aliases.all(),
            "service_areas": organisation.service_areas.select_related("municipality").order_by(
                "municipality__sort_key"
            ),
            "is_due": is_due(organisation),
            "memberships": organisation.memberships.exclude(state__in=OVER_STATES)
            .select_related("coalition")
            .order_by("coalition__sort_key"),
        },
    )
