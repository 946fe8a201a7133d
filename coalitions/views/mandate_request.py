"""An organisation asks that one of its people may sign."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from coalitions.mandate_forms import MandateRequestForm
from coalitions.models.memberships import OVER_STATES
from coalitions.organisation_access import own_organisations
from partners import mandates
from partners.models import Area, Mandate, Organisation
from partners.requests import PersonRequest
from portal.acts import Refused
from portal.signed_in import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mandate_request(request: PersonRequest, pk: int) -> HttpResponse:
    """The form; whoever speaks for the organisation may ask, for herself and for a colleague."""
    organisation = get_object_or_404(own_organisations(request.user), pk=pk)
    form = MandateRequestForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        organisation=organisation,
        areas=_areas_of(organisation),
    )
    if form.is_bound and form.is_valid() and (mandate := _ask(request, form)):
        messages.success(
            request,
            "De aanvraag is verstuurd. De coördinator van je coalitie controleert haar; je krijgt een mail.",
        )
        return redirect(mandate)
    context = {"organisation": organisation, "form": form}
    return render(request, "coalitions/mandate_request.html", context)


def _ask(request: PersonRequest, form: MandateRequestForm) -> Mandate | None:
    try:
        return mandates.request(**form.cleaned_data, by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _areas_of(organisation: Organisation) -> object:
    """The coalitions on whose list the organisation stands."""
    spells = organisation.memberships.exclude(state__in=OVER_STATES)
    return Area.objects.filter(pk__in=spells.order_by().values("coalition__area"))
