"""Where the administrator lands: the coalitions, and how the portal runs."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coalitions import platform_menu
from coalitions.access import Permission, requires
from coalitions.models import Coalition, CoalitionRole, Role
from portal import hooks


@requires(Permission.PLATFORM_MANAGE)
@require_safe
def platform(request: HttpRequest) -> HttpResponse:
    """Every coalition with its coordinator, and the blocks of other parts: mail, jobs, health."""
    coordinators = CoalitionRole.objects.current().filter(role=Role.COORDINATOR)
    coalitions = (
        Coalition.objects.with_counts()
        .select_related("parent")
        .prefetch_related(Prefetch("roles", coordinators.select_related("person"), to_attr="coordinators"))
    )
    return render(
        request,
        "coalitions/platform.html",
        {
            "menu": platform_menu.entries(request),
            "coalitions": coalitions,
            "panels": hooks.panels(hooks.Place.PLATFORM, subject=None, person=request.user),
        },
    )
