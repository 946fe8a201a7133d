"""The administrator changes where a coalition belongs and which municipalities it covers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from coalitions import founding, platform_menu
from coalitions.access import Permission, requires
from coalitions.forms import PlatformCoalitionAreaForm, PlatformCoalitionEditForm
from coalitions.models import Coalition
from partners.requests import PersonRequest
from portal.act_pages import done
from portal.acts import Refused


@requires(Permission.PLATFORM_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def platform_coalition_edit(request: PersonRequest, coalition_slug: str) -> HttpResponse:
    """The page with both forms; posting to it changes the coalition to which this one belongs."""
    coalition = _coalition(coalition_slug)
    form = PlatformCoalitionEditForm(request.POST if request.method == "POST" else None, coalition=coalition)
    if form.is_bound and form.is_valid():
        try:
            founding.change_parent(coalition=coalition, parent=form.cleaned_data["parent"], by=request.user)
        except Refused as refusal:
            form.add_error("parent", str(refusal))
        else:
            messages.success(request, "Opgeslagen.")
            return redirect("coalitions:platform-coalition-edit", coalition.slug)
    return _page(request, coalition, form=form)


@requires(Permission.PLATFORM_MANAGE)
@require_POST
def platform_coalition_area(request: PersonRequest, coalition_slug: str) -> HttpResponse:
    """Municipalities come in or go out from a day; what was stays known."""
    coalition = _coalition(coalition_slug)
    form = PlatformCoalitionAreaForm(request.POST, coalition=coalition)
    if form.is_valid():
        try:
            founding.change_area(
                coalition=coalition,
                add=form.cleaned_data["joining"],
                remove=form.cleaned_data["remove"],
                on=form.cleaned_data["on"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Het gebied is gewijzigd.")
            return redirect("coalitions:platform-coalition-edit", coalition.slug)
    return _page(request, coalition, area_form=form)


@requires(Permission.PLATFORM_MANAGE)
@require_POST
def platform_coalition_replaces_local(request: PersonRequest, coalition_slug: str, pk: int) -> HttpResponse:
    """Turn "regionaal in plaats van lokaal" on or off for one municipality."""
    coalition = _coalition(coalition_slug)
    link = get_object_or_404(coalition.area.member_links, pk=pk)
    return done(
        request,
        lambda: founding.replace_local(link=link, replaces_local=not link.replaces_local, by=request.user),
        "Opgeslagen.",
        reverse("coalitions:platform-coalition-edit", args=[coalition.slug]),
    )


def _coalition(slug: str) -> Coalition:
    return get_object_or_404(Coalition.objects.select_related("area", "parent"), slug=slug)


def _page(request: PersonRequest, coalition: Coalition, **forms: Any) -> HttpResponse:
    context = {
        "menu": platform_menu.entries(request),
        "coalition": coalition,
        "links": coalition.area.member_links.select_related("member").order_by(
            "member__sort_key", "valid_from"
        ),
        "form": PlatformCoalitionEditForm(coalition=coalition),
        "area_form": PlatformCoalitionAreaForm(coalition=coalition),
        **forms,
    }
    return render(request, "coalitions/platform_coalition_edit.html", context)
