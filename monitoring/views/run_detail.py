"""One calculation: its parts, how far each is, and what went wrong."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from coalitions.access import Permission, requires
from monitoring import runs
from monitoring.forms import PartsForm
from monitoring.models import Run
from partners.models import Person
from portal.acts import Refused
from portal.numbers import counted

PAGE_SIZE = 50
PART = ("onderdeel", "onderdelen")


@require_safe
@requires(Permission.FIGURES_DELIVER)
def run_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The parts of a calculation, those that failed with their error on top."""
    run = get_object_or_404(Run.objects.with_progress().select_related("requested_by"), pk=pk)
    form = PartsForm(request.GET)
    parts = run.partitions.for_page()
    if form.is_valid() and form.cleaned_data["stand"]:
        parts = parts.filter(state=form.cleaned_data["stand"])
    context = {
        "run": run,
        "form": form,
        "page": Paginator(parts, PAGE_SIZE).get_page(request.GET.get("pagina")),
        "is_running": run.waiting > 0,
        "can_retry": run.failed > 0 or run.stopped > 0,
    }
    return render(request, "monitoring/run_detail.html", context)


@require_POST
@requires(Permission.FIGURES_DELIVER)
def run_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop what is not done yet."""
    run = get_object_or_404(Run, pk=pk)
    try:
        count = runs.cancel(run=run, by=cast(Person, request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Gestopt: {counted(count, *PART)}. Wat klaar was, blijft klaar.")
    return redirect("monitoring:run-detail", pk)


@require_POST
@requires(Permission.FIGURES_DELIVER)
def run_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try again what failed or was stopped."""
    run = get_object_or_404(Run, pk=pk)
    try:
        count = runs.retry(run=run, by=cast(Person, request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"De workers proberen {counted(count, *PART)} opnieuw.")
    return redirect("monitoring:run-detail", pk)
