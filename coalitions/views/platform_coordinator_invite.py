"""The administrator invites the first coordinator of a coalition, once more if need be."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from coalitions import platform_menu, roles
from coalitions.access import Permission, requires
from coalitions.forms import CoordinatorForm
from coalitions.models import Coalition, CoalitionRole, Role
from partners.requests import PersonRequest
from portal.acts import Refused


@requires(Permission.PLATFORM_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def platform_coordinator_invite(request: PersonRequest, coalition_slug: str) -> HttpResponse:
    """Who coordinates already gets a new invitation; else the form asks who will."""
    coalition = get_object_or_404(Coalition, slug=coalition_slug)
    current = coalition.roles.current().filter(role=Role.COORDINATOR).select_related("person")
    coordinators = list(current.order_by("valid_from", "pk"))
    form = CoordinatorForm(request.POST if request.method == "POST" and not coordinators else None)
    if request.method == "POST" and (coordinators or form.is_valid()):
        try:
            role = _invite(request, coalition, None if coordinators else form)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"De uitnodiging gaat naar {role.person.email}.")
            return redirect("coalitions:platform")
    return render(
        request,
        "coalitions/platform_coordinator_invite.html",
        {
            "menu": platform_menu.entries(request),
            "coalition": coalition,
            "coordinators": coordinators,
            "form": form,
        },
    )


def _invite(request: PersonRequest, coalition: Coalition, form: CoordinatorForm | None) -> CoalitionRole:
    if form is None:
        return roles.invite_coordinator_again(coalition=coalition, by=request.user)
    return roles.appoint_first_coordinator(coalition=coalition, by=request.user, **form.coordinator)
