"""How an organisation belongs to others."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from coalitions.organisation_access import editable_organisations, visible_organisations
from coalitions.organisation_forms import LinkForm
from coalitions.views.organisation_edit import home_of
from partners import links
from partners.models import OrganisationLink
from partners.requests import PersonRequest
from portal.act_pages import carried_out, done
from portal.signed_in import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_link_add(request: PersonRequest, pk: int) -> HttpResponse:
    """A new link, from a day."""
    organisation = get_object_or_404(editable_organisations(request.user), pk=pk)
    form = LinkForm(
        request.POST if request.method == "POST" else None,
        organisation=organisation,
        reachable=visible_organisations(request.user),
    )
    home = home_of(request, organisation)
    if carried_out(
        request, form, partial(links.link, source=organisation, by=request.user), "De band is vastgelegd."
    ):
        return redirect(home)
    context = {"organisation": organisation, "form": form, "home": home}
    return render(request, "coalitions/organisation_link_add.html", context)


@signed_in
@require_POST
def organisation_link_end(request: PersonRequest, pk: int) -> HttpResponse:
    """The link ends today; that it was there stays known."""
    mine = OrganisationLink.objects.filter(source__in=editable_organisations(request.user))
    link = get_object_or_404(mine.select_related("source", "target"), pk=pk)
    return done(
        request,
        lambda: links.end_link(link=link, by=request.user),
        f"De band met {link.target} is beëindigd.",
        home_of(request, link.source),
    )
