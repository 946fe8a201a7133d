"""One membership: where it stands, what happened, who sits where, and what can be done next."""

from typing import Any

from django.db.models import F, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from coalitions.access import Permission, can, requires
from coalitions.models import Coalition, Membership, Seat
from coalitions.models.memberships import MEMBER_STATES
from coalitions.moves import moves_from
from coalitions.presenters import missing_levels
from portal import hooks


@requires(Permission.PROSPECTS_READ)
@require_safe
def membership_detail(request: HttpRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """For the coordinator and her team."""
    seats = Seat.objects.select_related("representative__person").order_by(
        F("valid_to").desc(nulls_first=True), "level", "pk"
    )
    spells = coalition.memberships.select_related("organisation__type", "organisation__municipality")
    membership = get_object_or_404(spells.prefetch_related(Prefetch("seats", seats)), pk=pk)
    may_change = can(request.user, Permission.MEMBERSHIP_CHANGE, coalition)
    return render(
        request,
        "coalitions/membership_detail.html",
        {
            "coalition": coalition,
            **_facts_of(membership),
            "moves": moves_from(membership.state) if may_change else (),
            "may_change": may_change,
            "may_seat": can(request.user, Permission.ROLES_ASSIGN, coalition),
            "life": hooks.life_of(membership, person=request.user),
            "panels": hooks.panels(hooks.Place.MEMBERSHIP, subject=membership, person=request.user),
        },
    )


def _facts_of(membership: Membership) -> dict[str, Any]:
    """What everybody who may open the page sees."""
    coalition, organisation = membership.coalition, membership.organisation
    seats, is_member = list(membership.seats.all()), membership.state in MEMBER_STATES
    others = coalition.memberships.filter(organisation=organisation).exclude(pk=membership.pk)
    spells = list(others.order_by("-left_on"))
    return {
        "membership": membership,
        "organisation": organisation,
        "facts": (
            ("Lid sinds", membership.joined_on),
            ("Gestopt op", membership.left_on),
            ("Reden", membership.leave_reason),
            ("Bron", membership.source_note),
        ),
        "contacts": coalition.contacts.filter(organisation=organisation).select_related("by"),
        "seats": seats,
        "missing_levels": missing_levels(seats) if is_member else [],
        "is_member": is_member,
        "other_spells": spells,
        "has_open_spell": any(spell.left_on is None for spell in spells),
    }
