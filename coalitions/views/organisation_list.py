"""The directory: organisations that somebody may know of."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coalitions import platform_menu
from coalitions.access import Permission, can, coalition_ids_with, requires
from coalitions.organisation_access import organisations_of, visible_organisations
from coalitions.organisation_filters import OrganisationFilter
from partners.models import Organisation
from partners.requests import PersonRequest
from portal.tables import csv_response, xlsx_response

HEADER = [
    "Naam",
    "Soort",
    "Domein",
    "Gemeente",
    "KvK-nummer",
    "AGB-code",
    "OIN",
    "Website",
    "Mailadres",
    "Telefoon",
]


@requires(Permission.MEMBERS_READ)
@require_safe
def organisation_list(request: PersonRequest) -> HttpResponse:
    """Members of every coalition in her reach, searched and filtered."""
    found = OrganisationFilter(request.GET, _rows(visible_organisations(request.user).active()))
    may_export = can(request.user, Permission.PROSPECTS_EXPORT)
    return render(request, "coalitions/organisation_list.html", {"filter": found, "may_export": may_export})


@requires(Permission.PROSPECTS_EXPORT)
@require_safe
def organisation_csv(request: PersonRequest) -> HttpResponse:
    """The same rows as a CSV file, of the coalitions that she coordinates."""
    return csv_response(filename="organisaties.csv", header=HEADER, rows=_table(request))


@requires(Permission.PROSPECTS_EXPORT)
@require_safe
def organisation_xlsx(request: PersonRequest) -> HttpResponse:
    """The same rows as a workbook."""
    return xlsx_response(
        filename="organisaties.xlsx", title="Organisaties", header=HEADER, rows=_table(request)
    )


@requires(Permission.PLATFORM_MANAGE)
@require_safe
def platform_organisation_list(request: PersonRequest) -> HttpResponse:
    """Every organisation, those in the archive as well."""
    found = OrganisationFilter(request.GET, _rows(Organisation.objects.filter(merged_into__isnull=True)))
    context = {"menu": platform_menu.entries(request), "filter": found}
    return render(request, "coalitions/platform_organisation_list.html", context)


def _rows(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    return organisations.select_related("type", "municipality")


def _table(request: PersonRequest) -> list[list[object]]:
    coalitions = coalition_ids_with(request.user, Permission.PROSPECTS_EXPORT)
    own = Organisation.objects.active().filter(pk__in=organisations_of(coalitions))
    return [
        [
            row.name,
            row.type.name,
            row.type.get_domain_display(),
            row.municipality.name if row.municipality else "",
            row.kvk,
            row.agb,
            row.oin,
            row.website,
            row.general_email,
            row.phone,
        ]
        for row in OrganisationFilter(request.GET, _rows(own)).rows
    ]
