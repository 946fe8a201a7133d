"""Bringing in a table of organisations or people: the file, and its columns."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from coalitions import people_table
from coalitions.access import Permission, requires
from coalitions.imports import plans, presenting
from coalitions.imports.forms import MemberImportColumnsForm, MemberImportForm
from coalitions.models import Coalition, MemberImport
from coalitions.views.import_pages import import_page
from partners.models import Person
from partners.requests import PersonRequest, sent
from portal.acts import Refused
from portal.import_plans import PlanStep
from portal.tables import csv_response, xlsx_response


@requires(Permission.MEMBERS_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def member_import(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """The form for a file, and what came in before."""
    form = MemberImportForm(*sent(request))
    return import_page(request, coalition, form, template="coalitions/member_import.html")


@requires(Permission.MEMBERS_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def member_import_columns(request: HttpRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Which column holds what."""
    plan = get_object_or_404(coalition.member_imports, pk=pk)
    if plan.step not in {PlanStep.COLUMNS, PlanStep.CHECKED}:
        return redirect("coalitions:member-import-detail", coalition.slug, plan.pk)
    first = plan.rows.first()
    form = MemberImportColumnsForm(request.POST or None, plan=plan, first=first.cells if first else [])
    if request.method == "POST" and form.is_valid():
        return _tied(request, plan, form)
    context: dict[str, Any] = {
        "coalition": coalition,
        "plan": plan,
        **presenting.place_of(plan),
        "form": form,
    }
    return render(request, "coalitions/member_import_columns.html", context)


def _tied(request: HttpRequest, plan: MemberImport, form: MemberImportColumnsForm) -> HttpResponse:
    try:
        plans.tie_columns(plan=plan, mapping=form.mapping, by=cast(Person, request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("coalitions:member-import-detail", plan.coalition.slug, plan.pk)


@requires(Permission.MEMBERS_IMPORT)
@require_safe
def member_people_csv(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """The people of the organisations on the list, as a CSV file."""
    header, rows = people_table.exported(coalition)
    return csv_response(filename=f"mensen-{coalition.slug}.csv", header=header, rows=rows)


@requires(Permission.MEMBERS_IMPORT)
@require_safe
def member_people_xlsx(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """The same rows as a workbook."""
    header, rows = people_table.exported(coalition)
    return xlsx_response(filename=f"mensen-{coalition.slug}.xlsx", title="Mensen", header=header, rows=rows)
