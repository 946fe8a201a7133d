"""One organisation: what it is, where it takes part, to whom it belongs and who speaks for it."""

from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from coalitions.access import Permission, can, coalition_ids_with, memberships_visible_to
from coalitions.contacts import people_of
from coalitions.organisation_access import (
    deciding_organisations,
    editable_organisations,
    is_administrator,
    visible_organisations,
)
from coalitions.presenters import links_of
from partners.models import Organisation, OrganisationAlias, Person
from partners.requests import PersonRequest
from portal import hooks
from portal.signed_in import signed_in


@signed_in
@require_safe
def organisation_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """For who takes part somewhere; an organisation that she may not know of does not exist. One that
    was merged leads to the one that it is now."""
    person = request.user
    reads_members = can(person, Permission.MEMBERS_READ)
    if not (reads_members or is_administrator(person)):
        raise PermissionDenied
    organisation = _known_to(person).filter(pk=pk).first()
    if organisation is None:
        return redirect(_merged_into(person, pk))
    return render(
        request,
        "coalitions/organisation_detail.html",
        {
            "organisation": organisation,
            "memberships": memberships_visible_to(person)
            .filter(organisation=organisation)
            .select_related("coalition")
            .order_by("coalition__sort_key", "-joined_on", "pk"),
            "shows_states_of": coalition_ids_with(person, Permission.PROSPECTS_READ),
            # Who keeps the platform running sees no people of coalitions by that.
            "people": people_of(organisation, viewer=person) if reads_members else [],
            "links": links_of(organisation),
            "linking_roles": organisation.linking_roles.current().select_related("person", "municipality"),
            "may_edit": organisation.may_edit,
            "may_decide": organisation.may_decide,
            "panels": hooks.panels(hooks.Place.ORGANISATION, subject=organisation, person=person),
        },
    )


def _known_to(person: Person) -> QuerySet[Any]:
    """The organisations that `person` may open, with their other names and what she may do with them."""
    deciding = deciding_organisations(person)
    aliases = OrganisationAlias.objects.filter(organisation=OuterRef("pk"))
    return (
        (visible_organisations(person) | deciding)
        .select_related("type", "municipality")
        .annotate(
            may_edit=Exists(editable_organisations(person).filter(pk=OuterRef("pk"))),
            may_decide=Exists(deciding.filter(pk=OuterRef("pk"))),
            other_names=ArraySubquery(aliases.order_by("sort_key").values("name")),
        )
    )


def _merged_into(person: Person, pk: int) -> Organisation:
    """What the organisation became, where `person` may know of that."""
    visible = visible_organisations(person).order_by().values("pk")
    merged = Organisation.objects.filter(merged_into__in=visible).select_related("merged_into")
    return cast(Organisation, get_object_or_404(merged, pk=pk).merged_into)
