"""The administrator brings a coalition into being and invites its first coordinator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from coalitions import founding, platform_menu
from coalitions.access import Permission, requires
from coalitions.forms import PlatformCoalitionAddForm, RegionChoiceForm
from coalitions.models import Coalition
from partners.requests import PersonRequest
from portal.acts import Refused


@requires(Permission.PLATFORM_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def platform_coalition_add(request: PersonRequest) -> HttpResponse:
    """The form; a region in the URL fills in its municipalities."""
    regions = RegionChoiceForm(request.GET)
    form = PlatformCoalitionAddForm(request.POST if request.method == "POST" else None, region=regions.region)
    if form.is_bound and form.is_valid() and (coalition := _found(request, form)):
        messages.success(
            request,
            f"De coalitie {coalition.name} staat klaar. "
            f"De uitnodiging gaat naar {form.cleaned_data['coordinator_email']}.",
        )
        return redirect("coalitions:platform")
    return render(
        request,
        "coalitions/platform_coalition_add.html",
        {"menu": platform_menu.entries(request), "form": form, "regions": regions},
    )


def _found(request: PersonRequest, form: PlatformCoalitionAddForm) -> Coalition | None:
    """The new coalition, or None with the refusal on the form."""
    wanted = ("name", "level", "parent", "municipalities", "from_date")
    try:
        return founding.found_with_coordinator(
            **{field: form.cleaned_data[field] for field in wanted},
            coordinator=form.coordinator,
            by=request.user,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
