"""The coordinator's own view of the list: as a table and as a board, over the same filters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from coalitions.access import Permission, can, requires
from coalitions.member_filters import with_seat_levels
from coalitions.member_table import exported, extra_columns
from coalitions.models import Coalition
from coalitions.models.memberships import MembershipQuerySet
from coalitions.pipeline import FILE_COLUMNS, WORK_COLUMNS, PipelineFilter, board_of, with_contacts
from portal import hooks
from portal.tables import csv_response, xlsx_response


@requires(Permission.PROSPECTS_READ)
@require_safe
def pipeline_list(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """Everything about everybody on the list, fifty a page."""
    context = _context(request, coalition, "coalitions:pipeline-list")
    columns = [*WORK_COLUMNS, *extra_columns(is_internal=True)]
    context |= {"columns": columns, "may_export": can(request.user, Permission.PROSPECTS_EXPORT, coalition)}
    return render(request, "coalitions/pipeline_list.html", context)


@requires(Permission.PROSPECTS_READ)
@require_safe
def pipeline_board(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """A column for each state; a menu on each card moves it."""
    context = _context(request, coalition, "coalitions:pipeline-board")
    board = board_of(context["filter"])
    return render(
        request,
        "coalitions/pipeline_board.html",
        {
            **context,
            "board": board,
            "is_filled": any(column.count for column in board),
            "may_change": can(request.user, Permission.MEMBERSHIP_CHANGE, coalition),
        },
    )


@requires(Permission.PROSPECTS_EXPORT)
@require_safe
def pipeline_csv(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """The same rows as a CSV file, of all pages."""
    header, rows = _table(request, coalition)
    return csv_response(filename=f"ledenbeheer-{coalition.slug}.csv", header=header, rows=rows)


@requires(Permission.PROSPECTS_EXPORT)
@require_safe
def pipeline_xlsx(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """The same rows as a workbook."""
    header, rows = _table(request, coalition)
    return xlsx_response(
        filename=f"ledenbeheer-{coalition.slug}.xlsx", title="Ledenbeheer", header=header, rows=rows
    )


def _table(request: HttpRequest, coalition: Coalition) -> tuple[list[str], list[list[object]]]:
    filtered = _filtered(request, coalition, coalition.memberships.with_organisation())
    return exported(filtered.rows, shows_states=True, besides=FILE_COLUMNS)


def _filtered(request: HttpRequest, coalition: Coalition, members: MembershipQuerySet) -> PipelineFilter:
    listed = with_seat_levels(members, timezone.localdate())
    memberships = with_contacts(hooks.with_columns(listed, coalition.pk))
    return PipelineFilter(request.GET, memberships, shows_prospects=True)


def _context(request: HttpRequest, coalition: Coalition, here: str) -> dict:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    views = (("Tabel", "coalitions:pipeline-list"), ("Bord", "coalitions:pipeline-board"))
    return {
        "coalition": coalition,
        "filter": _filtered(request, coalition, coalition.memberships.for_list()),
        "tabs": [
            (label, reverse(name, args=[coalition.slug]) + query, name == here) for label, name in views
        ],
    }
