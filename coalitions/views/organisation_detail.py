"""One organisation: what it is, where it takes part and who speaks for it."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from coalitions.access import (
    Permission,
    coalition_ids_with,
    memberships_visible_to,
    requires,
)
from coalitions.contacts import people_of
from partners.models import Organisation
from portal import hooks


@requires(Permission.MEMBERS_READ)
@require_safe
def organisation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """For who takes part somewhere; an organisation that she may not know of does not exist."""
    visible = memberships_visible_to(request.user)
    organisation = get_object_or_404(
        Organisation.objects.filter(
            Q(pk__in=visible.values("organisation"))
            | Q(pk__in=Organisation.objects.represented_by(request.user).values("pk"))
        ).select_related("type", "municipality", "merged_into"),
        pk=pk,
    )
    own = coalition_ids_with(request.user, Permission.PROSPECTS_READ)
    return render(
        request,
        "coalitions/organisation_detail.html",
        {
            "organisation": organisation,
            "memberships": visible.filter(organisation=organisation)
            .select_related("coalition")
            .order_by("coalition__sort_key", "-joined_on", "pk"),
            "shows_states_of": own,
            "people": people_of(organisation, viewer=request.user),
            "panels": hooks.panels(hooks.Place.ORGANISATION, subject=organisation, person=request.user),
        },
    )
