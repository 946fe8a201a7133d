"""The people of one working group as a file, for who leads it."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from coalitions.access import Permission, requires
from coalitions.contacts import addresses_in, organisations_in
from coalitions.models import Coalition
from coalitions.views.working_group_detail import managed, seats_of
from partners.requests import PersonRequest
from portal.tables import csv_response, xlsx_response

HEADER = ("Naam", "Organisatie", "Mailadres", "Rol", "Sinds")


@requires(Permission.GROUP_MANAGE)
@require_safe
def working_group_people_csv(request: PersonRequest, coalition: Coalition, group_slug: str) -> HttpResponse:
    """Who takes part today, as the page of the group shows it."""
    rows = _rows(request, coalition, group_slug)
    return csv_response(filename=f"werkgroep-{group_slug}.csv", header=HEADER, rows=rows)


@requires(Permission.GROUP_MANAGE)
@require_safe
def working_group_people_xlsx(request: PersonRequest, coalition: Coalition, group_slug: str) -> HttpResponse:
    """The same rows as a workbook."""
    rows = _rows(request, coalition, group_slug)
    return xlsx_response(filename=f"werkgroep-{group_slug}.xlsx", title="Werkgroep", header=HEADER, rows=rows)


def _rows(request: PersonRequest, coalition: Coalition, group_slug: str) -> list[list[Any]]:
    group = managed(request, coalition, group_slug)
    seats = seats_of(group)
    addresses = addresses_in(group, seats, request.user)
    organisations = organisations_in(coalition, [seat.person_id for seat in seats])
    return [
        [
            seat.person.name,
            organisations.get(seat.person_id, ""),
            addresses.get(seat.person_id, ""),
            seat.get_role_display(),
            seat.valid_from,
        ]
        for seat in seats
    ]
