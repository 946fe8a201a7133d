"""An organisation comes onto the list: first look in the register, then add a new one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalitions import members
from coalitions.access import Permission, requires
from coalitions.member_forms import OrganisationAddForm, SearchForm
from coalitions.models import Coalition
from coalitions.register import found_in_register
from partners import duplicates
from partners.models import Organisation
from partners.requests import PersonRequest
from portal.acts import Refused


@requires(Permission.MEMBERSHIP_CHANGE)
@require_safe
def membership_add(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """Look for an organisation that the portal knows already."""
    form = SearchForm(request.GET or None)
    words = form.cleaned_data["zoek"] if form.is_bound and form.is_valid() else ""
    return render(
        request,
        "coalitions/membership_add.html",
        {
            "coalition": coalition,
            "form": form,
            "words": words,
            "found": found_in_register(words, coalition=coalition) if words else [],
        },
    )


@requires(Permission.MEMBERSHIP_CHANGE)
@require_POST
def membership_add_known(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Put an organisation from the register on the list."""
    organisation = get_object_or_404(Organisation.objects.active(), pk=pk)
    try:
        membership = members.put_on_list(coalition=coalition, organisation=organisation, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("coalitions:membership-add", coalition.slug)
    messages.success(request, f"{organisation} staat op de lijst.")
    return redirect("coalitions:membership-detail", coalition.slug, membership.pk)


@requires(Permission.MEMBERSHIP_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def membership_add_new(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """An organisation that the portal does not know yet."""
    form = OrganisationAddForm(
        request.POST if request.method == "POST" else None,
        on=timezone.localdate(),
        initial={"name": request.GET.get("naam", "")},
    )
    found: list[duplicates.Match] = []
    if form.is_bound and form.is_valid() and not (found := _known(form)):
        try:
            membership = members.add_new(coalition=coalition, by=request.user, **form.details)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{membership.organisation} staat op de lijst.")
            return redirect("coalitions:membership-detail", coalition.slug, membership.pk)
    context = {"coalition": coalition, "form": form, "matches": found}
    return render(request, "coalitions/membership_add_new.html", context)


def _known(form: OrganisationAddForm) -> list[duplicates.Match]:
    """Who is there already and may be meant; equal numbers are, whatever the box says."""
    named = {field: form.cleaned_data[field] for field in ("name", "municipality", "kvk")}
    found = duplicates.matches(**named)
    if form.cleaned_data["is_new"]:
        found = [match for match in found if match.is_certain]
    if found:
        form.ask_again()
    return found
