"""One person, as far as the visitor may know her."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from coalitions.access import Permission, memberships_visible_to, requires
from coalitions.contacts import may_see_address
from coalitions.models import Seat
from coalitions.organisation_access import visible_organisations
from partners.models import LinkingRole, Person, Representative
from partners.requests import PersonRequest


@requires(Permission.MEMBERS_READ)
@require_safe
def person_detail(request: PersonRequest, pk: int) -> HttpResponse:
    """Functions, seats and schakelfuncties at organisations that the visitor may know of."""
    known = visible_organisations(request.user).order_by().values("pk")
    functions = Representative.objects.filter(organisation__in=known).select_related("organisation")
    person = get_object_or_404(
        Person.objects.filter(pk__in=functions.current().order_by().values("person")), pk=pk
    )
    mine = functions.filter(person=person).order_by("-valid_from", "pk")
    memberships = memberships_visible_to(request.user).members()
    seats = Seat.objects.current().filter(representative__person=person, membership__in=memberships)
    return render(
        request,
        "coalitions/person_detail.html",
        {
            "person": person,
            "functions": [one for one in mine if one.is_current],
            "past_functions": [one for one in mine if not one.is_current],
            "seats": seats.select_related("membership__coalition", "representative__organisation"),
            "linking_roles": LinkingRole.objects.current()
            .filter(person=person, organisation__in=known)
            .for_list(),
            "shows_address": may_see_address(person, viewer=request.user),
        },
    )
