"""Releases of figures: which one everybody reads, what is in preparation, and what was withdrawn."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coalitions.access import Permission, requires
from monitoring import releases
from monitoring.forms import WithdrawalForm
from monitoring.models import Release, Withdrawal
from partners.models import Person
from portal.act_pages import done
from portal.acts import Refused

MOST_RELEASES = 50
MOST_WITHDRAWALS = 100


@require_safe
@requires(Permission.FIGURES_DELIVER)
def release_list(request: HttpRequest) -> HttpResponse:
    """Every release with who did what, and the figures that are withdrawn."""
    return _page(request, WithdrawalForm())


@require_POST
@requires(Permission.FIGURES_DELIVER)
def figure_withdraw(request: HttpRequest) -> HttpResponse:
    """Take one figure out of sight at once."""
    form = WithdrawalForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    chosen = form.cleaned_data
    try:
        releases.withdraw(
            indicator=chosen["indicator"],
            period=chosen["periode"],
            area=chosen["gebied"],
            reason=chosen["reden"],
            by=cast(Person, request.user),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Het cijfer is ingetrokken. Het is nergens meer te zien.")
    return redirect("monitoring:release-list")


@require_POST
@requires(Permission.FIGURES_DELIVER)
def figure_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a withdrawn figure again."""
    withdrawal = get_object_or_404(Withdrawal, pk=pk)
    return done(
        request,
        lambda: releases.restore(withdrawal=withdrawal, by=cast(Person, request.user)),
        "Het cijfer wordt weer getoond.",
        reverse("monitoring:release-list"),
    )


def _page(request: HttpRequest, form: WithdrawalForm) -> HttpResponse:
    context: dict[str, Any] = {
        "releases": Release.objects.for_page()[:MOST_RELEASES],
        "current": releases.published(),
        "withdrawals": Withdrawal.objects.in_force().for_page()[:MOST_WITHDRAWALS],
        "form": form,
    }
    return render(request, "monitoring/release_list.html", context)
