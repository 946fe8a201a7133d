"""Schakelfuncties: who is the contact for which domain in which municipality."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalitions.access import Permission, requires
from coalitions.organisation_access import editable_organisations, visible_organisations
from coalitions.organisation_filters import LinkingRoleFilter
from coalitions.organisation_forms import LinkingRoleForm
from coalitions.views.organisation_edit import home_of
from partners import linking_roles
from partners.models import LinkingRole
from partners.requests import PersonRequest
from portal.act_pages import carried_out, done
from portal.signed_in import signed_in
from portal.tables import csv_response


@requires(Permission.MEMBERS_READ)
@require_safe
def linking_role_list(request: PersonRequest) -> HttpResponse:
    """Of every organisation that she may know of."""
    return render(request, "coalitions/linking_role_list.html", {"filter": _filtered(request)})


@requires(Permission.MEMBERS_READ)
@require_safe
def linking_role_csv(request: PersonRequest) -> HttpResponse:
    """The same rows as a file."""
    return csv_response(
        filename="schakelfuncties.csv",
        header=["Functie", "Wie", "Organisatie", "Gemeente", "Van domein", "Naar domein", "Sinds"],
        rows=[
            [
                role.title,
                role.person.name if role.person else "",
                role.organisation.name,
                role.municipality.name,
                role.get_domain_from_display(),
                role.get_domain_to_display(),
                role.valid_from,
            ]
            for role in _filtered(request).rows
        ],
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def linking_role_add(request: PersonRequest, pk: int) -> HttpResponse:
    """A new one at an organisation, by its own people or its coordinator."""
    organisation = get_object_or_404(editable_organisations(request.user).select_related("type"), pk=pk)
    form = LinkingRoleForm(request.POST if request.method == "POST" else None, organisation=organisation)
    home = home_of(request, organisation)
    if carried_out(
        request,
        form,
        partial(linking_roles.add_linking_role, organisation=organisation, by=request.user),
        "De schakelfunctie is vastgelegd.",
    ):
        return redirect(home)
    context = {"organisation": organisation, "form": form, "home": home}
    return render(request, "coalitions/linking_role_add.html", context)


@signed_in
@require_POST
def linking_role_end(request: PersonRequest, pk: int) -> HttpResponse:
    """It ends today."""
    mine = LinkingRole.objects.filter(organisation__in=editable_organisations(request.user))
    role = get_object_or_404(mine.select_related("organisation"), pk=pk)
    return done(
        request,
        lambda: linking_roles.end_linking_role(role=role, by=request.user),
        f"De schakelfunctie {role.title} is beëindigd.",
        home_of(request, role.organisation),
    )


def _filtered(request: PersonRequest) -> LinkingRoleFilter:
    known = visible_organisations(request.user).order_by().values("pk")
    roles = LinkingRole.objects.current().filter(organisation__in=known).for_list()
    return LinkingRoleFilter(request.GET, roles)
