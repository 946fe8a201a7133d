"""The coordinator's own view of the list: as a table and as a board, over the same filters."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from coalitions.access import Permission, can, requires
from coalitions.filters import with_seat_levels
from coalitions.member_table import plain_columns
from coalitions.models import Coalition
from coalitions.pipeline import CONTACT_COLUMNS, PipelineFilter, board_of, with_contacts
from portal import hooks


@requires(Permission.PROSPECTS_READ)
@require_safe
def pipeline_list(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """Everything about everybody on the list, fifty a page."""
    context = _context(request, coalition, "coalitions:pipeline-list")
    # First what she works on: on many screens the last columns are out of sight.
    columns = [*CONTACT_COLUMNS, *plain_columns(is_internal=True)]
    return render(request, "coalitions/pipeline_list.html", {**context, "columns": columns})


@requires(Permission.PROSPECTS_READ)
@require_safe
def pipeline_board(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """A column for each state; a menu on each card moves it."""
    context = _context(request, coalition, "coalitions:pipeline-board")
    return render(
        request,
        "coalitions/pipeline_board.html",
        {
            **context,
            "board": board_of(context["filter"]),
            "may_change": can(request.user, Permission.MEMBERSHIP_CHANGE, coalition),
        },
    )


def _context(request: HttpRequest, coalition: Coalition, here: str) -> dict:
    memberships = with_contacts(hooks.with_columns(with_seat_levels(coalition.memberships.for_list())))
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    views = (("Tabel", "coalitions:pipeline-list"), ("Bord", "coalitions:pipeline-board"))
    return {
        "coalition": coalition,
        "filter": PipelineFilter(request.GET, memberships, shows_prospects=True),
        "tabs": [
            (label, reverse(name, args=[coalition.slug]) + query, name == here) for label, name in views
        ],
    }
