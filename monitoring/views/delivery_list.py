"""Deliveries of figures: what came in, bringing in a file, and how far the calculation is."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from coalitions.access import Permission, requires
from monitoring import deliveries, orders
from monitoring.catalogue import load_definitions
from monitoring.forms import DeliveryForm
from monitoring.imports import AlreadyImported, ImportRefused
from monitoring.models import Delivery, ImportFile, Run
from partners.models import Person
from portal.acts import Refused

MOST_FILES = 50
MOST_RUNS = 5
# To htmx this answer means: show this, and ask no more.
STOP_POLLING = 286


@require_safe
@requires(Permission.FIGURES_DELIVER)
def delivery_list(request: HttpRequest) -> HttpResponse:
    """The deliveries, the form for a new one, and the progress of the calculations."""
    return _page(request, DeliveryForm())


@require_POST
@requires(Permission.FIGURES_DELIVER)
def delivery_import(request: HttpRequest) -> HttpResponse:
    """Bring in one file, and look at what it would do: nothing is stored yet."""
    form = DeliveryForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    upload = form.cleaned_data["bestand"]
    try:
        delivery = deliveries.bring_in(
            source=upload.file,
            filename=upload.name,
            by=cast(Person, request.user),
            source_name=form.cleaned_data["bron"],
            is_provisional=form.cleaned_data["voorlopig"],
        )
    except AlreadyImported as known:
        messages.info(request, str(known))
        return redirect("monitoring:delivery-list")
    except ImportRefused as refusal:
        return _page(request, DeliveryForm(), refusal=refusal, filename=upload.name, status=422)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form)
    return redirect(delivery)


@require_POST
@requires(Permission.FIGURES_DELIVER)
def run_order(request: HttpRequest) -> HttpResponse:
    """Ask workers to go through all figures; what did not change is taken over."""
    if orders.order_all(reason="gevraagd op deze pagina", by=cast(Person, request.user), reuses=True):
        messages.success(request, "Alle cijfers worden opnieuw uitgerekend. Je kunt verder werken.")
    else:
        messages.info(request, "Er zijn nog geen cijfers om uit te rekenen.")
    return redirect("monitoring:delivery-list")


@require_safe
@requires(Permission.FIGURES_DELIVER)
def run_progress(request: HttpRequest) -> HttpResponse:
    """The progress alone, for a page that keeps itself up to date until all is done."""
    progress = _progress()
    is_over = request.htmx and not progress["is_running"]  # type: ignore[attr-defined]
    status = STOP_POLLING if is_over else 200
    return render(request, "monitoring/_progress.html", progress, status=status)


def _page(
    request: HttpRequest,
    form: DeliveryForm,
    *,
    refusal: ImportRefused | None = None,
    filename: str = "",
    status: int = 200,
) -> HttpResponse:
    files = ImportFile.objects.select_related("imported_by", "delivery")[:MOST_FILES]
    context = {
        "form": form,
        "files": files,
        "open_deliveries": Delivery.objects.open().for_page(),
        "refusal": refusal,
        "filename": filename,
        "definitions": load_definitions(),
    }
    return render(request, "monitoring/delivery_list.html", {**context, **_progress()}, status=status)


def _progress() -> dict[str, Any]:
    runs = list(Run.objects.with_progress().select_related("requested_by")[:MOST_RUNS])
    is_running = any(run.waiting for run in runs)
    return {"runs": runs, "is_running": is_running}
