"""One membership: where it stands, what happened, who sits where, and what can be done next."""

from django.db.models import F, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from coalitions.access import Permission, can, requires
from coalitions.models import Coalition, Seat
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
    membership = get_object_or_404(
        coalition.memberships.select_related(
            "organisation__type", "organisation__municipality"
        ).prefetch_related(Prefetch("seats", seats)),
        pk=pk,
    )
    others = list(
        coalition.memberships.filter(organisation=membership.organisation)
        .exclude(pk=membership.pk)
        .order_by("-left_on")
    )
    held = list(membership.seats.all())
    may_change = can(request.user, Permission.MEMBERSHIP_CHANGE, coalition)
    return render(
        request,
        "coalitions/membership_detail.html",
        {
            "coalition": coalition,
            "membership": membership,
            "organisation": membership.organisation,
            "facts": (
                ("Lid sinds", membership.joined_on),
                ("Gestopt op", membership.left_on),
                ("Reden", membership.leave_reason),
                ("Bron", membership.source_note),
            ),
            "moves": moves_from(membership.state) if may_change else (),
            "may_change": may_change,
            "contacts": coalition.contacts.filter(organisation=membership.organisation).select_related("by"),
            "seats": held,
            "missing_levels": missing_levels(held) if membership.state in MEMBER_STATES else [],
            "is_member": membership.state in MEMBER_STATES,
            "may_seat": can(request.user, Permission.ROLES_ASSIGN, coalition),
            "life": hooks.life_of(membership, person=request.user),
            "other_spells": others,
            "has_open_spell": any(spell.left_on is None for spell in others),
            "panels": hooks.panels(hooks.Place.MEMBERSHIP, subject=membership, person=request.user),
        },
    )
