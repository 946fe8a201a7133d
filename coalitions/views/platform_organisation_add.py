"""A new organisation that is in no coalition yet, by the administrator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from coalitions import platform_menu
from coalitions.access import Permission, requires
from coalitions.organisation_forms import NewOrganisationForm
from partners import duplicates, organisations
from partners.models.organisations import IDENTIFIERS
from partners.requests import PersonRequest
from portal.acts import Refused


@requires(Permission.PLATFORM_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def platform_organisation_add(request: PersonRequest) -> HttpResponse:
    """Such as a ROS; where one like it is there already, the form asks once more."""
    form = NewOrganisationForm(request.POST if request.method == "POST" else None)
    found: list[duplicates.Match] = []
    if form.is_bound and form.is_valid():
        found = _known(form)
        if not found:
            try:
                organisation = organisations.add_organisation(by=request.user, **form.details)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, f"{organisation} is toegevoegd.")
                return redirect(organisation)
    context = {"menu": platform_menu.entries(request), "form": form, "matches": found}
    return render(request, "coalitions/platform_organisation_add.html", context)


def _known(form: NewOrganisationForm) -> list[duplicates.Match]:
    """Who is there already and may be meant; equal numbers are, whatever the box says."""
    found = duplicates.matches(
        name=form.cleaned_data["name"],
        municipality=form.cleaned_data["municipality"],
        **{field: form.cleaned_data[field] for field in IDENTIFIERS},
    )
    if form.cleaned_data["is_new"]:
        found = [match for match in found if match.is_certain]
    if found:
        form.ask_again()
    return found
