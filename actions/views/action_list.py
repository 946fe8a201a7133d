"""The actions of a coalition as a table, a board, a time line and a file, over the same filters."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions.action_table import HEADER, board_of, exported, time_line_of
from actions.filters import ActionFilter
from actions.presenters import programme as presenter
from actions.progress import round_that_counts, with_claim
from coalitions.access import Permission, can, requires
from coalitions.models import Coalition
from portal.tables import csv_response, xlsx_response


@requires(Permission.PROGRAMME_READ)
@require_safe
def action_list(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """Fifty a page."""
    context = _context(request, coalition, "actions:action-list")
    return render(request, "actions/action_list.html", {**context, "count": _count(context)})


@requires(Permission.PROGRAMME_READ)
@require_safe
def action_board(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """A column for each state; a menu on each card moves it, for who decides on all of them."""
    context = _context(request, coalition, "actions:action-board")
    moves = can(request.user, Permission.PROGRAMME_EDIT, coalition)
    board = board_of(context["filter"])
    # Every action is in one of the columns, so that nothing has to be counted once more.
    context |= {"board": board, "count": sum(column.count for column in board), "may_move": moves}
    return render(request, "actions/action_board.html", context)


@requires(Permission.PROGRAMME_READ)
@require_safe
def action_timeline(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """When each begins and ends, with its milestones."""
    context = _context(request, coalition, "actions:action-timeline")
    line = time_line_of(context["filter"])
    return render(
        request, "actions/action_timeline.html", {**context, "line": line, "count": _count(context)}
    )


@requires(Permission.PROGRAMME_READ)
@require_safe
def action_csv(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """The same rows as a CSV file."""
    rows = exported(_filtered(request, coalition).rows)
    return csv_response(filename=f"acties-{coalition.slug}.csv", header=HEADER, rows=rows)


@requires(Permission.PROGRAMME_READ)
@require_safe
def action_xlsx(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """The same rows as a workbook."""
    rows = exported(_filtered(request, coalition).rows)
    return xlsx_response(filename=f"acties-{coalition.slug}.xlsx", title="Acties", header=HEADER, rows=rows)


def _filtered(request: HttpRequest, coalition: Coalition) -> ActionFilter:
    actions = with_claim(coalition.actions.for_list(), round_that_counts(coalition))
    return ActionFilter(request.GET, actions, coalition=coalition)


def _count(context: dict[str, Any]) -> int:
    return context["filter"].page.paginator.count


def _context(request: HttpRequest, coalition: Coalition, here: str) -> dict[str, Any]:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return {
        "coalition": coalition,
        "filter": _filtered(request, coalition),
        "query": query,
        "tabs": presenter.tabs(coalition, here, query),
    }
