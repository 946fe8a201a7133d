"""One bottleneck or dream: where it came from, who knows it, and what is done with it."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actions import bottlenecks, outcomes
from actions.bottleneck_forms import DropForm
from actions.models import Bottleneck
from actions.models.bottlenecks import BOTTLENECK_MOVES
from coalitions.access import Permission, can, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.act_pages import carried_out

# The word in the address: what the page is called, its operation, where it ends, and what it asks.
STEPS: dict[str, tuple[str, Any, str, Any]] = {
    "delen": ("Zet op ‘gedeeld’", bottlenecks.share, "shared", forms.Form),
    "opgelost": ("Zet op ‘opgelost’", bottlenecks.solve, "solved", forms.Form),
    "vervallen": ("Laat vervallen", bottlenecks.drop, "dropped", DropForm),
}


def bottleneck_of(coalition: Coalition, pk: int) -> Bottleneck:
    """The bottleneck of this coalition at this address."""
    return get_object_or_404(
        coalition.bottlenecks.with_counts().select_related(
            "coalition",
            "theme__programme__coalition",
            "contact__organisation",
            "report__action",
            "collected_by",
        ),
        pk=pk,
    )


@requires(Permission.PROGRAMME_READ)
@require_safe
def bottleneck_detail(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The page of one bottleneck."""
    bottleneck = bottleneck_of(coalition, pk)
    moves = BOTTLENECK_MOVES.get(bottleneck.state, ())
    return render(
        request,
        "actions/bottleneck_detail.html",
        {
            "coalition": coalition,
            "bottleneck": bottleneck,
            "actions": bottleneck.actions.for_list().order_by("number"),
            "lessons": bottleneck.actions.exclude(lesson="").select_related("coalition").order_by("number"),
            "municipalities": bottleneck.municipalities.order_by("sort_key"),
            "heard": outcomes.heard(bottleneck=bottleneck),
            "query_of_source": f"?knelpunt={bottleneck.pk}",
            "knows": bottleneck.supporters.filter(person=request.user).exists(),
            "reads_contacts": can(request.user, Permission.CONTACTS_READ, coalition),
            "steps": [(slug, label) for slug, (label, _, to, _) in STEPS.items() if to in moves],
        },
    )


@requires(Permission.ACTION_PROPOSE)
@require_POST
def bottleneck_recognise(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Know this too, or no longer."""
    bottleneck = bottleneck_of(coalition, pk)
    if "weg" in request.POST:
        bottlenecks.unrecognise(bottleneck=bottleneck, by=request.user)
        messages.success(request, "Je herkenning is weg.")
    else:
        bottlenecks.recognise(bottleneck=bottleneck, by=request.user)
        messages.success(request, "Dank je. Anderen zien dat dit vaker speelt.")
    return redirect(bottleneck)


@requires(Permission.PROGRAMME_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def bottleneck_step(request: PersonRequest, coalition: Coalition, pk: int, step: str) -> HttpResponse:
    """One step, with what it asks."""
    bottleneck = bottleneck_of(coalition, pk)
    if step not in STEPS:
        raise Http404
    label, operation, _, form_class = STEPS[step]
    form = form_class(*sent(request))
    if carried_out(
        request, form, partial(operation, bottleneck=bottleneck, by=request.user), f"Gedaan: {label.lower()}."
    ):
        return redirect(bottleneck)
    context = {"coalition": coalition, "bottleneck": bottleneck, "form": form, "label": label}
    return render(request, "actions/bottleneck_form.html", context)
