"""The GGD regions and provinces with their municipalities, for the administrator."""

import datetime

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from coalitions import platform_menu
from coalitions.access import Permission, requires
from coalitions.forms import REGION_KINDS, PlatformRegionEditForm, PlatformRegionListForm
from partners import regions
from partners.models import Area, AreaKind, AreaMember
from partners.requests import PersonRequest
from portal.acts import Refused


@requires(Permission.PLATFORM_MANAGE)
@require_safe
def platform_region_list(request: PersonRequest) -> HttpResponse:
    """Each region with its municipalities on a day, today unless told."""
    form = PlatformRegionListForm(request.GET or None)
    day = (form.is_bound and form.is_valid() and form.cleaned_data["op"]) or timezone.localdate()
    return render(
        request,
        "coalitions/platform_region_list.html",
        {
            "menu": platform_menu.entries(request),
            "form": form,
            "day": day,
            "regions": _regions(day).filter(kind__in=REGION_KINDS).order_by("kind", "sort_key"),
        },
    )


@requires(Permission.PLATFORM_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def platform_region_edit(request: PersonRequest, code: str) -> HttpResponse:
    """A municipality moves into this GGD region from a day; what was stays known."""
    region = get_object_or_404(Area, kind=AreaKind.GGD_REGION, code=code)
    form = PlatformRegionEditForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            moved = regions.move_municipality(
                municipality=form.cleaned_data["found"],
                region=region,
                on=form.cleaned_data["on"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            since = f"{moved.valid_from:%d-%m-%Y}"
            messages.success(request, f"{moved.member} hoort vanaf {since} bij {region}.")
            return redirect("coalitions:platform-region-edit", region.code)
    links = region.member_links.select_related("member").order_by("member__sort_key", "valid_from")
    return render(
        request,
        "coalitions/platform_region_edit.html",
        {"menu": platform_menu.entries(request), "form": form, "region": region, "links": links},
    )


def _regions(day: datetime.date) -> QuerySet[Area]:
    links = AreaMember.objects.on(day).select_related("member").order_by("member__sort_key")
    return Area.objects.on(day).prefetch_related(Prefetch("member_links", links, to_attr="links"))
