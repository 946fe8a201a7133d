"""Interventions of the country, where they are on offer, and how a municipality stands."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from actions import offers
from actions.models import Intervention, InterventionOffer
from actions.practice_filters import InterventionFilter
from actions.practice_forms import OfferForm
from coalitions.access import Permission, coalition_ids_with, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.act_pages import carried_out


@login_not_required
@require_safe
def intervention_list(request: HttpRequest) -> HttpResponse:
    """The catalogue, with in how many municipalities each runs."""
    found = InterventionFilter(request.GET, Intervention.objects.with_counts())
    return render(request, "actions/intervention_list.html", {"filter": found})


@login_not_required
@require_safe
def intervention_detail(request: HttpRequest, intervention_slug: str) -> HttpResponse:
    """What it is, and where it is on offer today."""
    intervention = get_object_or_404(Intervention, slug=intervention_slug)
    current = InterventionOffer.objects.current().filter(intervention=intervention)
    editing = coalition_ids_with(request.user, Permission.ADOPTION_EDIT)
    return render(
        request,
        "actions/intervention_detail.html",
        {
            "intervention": intervention,
            "offers": current.select_related("municipality").order_by("municipality__sort_key"),
            "editing": Coalition.objects.filter(pk__in=editing).order_by("sort_key"),
        },
    )


@requires(Permission.ADOPTION_EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def offer_set(request: PersonRequest, coalition: Coalition, intervention_slug: str) -> HttpResponse:
    """How a municipality of this coalition stands from today on."""
    intervention = get_object_or_404(Intervention, slug=intervention_slug)
    form = OfferForm(*sent(request), coalition=coalition, person=request.user)
    if carried_out(
        request,
        form,
        partial(offers.set_stand, intervention=intervention, coalition=coalition, by=request.user),
        "De stand is opgeslagen. Wat er eerder stond, blijft bewaard.",
    ):
        return redirect(intervention)
    context = {"coalition": coalition, "intervention": intervention, "form": form}
    return render(request, "actions/offer_set.html", context)
