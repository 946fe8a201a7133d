"""Rounds in which the coalition asks how its actions go: who said what, and who said nothing."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions import reminders, reports, rounds
from actions.models import ReportingRound, ReportState
from actions.presenters import rounds as presenter
from actions.report_forms import ReopenForm, ReturnForm, RoundForm
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.act_pages import carried_out, done
from portal.acts import Refused
from portal.numbers import counted
from portal.tables import csv_response, xlsx_response

FIELDS = ("title", "opens_on", "due_on", "fixes_after_days")
# The word in the address: what the page is called, its operation, what it asks, and what it means.
STEPS: dict[str, tuple[str, Any, type[forms.Form], str]] = {
    "openen": ("Open deze ronde", rounds.open_round, forms.Form, "Iedereen met een actie kan dan melden."),
    "sluiten": (
        "Sluit deze ronde",
        rounds.close,
        forms.Form,
        "Je kijkt de berichten na. Wie te laat is, kan nog melden tot je de ronde vaststelt.",
    ),
    "vaststellen": (
        "Stel deze ronde vast",
        rounds.fix,
        forms.Form,
        "De stand wordt bewaard zoals die nu is. Daarna verandert er niets meer aan.",
    ),
    "heropenen": (
        "Open deze ronde opnieuw",
        rounds.reopen,
        ReopenForm,
        "Berichten kunnen weer veranderen. Wat eerder is vastgesteld, blijft te lezen.",
    ),
}


def round_of(coalition: Coalition, pk: int) -> ReportingRound:
    """The round of this coalition at this address."""
    return get_object_or_404(coalition.rounds.select_related("coalition"), pk=pk)


@requires(Permission.ROUND_FIX)
@require_safe
def round_list(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """All rounds, each with its coverage."""
    context = {"coalition": coalition, "lines": presenter.lines(coalition)}
    return render(request, "actions/round_list.html", context)


@requires(Permission.ROUND_FIX)
@require_http_methods(["GET", "HEAD", "POST"])
def round_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """A round that will come."""
    form = RoundForm(*sent(request))
    if form.is_bound and form.is_valid():
        try:
            planned = rounds.plan(coalition=coalition, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"‘{planned}’ staat klaar.")
            return redirect(planned)
    return _form_page(request, coalition, form, "Plan een rapportageronde")


@requires(Permission.ROUND_FIX)
@require_safe
def round_detail(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Who reported and who did not, and what is still to be read."""
    context = {"coalition": coalition, **presenter.page_of(coalition, round_of(coalition, pk))}
    return render(request, "actions/round_detail.html", context)


@requires(Permission.ROUND_FIX)
@require_http_methods(["GET", "HEAD", "POST"])
def round_edit(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Another title or other days."""
    found = round_of(coalition, pk)
    form = RoundForm(*sent(request), initial={field: getattr(found, field) for field in FIELDS})
    if carried_out(
        request,
        form,
        partial(rounds.edit, reporting_round=found, by=request.user),
        "De wijziging is opgeslagen.",
    ):
        return redirect(found)
    return _form_page(request, coalition, form, "Wijzig deze ronde", found)


@requires(Permission.ROUND_FIX)
@require_http_methods(["GET", "HEAD", "POST"])
def round_step(request: PersonRequest, coalition: Coalition, pk: int, step: str) -> HttpResponse:
    """One step, with what it asks."""
    found = round_of(coalition, pk)
    if step not in STEPS:
        raise Http404
    label, operation, form_class, meaning = STEPS[step]
    form = form_class(*sent(request))
    if carried_out(
        request, form, partial(operation, reporting_round=found, by=request.user), f"Gedaan: {label.lower()}."
    ):
        return redirect(found)
    return _form_page(request, coalition, form, label, found, meaning=meaning)


@requires(Permission.ROUND_FIX)
@require_POST
def round_remind(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Mail everybody who can report and did not."""
    found = round_of(coalition, pk)
    try:
        count = reminders.remind(reporting_round=found, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        who = counted(count, "persoon krijgt", "mensen krijgen")
        messages.success(request, f"{who} vandaag een herinnering.")
    return redirect(found)


@requires(Permission.ROUND_FIX)
@require_safe
def round_csv(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """What was said of every action, as a CSV file."""
    found = round_of(coalition, pk)
    header, rows = presenter.exported(found)
    return csv_response(filename=f"ronde-{found.pk}.csv", header=header, rows=rows)


@requires(Permission.ROUND_FIX)
@require_safe
def round_xlsx(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The same as a workbook."""
    found = round_of(coalition, pk)
    header, rows = presenter.exported(found)
    return xlsx_response(filename=f"ronde-{found.pk}.xlsx", title="Ronde", header=header, rows=rows)


@requires(Permission.ROUND_FIX)
@require_POST
def report_fix(request: PersonRequest, coalition: Coalition, pk: int, report_pk: int) -> HttpResponse:
    """One report was read and stays."""
    found = round_of(coalition, pk)
    report = get_object_or_404(found.reports.select_related("action"), pk=report_pk)
    return done(
        request,
        lambda: reports.fix(report=report, by=request.user),
        f"Het bericht over ‘{report.action}’ is vastgesteld.",
        found,
    )


@requires(Permission.ROUND_FIX)
@require_http_methods(["GET", "HEAD", "POST"])
def report_return(request: PersonRequest, coalition: Coalition, pk: int, report_pk: int) -> HttpResponse:
    """One report goes back with a question."""
    found = round_of(coalition, pk)
    told = found.reports.exclude(state=ReportState.DRAFT).select_related("action")
    report = get_object_or_404(told, pk=report_pk)
    form = ReturnForm(*sent(request))
    if carried_out(
        request,
        form,
        partial(reports.send_back, report=report, by=request.user),
        f"Het bericht over ‘{report.action}’ gaat terug met je vraag.",
    ):
        return redirect(found)
    meaning = f"{report.action}: {report.done_text}"
    return _form_page(request, coalition, form, "Stuur terug met een vraag", found, meaning=meaning)


def _form_page(
    request: PersonRequest,
    coalition: Coalition,
    form: forms.Form,
    label: str,
    found: ReportingRound | None = None,
    *,
    meaning: str = "",
) -> HttpResponse:
    context = {"coalition": coalition, "round": found, "form": form, "label": label, "meaning": meaning}
    return render(request, "actions/round_form.html", context)
