"""Contributions of one year as a table: out to a file, and in from one."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from actions.imports.contributions import WORDS
from actions.models import BudgetYear
from actions.presenters.budget import lines_of
from actions.views.budget_pages import budget_of
from coalitions.access import Permission, requires
from coalitions.imports.forms import ImportFileForm
from coalitions.models import Coalition, MemberImportKind
from coalitions.views.import_pages import import_page
from partners.models import Person
from partners.requests import PersonRequest, sent
from portal.tables import csv_response, xlsx_response

HEADER = list(WORDS.values())


@requires(Permission.MEMBERS_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_import(request: PersonRequest, coalition: Coalition, year: int) -> HttpResponse:
    """The form for a file of contributions of this year, and what came in before."""
    return import_page(
        request,
        coalition,
        ImportFileForm(*sent(request)),
        kind=MemberImportKind.CONTRIBUTIONS,
        about=year,
        template="actions/contribution_import.html",
        budget=budget_of(coalition, year),
    )


@requires(Permission.CONTRIBUTIONS_READ)
@require_safe
def contribution_csv(request: PersonRequest, coalition: Coalition, year: int) -> HttpResponse:
    """The contributions that this person may see, as a file that can come in again."""
    rows = _exported(budget_of(coalition, year), request.user)
    return csv_response(filename=f"bijdragen-{coalition.slug}-{year}.csv", header=HEADER, rows=rows)


@requires(Permission.CONTRIBUTIONS_READ)
@require_safe
def contribution_xlsx(request: PersonRequest, coalition: Coalition, year: int) -> HttpResponse:
    """The same rows as a workbook."""
    rows = _exported(budget_of(coalition, year), request.user)
    name = f"bijdragen-{coalition.slug}-{year}.xlsx"
    return xlsx_response(filename=name, title="Bijdragen", header=HEADER, rows=rows)


def _exported(budget: BudgetYear, person: Person) -> list[list[Any]]:
    """A row for each contribution, under the headings that the import knows."""
    return [
        [
            line.organisation.name,
            str(line.source or ""),
            line.amount,
            line.hours,
            line.earmark,
            line.get_state_display(),
            line.decided_on,
            line.decision_ref,
        ]
        for line in lines_of(budget, person)
    ]
