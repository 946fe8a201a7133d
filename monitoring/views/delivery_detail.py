"""One delivery: what the check found, and the acts that move it on."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalitions.access import Permission, requires
from monitoring import deliveries, sentences, taking_over
from monitoring.delivery_forms import AcceptForm, ColumnsForm, UndoForm
from monitoring.models import Delivery, DeliveryState
from partners.models import Person
from portal.act_pages import done
from portal.acts import Refused
from portal.tables import csv_response

SHOWN_ISSUES = 50
# To htmx this answer means: show this, and ask no more.
STOP_POLLING = 286


@require_safe
@requires(Permission.FIGURES_DELIVER)
def delivery_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What accepting would do, or what it did."""
    return _page(request, _delivery(pk))


@require_safe
@requires(Permission.FIGURES_DELIVER)
def delivery_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a worker is with it, for a page that keeps itself up to date until that is done."""
    delivery = _delivery(pk)
    is_over = request.htmx and not delivery.is_under_way  # type: ignore[attr-defined]
    status = STOP_POLLING if is_over else 200
    return render(request, "monitoring/_delivery_progress.html", _progress(delivery), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.FIGURES_DELIVER)
def delivery_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which column holds what."""
    delivery = _delivery(pk)
    if not delivery.header or delivery.state not in {DeliveryState.COLUMNS, DeliveryState.CHECKED}:
        return redirect(delivery)
    form = ColumnsForm(request.POST or None, delivery=delivery, first=delivery.sample)
    if form.is_bound and form.is_valid():
        try:
            deliveries.tie_columns(delivery=delivery, mapping=form.mapping, by=cast(Person, request.user))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(delivery)
    context = {"delivery": delivery, "form": form}
    return render(request, "monitoring/delivery_columns.html", context)


@require_POST
@requires(Permission.FIGURES_DELIVER)
def delivery_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the figures of a delivery hold."""
    delivery = _delivery(pk)
    form = AcceptForm(request.POST, has_warnings=bool(delivery.warnings))
    if not form.is_valid():
        return _page(request, delivery, accept_form=form)
    try:
        found = deliveries.accept(
            delivery=delivery, by=cast(Person, request.user), reason=form.cleaned_data.get("reden", "")
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if found.import_file:
            messages.success(request, sentences.delivery_sentence(found.import_file))
    return redirect(delivery)


@require_POST
@requires(Permission.FIGURES_DELIVER)
def delivery_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a delivery; nothing of it was stored."""
    delivery = _delivery(pk)
    try:
        deliveries.cancel(delivery=delivery, by=cast(Person, request.user))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(delivery)
    messages.success(request, f"{delivery.name} is niet overgenomen. Er is niets veranderd.")
    return redirect("monitoring:delivery-list")


@require_POST
@requires(Permission.FIGURES_DELIVER)
def delivery_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Let hold again what stood before this delivery."""
    delivery = _delivery(pk)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _page(request, delivery, undo_form=form)
    return done(
        request,
        lambda: deliveries.undo(
            delivery=delivery, by=cast(Person, request.user), reason=form.cleaned_data["reden"]
        ),
        f"{delivery.name} is teruggedraaid. Wat er eerst stond, geldt weer.",
        delivery,
    )


@require_safe
@requires(Permission.FIGURES_DELIVER)
def delivery_issues(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that is wrong or odd, as a table to work through."""
    delivery = _delivery(pk)
    return csv_response(
        filename=f"problemen-{delivery.pk}.csv",
        header=("soort", "rij", "kolom", "waarde", "wat is er, en wat doe je?"),
        rows=(
            (
                "fout" if issue["severity"] == "error" else "waarschuwing",
                issue["row"],
                issue["column"],
                issue["value"],
                issue["message"],
            )
            for issue in delivery.issues
        ),
    )


def _delivery(pk: int) -> Delivery:
    return get_object_or_404(Delivery.objects.for_page(), pk=pk)


def _progress(delivery: Delivery) -> dict[str, Any]:
    is_written = delivery.state == DeliveryState.ACCEPTING
    return {
        "delivery": delivery,
        "has_failed": delivery.works.failed().exists(),
        "rows_written": taking_over.rows_done(delivery.pk) if is_written else None,
        "rows_to_write": delivery.new_count + delivery.revised_count,
    }


def _page(
    request: HttpRequest,
    delivery: Delivery,
    *,
    accept_form: AcceptForm | None = None,
    undo_form: UndoForm | None = None,
) -> HttpResponse:
    if delivery.state == DeliveryState.COLUMNS:
        return redirect("monitoring:delivery-columns", delivery.pk)
    if delivery.is_under_way:
        return render(request, "monitoring/delivery_progress.html", _progress(delivery))
    context = {
        "delivery": delivery,
        "issues": delivery.issues[:SHOWN_ISSUES],
        "accept_form": accept_form or AcceptForm(has_warnings=bool(delivery.warnings)),
        "undo_form": undo_form or UndoForm(),
        "is_checked": delivery.state == DeliveryState.CHECKED,
        "is_accepted": delivery.state == DeliveryState.ACCEPTED,
    }
    return render(request, "monitoring/delivery_detail.html", context)
