"""Somebody says how an action goes, beside what was said the last time; the draft keeps itself."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from actions import reports
from actions.models import Action, ProgressReport, ReportState
from actions.models.reports import WRITABLE_REPORTS
from actions.reach import reaches
from actions.report_forms import ReportDraftForm, ReportForm
from actions.views.action_detail import action_of
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.acts import Refused

# By button: what is asked, the operation, and what is said when it is done.
KEEPING = (ReportDraftForm, reports.save, "Je concept is bewaard.")
SENDING = (ReportForm, reports.submit, "Dank je. Het bericht is ingediend.")


@requires(Permission.PROGRESS_REPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def report_edit(request: PersonRequest, coalition: Coalition, number: int) -> HttpResponse:
    """The six fields; posting sends the report, or keeps it as a draft where that button was used."""
    action = _reportable(request, coalition, number)
    form_class, operation, sentence = KEEPING if "bewaren" in request.POST else SENDING
    known = _known(action)
    form = form_class(*sent(request), initial=_words(known))
    if form.is_bound and form.is_valid():
        try:
            operation(report=_begin(request, action), by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, sentence)
            return redirect(action)
    context = {
        "coalition": coalition,
        "action": action,
        "form": form,
        "report": known,
        "is_sent": known is not None and known.state not in WRITABLE_REPORTS,
        "round": _round(action),
        "previous": reports.previous(known or ProgressReport(action=action)),
    }
    return render(request, "actions/report_edit.html", context)


@requires(Permission.PROGRESS_REPORT)
@require_POST
def report_save(request: PersonRequest, coalition: Coalition, number: int) -> HttpResponse:
    """Keep the draft while somebody writes; a line says when, or why not."""
    action = _reportable(request, coalition, number)
    form = ReportDraftForm(request.POST)
    sentence = " ".join(str(error) for errors in form.errors.values() for error in errors)
    if form.is_valid():
        try:
            reports.save(report=_begin(request, action), by=request.user, **form.cleaned_data)
            sentence = f"Concept bewaard om {timezone.localtime():%H.%M} uur."
        except Refused as refusal:
            sentence = str(refusal)
    return render(request, "actions/_report_saved.html", {"sentence": sentence})


def _reportable(request: PersonRequest, coalition: Coalition, number: int) -> Action:
    action = action_of(coalition, number)
    if not reaches(request.user, Permission.PROGRESS_REPORT, action):
        raise PermissionDenied
    return action


def _round(action: Action) -> Any:
    """The round in which reports come in now, if there is one; the youngest first."""
    return action.coalition.rounds.writable().first()


def _known(action: Action) -> ProgressReport | None:
    """What was begun or sent in this round, or between rounds and not sent yet."""
    reporting_round = _round(action)
    found = action.reports.filter(round=reporting_round, membership=action.lead).select_related("round")
    if reporting_round is None:
        found = found.filter(state__in=WRITABLE_REPORTS)
    return found.first()


def _begin(request: PersonRequest, action: Action) -> ProgressReport:
    """The report is that of who pulls the action, whoever writes it."""
    return reports.begin(
        action=action, reporting_round=_round(action), membership=action.lead, by=request.user
    )


def _words(report: ProgressReport | None) -> dict[str, str]:
    if report is None or report.state == ReportState.FIXED:
        return {}
    return {field: getattr(report, field) for field in reports.FIELDS}
