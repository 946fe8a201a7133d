"""An organisation that stopped goes to the archive, and may come back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from coalitions import organisation_life
from coalitions.access import Permission, requires
from coalitions.organisation_access import deciding_organisations
from partners import organisations
from partners.requests import PersonRequest
from portal.act_pages import done


@requires(Permission.ORGANISATION_MERGE)
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_archive(request: PersonRequest, pk: int) -> HttpResponse:
    """Asks first; nothing is thrown away."""
    organisation = get_object_or_404(deciding_organisations(request.user), pk=pk)
    if request.method == "POST":
        return done(
            request,
            lambda: organisation_life.archive(organisation=organisation, by=request.user),
            f"{organisation} staat in het archief.",
            organisation,
        )
    return render(request, "coalitions/organisation_archive.html", {"organisation": organisation})


@requires(Permission.ORGANISATION_MERGE)
@require_POST
def organisation_restore(request: PersonRequest, pk: int) -> HttpResponse:
    """Back from the archive."""
    organisation = get_object_or_404(deciding_organisations(request.user), pk=pk)
    return done(
        request,
        lambda: organisations.restore(organisation=organisation, by=request.user),
        f"{organisation} is terug uit het archief.",
        organisation,
    )
