"""Who takes part in a coalition: on the screen, as a file, and as addresses."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coalitions.access import Permission, can, requires
from coalitions.contacts import primary_addresses
from coalitions.member_filters import MemberFilter, listed_in, with_seat_levels
from coalitions.member_table import exported, plain_columns
from coalitions.models import Coalition
from coalitions.organisation_access import exports_all, memberships_to_export
from portal import hooks
from portal.tables import csv_response, xlsx_response


@requires(Permission.MEMBERS_READ)
@require_safe
def member_list(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """The members that pass the filters, fifty a page."""
    members = _listed(request, coalition)
    takes_all = exports_all(request.user, coalition)
    return render(
        request,
        "coalitions/member_list.html",
        {
            "coalition": coalition,
            "filter": members,
            "columns": plain_columns(is_internal=False),
            "shows_states": "stand" in members.filters,
            "exports_all": takes_all,
            # Her own part of the list, where there is any.
            "exports_part": not takes_all
            and can(request.user, Permission.MEMBERS_EXPORT, coalition)
            and memberships_to_export(request.user, coalition).members().exists(),
        },
    )


@requires(Permission.MEMBERS_EXPORT)
@require_safe
def member_csv(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """The same rows as a CSV file, as far as this person may take them along."""
    header, rows = _table(request, coalition)
    return csv_response(filename=f"leden-{coalition.slug}.csv", header=header, rows=rows)


@requires(Permission.MEMBERS_EXPORT)
@require_safe
def member_xlsx(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """The same rows as a workbook."""
    header, rows = _table(request, coalition)
    return xlsx_response(filename=f"leden-{coalition.slug}.xlsx", title="Leden", header=header, rows=rows)


@requires(Permission.CONTACTS_READ)
@require_safe
def member_addresses(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """The addresses of the first contacts of the same rows, to copy into a mail."""
    members = _listed(request, coalition)
    addresses = primary_addresses(members.qs.order_by().values("organisation"))
    return render(
        request,
        "coalitions/member_addresses.html",
        {
            "coalition": coalition,
            "addresses": addresses,
            "without_address": members.qs.count() - len(addresses),
        },
    )


def _listed(request: HttpRequest, coalition: Coalition) -> MemberFilter:
    return _narrowed(request, coalition, listed_in(coalition.pk, timezone.localdate()))


def _narrowed(request: HttpRequest, coalition: Coalition, members: QuerySet) -> MemberFilter:
    shows_prospects = can(request.user, Permission.PROSPECTS_READ, coalition)
    return MemberFilter(request.GET, members, shows_prospects=shows_prospects)


def _table(request: HttpRequest, coalition: Coalition) -> tuple[list[str], list[list[object]]]:
    taken = memberships_to_export(request.user, coalition).with_organisation()
    listed = hooks.with_columns(with_seat_levels(taken, timezone.localdate()), coalition.pk)
    members = _narrowed(request, coalition, listed)
    return exported(members.rows, shows_states="stand" in members.filters)
