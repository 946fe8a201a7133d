"""How many coalitions go, in counts: what a half-yearly report to the country is made of."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from actions.presenters import national as presenter
from coalitions.access import Permission, requires
from portal.tables import csv_response, xlsx_response


@requires(Permission.BOARD_READ)
@require_safe
def national(request: HttpRequest) -> HttpResponse:
    """The coalitions in reach of this person, and what they add up to."""
    lines = presenter.lines_for(request.user)
    context = {"lines": lines, "total": presenter.total_of(lines)}
    return render(request, "actions/national.html", context)


@requires(Permission.BOARD_READ)
@require_safe
def national_csv(request: HttpRequest) -> HttpResponse:
    """The same lines as a CSV file."""
    rows = presenter.exported(presenter.lines_for(request.user))
    return csv_response(filename="voortgang-coalities.csv", header=presenter.HEADER, rows=rows)


@requires(Permission.BOARD_READ)
@require_safe
def national_xlsx(request: HttpRequest) -> HttpResponse:
    """The same lines as a workbook."""
    rows = presenter.exported(presenter.lines_for(request.user))
    return xlsx_response(
        filename="voortgang-coalities.xlsx", title="Voortgang", header=presenter.HEADER, rows=rows
    )
