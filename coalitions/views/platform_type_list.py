"""The kinds of organisations, for the administrator."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from coalitions import platform_menu
from coalitions.access import Permission, requires
from coalitions.forms import PlatformTypeAddForm, PlatformTypeForm
from partners import organisation_types
from partners.models import OrganisationType
from partners.requests import PersonRequest
from portal.acts import Refused


@requires(Permission.PLATFORM_MANAGE)
@require_safe
def platform_type_list(request: PersonRequest) -> HttpResponse:
    """Every kind with its domain and how many organisations there are of it."""
    kinds = OrganisationType.objects.annotate(organisation_count=Count("organisations")).order_by("sort_key")
    return render(
        request,
        "coalitions/platform_type_list.html",
        {"menu": platform_menu.entries(request), "kinds": kinds},
    )


@requires(Permission.PLATFORM_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def platform_type_add(request: PersonRequest) -> HttpResponse:
    """A new kind of organisation."""
    form = PlatformTypeAddForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            kind = organisation_types.add_type(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"De soort ‘{kind.name}’ staat erbij.")
            return redirect("coalitions:platform-type-list")
    return render(
        request,
        "coalitions/platform_type_add.html",
        {"menu": platform_menu.entries(request), "form": form},
    )


@requires(Permission.PLATFORM_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def platform_type_edit(request: PersonRequest, code: str) -> HttpResponse:
    """Other words or another domain for a kind."""
    kind = get_object_or_404(OrganisationType, code=code)
    form = PlatformTypeForm(
        request.POST if request.method == "POST" else None,
        initial={"name": kind.name, "name_plural": kind.name_plural, "domain": kind.domain},
    )
    if form.is_bound and form.is_valid():
        try:
            organisation_types.change_type(kind=kind, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Opgeslagen.")
            return redirect("coalitions:platform-type-list")
    return render(
        request,
        "coalitions/platform_type_edit.html",
        {"menu": platform_menu.entries(request), "form": form, "kind": kind},
    )
