"""The birth care collaborations of which figures can be delivered, each with its code."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from coalitions.access import Permission, requires
from monitoring.forms import VsvForm
from partners.models import Area, AreaKind, Person
from partners.vsv_areas import add_vsv_area
from portal.acts import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.FIGURES_DELIVER)
def vsv_list(request: HttpRequest) -> HttpResponse:
    """Every VSV with its code, and a form for a new one."""
    form = VsvForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            area = add_vsv_area(name=form.cleaned_data["naam"], by=cast(Person, request.user))
        except Refused as refusal:
            form.add_error("naam", str(refusal))
        else:
            messages.success(request, f"{area.name} heeft de code {area.code}.")
            return redirect("monitoring:vsv-list")
    areas = Area.objects.filter(kind=AreaKind.VSV).order_by("sort_key")
    return render(request, "monitoring/vsv_list.html", {"form": form, "areas": areas})
