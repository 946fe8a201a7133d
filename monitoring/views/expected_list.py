"""Which figures a coalition waits for: the list, a new one, and letting one go."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coalitions.access import Permission, can, requires
from coalitions.models import Coalition
from monitoring import expected
from monitoring.catalogue import load_definitions
from monitoring.forms import ExpectedForm
from partners.requests import PersonRequest
from portal.act_pages import carried_out, done


@requires(Permission.FIGURES_READ)
@require_safe
def expected_list(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Each with its day, and whether it came."""
    return _page(request, coalition, ExpectedForm())


@requires(Permission.FIGURES_DELIVER)
@require_POST
def expected_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """One more delivery that is agreed on."""
    form = ExpectedForm(request.POST)
    note = partial(expected.expect, coalition=coalition, by=request.user)
    if carried_out(request, form, note, "De levering staat in de lijst."):
        return redirect("monitoring:expected-list", coalition.slug)
    return _page(request, coalition, form)


@requires(Permission.FIGURES_DELIVER)
@require_POST
def expected_drop(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """It is not waited for any more."""
    row = get_object_or_404(coalition.expected_deliveries, pk=pk)
    return done(
        request,
        lambda: expected.drop(expected=row, by=request.user),
        "De levering staat niet meer in de lijst.",
        reverse("monitoring:expected-list", args=[coalition.slug]),
    )


def _page(request: PersonRequest, coalition: Coalition, form: ExpectedForm) -> HttpResponse:
    names = {item.code: item.name for item in load_definitions()}
    found = coalition.expected_deliveries.with_delivered().order_by("-due_on", "-pk")
    context: dict[str, Any] = {
        "coalition": coalition,
        "form": form,
        "rows": [(row, names.get(row.indicator_code, row.indicator_code)) for row in found],
        "may_note": can(request.user, Permission.FIGURES_DELIVER, coalition),
    }
    return render(request, "monitoring/expected_list.html", context)
