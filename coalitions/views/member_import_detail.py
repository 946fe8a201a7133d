"""One import: what it would do or did, and the acts that move it on."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from coalitions.access import Permission, requires
from coalitions.imports import plans, presenting
from coalitions.imports.forms import (
    MemberImportAnswerForm,
    MemberImportConfirmForm,
    MemberImportNotBsnForm,
)
from coalitions.imports.kinds import kind_of
from coalitions.models import Coalition, MemberImport
from partners.models import Person
from portal.act_pages import done
from portal.acts import Refused
from portal.import_plans import Fate, PlanStep
from portal.tables import xlsx_response

# To htmx this answer means: show this, and ask no more.
STOP_POLLING = 286
RUNNING = (PlanStep.CHECKING, PlanStep.SAVING)


@requires(Permission.MEMBERS_IMPORT)
@require_safe
def member_import_detail(request: HttpRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The page of the step at which the import is."""
    return _page(request, _plan(coalition, pk))


def _plan(coalition: Coalition, pk: int) -> MemberImport:
    return get_object_or_404(coalition.member_imports.select_related("created_by", "coalition"), pk=pk)


def _page(request: HttpRequest, plan: MemberImport, **forms: Any) -> HttpResponse:
    if plan.step == PlanStep.COLUMNS:
        return redirect("coalitions:member-import-columns", plan.coalition.slug, plan.pk)
    chosen = request.GET.get("wat", "")
    is_checked = plan.step == PlanStep.CHECKED
    questions = presenting.questions(plan) if is_checked else []
    page = presenting.page_of(plan, fate=chosen, number=request.GET.get("pagina", 1))
    context = {
        "coalition": plan.coalition,
        "plan": plan,
        **presenting.place_of(plan),
        "is_running": plan.step in RUNNING,
        "is_checked": is_checked,
        "tabs": presenting.tabs(plan, chosen),
        "page": page,
        "rows": [presenting.shown(row, plan.kind) for row in page],
        "new": plan.counts.get(Fate.CREATE, 0),
        "changed": plan.counts.get(Fate.UPDATE, 0),
        "wrong": plan.counts.get(Fate.ERROR, 0),
        "asked": plan.counts.get(Fate.ASK, 0),
        "answer_form": MemberImportAnswerForm(rows=questions) if questions else None,
        "bsn_form": MemberImportNotBsnForm() if is_checked and presenting.has_citizen_numbers(plan) else None,
        "confirm_form": MemberImportConfirmForm(wrong=plan.counts.get(Fate.ERROR, 0)),
        "undo_words": presenting.undo_words(plan) if plan.step == PlanStep.SAVED else "",
        "failed": plan.works.failed().first(),
        **forms,
    }
    return render(request, "coalitions/member_import_detail.html", context)


@requires(Permission.MEMBERS_IMPORT)
@require_POST
def member_import_answer(request: HttpRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Say of rows that look like something known what they are."""
    plan = _plan(coalition, pk)
    form = MemberImportAnswerForm(request.POST, rows=presenting.questions(plan))
    if not form.is_valid():
        return _page(request, plan, answer_form=form)
    return _act(request, plan, lambda: plans.answer(plan=plan, answers=form.answers, by=_by(request)))


@requires(Permission.MEMBERS_IMPORT)
@require_POST
def member_import_not_bsn(request: HttpRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Say why the numbers are no citizen numbers."""
    plan = _plan(coalition, pk)
    form = MemberImportNotBsnForm(request.POST)
    if not form.is_valid():
        return _page(request, plan, bsn_form=form)
    reason = form.cleaned_data["reason"]
    return _act(request, plan, lambda: plans.say_no_bsn(plan=plan, reason=reason, by=_by(request)))


@requires(Permission.MEMBERS_IMPORT)
@require_POST
def member_import_confirm(request: HttpRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Save what the check wrote down."""
    plan = _plan(coalition, pk)
    form = MemberImportConfirmForm(request.POST, wrong=plan.counts.get(Fate.ERROR, 0))
    skips = form.is_valid() and form.cleaned_data.get("skips_errors", False)
    return _act(request, plan, lambda: plans.confirm(plan=plan, skips_errors=skips, by=_by(request)))


@requires(Permission.MEMBERS_IMPORT)
@require_POST
def member_import_cancel(request: HttpRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Throw the table away."""
    plan = _plan(coalition, pk)
    return done(
        request,
        lambda: plans.cancel(plan=plan, by=_by(request)),
        "De import is gestopt. Er is niets opgeslagen.",
        kind_of(plan.kind).start_url(plan),
    )


@requires(Permission.MEMBERS_IMPORT)
@require_POST
def member_import_undo(request: HttpRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Take the import back."""
    plan = _plan(coalition, pk)
    return _act(request, plan, lambda: plans.take_back(plan=plan, by=_by(request)))


@requires(Permission.MEMBERS_IMPORT)
@require_safe
def member_import_progress(request: HttpRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The progress alone, for a page that keeps itself up to date until the work is over."""
    plan = _plan(coalition, pk)
    is_running = plan.step in RUNNING
    is_over = request.htmx and not is_running  # type: ignore[attr-defined]
    context = {"plan": plan, "coalition": coalition, "is_running": is_running}
    return render(
        request, "coalitions/_import_progress.html", context, status=STOP_POLLING if is_over else 200
    )


@requires(Permission.MEMBERS_IMPORT)
@require_safe
def member_import_issues(request: HttpRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Everything that is wrong or asked, as a workbook."""
    header, rows = presenting.issue_table(_plan(coalition, pk))
    return xlsx_response(
        filename=f"bevindingen-import-{pk}.xlsx", title="Bevindingen", header=header, rows=rows
    )


def _by(request: HttpRequest) -> Person:
    return cast(Person, request.user)


def _act(request: HttpRequest, plan: MemberImport, act: Callable[[], object]) -> HttpResponse:
    """Do it, and go back to the page; a refusal is told there."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("coalitions:member-import-detail", plan.coalition.slug, plan.pk)
