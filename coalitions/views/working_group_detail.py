"""One working group: what it is for, who takes part, and what it shares."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from coalitions import groups
from coalitions.access import Permission, can, groups_within, requires
from coalitions.contacts import addresses_in, organisations_in
from coalitions.models import Coalition, GroupRole, GroupState, WorkingGroup, WorkingGroupSeat
from coalitions.models.groups import LIVING_STATES
from partners.models import Person
from partners.requests import PersonRequest
from portal import files, hooks
from portal.acts import Refused
from portal.list_filters import position_in


def group_of(coalition: Coalition, group_slug: str) -> WorkingGroup:
    """The group at this address."""
    return get_object_or_404(
        coalition.groups.with_counts().select_related("coalition", "proposed_by"), slug=group_slug
    )


def may_manage(request: PersonRequest, group: WorkingGroup) -> bool:
    """Whether this person starts, closes and staffs this very group."""
    return groups_within(request.user, Permission.GROUP_MANAGE, group.coalition).filter(pk=group.pk).exists()


def managed(request: PersonRequest, coalition: Coalition, group_slug: str) -> WorkingGroup:
    """The group, for who manages it; refused to the lead of another one."""
    group = group_of(coalition, group_slug)
    if not may_manage(request, group):
        raise PermissionDenied
    return group


def may_read_documents(request: PersonRequest, group: WorkingGroup) -> bool:
    """Whether this person is in the group, or works for the coalition as a whole."""
    return (
        can(request.user, Permission.WORKPLACE_READ, group.coalition)
        or group.seats.current().filter(person=request.user).exists()
    )


def seats_of(group: WorkingGroup) -> list[WorkingGroupSeat]:
    """Who takes part today, who leads first."""
    return list(
        group.seats.current()
        .select_related("person")
        .order_by(position_in(GroupRole, "role"), "person__sort_key", "pk")
    )


@requires(Permission.MEMBERS_READ)
@require_safe
def working_group_detail(request: PersonRequest, coalition: Coalition, group_slug: str) -> HttpResponse:
    """The page of one group."""
    group = group_of(coalition, group_slug)
    seats = seats_of(group)
    own = next((seat for seat in seats if seat.person_id == request.user.pk), None)
    reads = own is not None or can(request.user, Permission.WORKPLACE_READ, coalition)
    return render(
        request,
        "coalitions/working_group_detail.html",
        {
            "coalition": coalition,
            "group": group,
            "own_seat": own,
            "manages": may_manage(request, group),
            "may_join": group.is_open and own is None and group.state in LIVING_STATES,
            "reads_documents": reads,
            "panels": hooks.panels(hooks.Place.GROUP, subject=group, person=request.user),
            "documents": group.documents.select_related("file", "added_by") if reads else (),
            **_people(group, seats, request.user),
            **_support(group, request.user),
        },
    )


def _people(group: WorkingGroup, seats: Sequence[WorkingGroupSeat], viewer: Person) -> dict[str, Any]:
    """Who takes part, for which organisation, and the addresses that `viewer` may know."""
    addresses = addresses_in(group, seats, viewer)
    organisations = organisations_in(group.coalition, [seat.person_id for seat in seats])
    people = [
        (seat, organisations.get(seat.person_id, ""), addresses.get(seat.person_id, "")) for seat in seats
    ]
    return {"people": people, "addresses": addresses}


def _support(group: WorkingGroup, person: Person) -> dict[str, Any]:
    """Who supports the proposal, and whether `person` does or may."""
    proposes = can(person, Permission.GROUP_PROPOSE, group.coalition)
    return {
        "may_support": group.state == GroupState.PROPOSED and proposes,
        "supporters": group.supporters.select_related("person").order_by("given_at", "pk"),
        "supports": group.supporters.filter(person=person).exists(),
    }


@requires(Permission.GROUP_PROPOSE)
@require_POST
def working_group_support(request: PersonRequest, coalition: Coalition, group_slug: str) -> HttpResponse:
    """Support a proposal."""
    group = group_of(coalition, group_slug)
    return _act(
        request, group, lambda: groups.support(group=group, by=request.user), "Je steunt dit voorstel."
    )


@requires(Permission.GROUP_PROPOSE)
@require_POST
def working_group_unsupport(request: PersonRequest, coalition: Coalition, group_slug: str) -> HttpResponse:
    """Support it no longer."""
    group = group_of(coalition, group_slug)
    return _act(
        request,
        group,
        lambda: groups.withdraw_support(group=group, by=request.user),
        "Je steunt dit voorstel niet meer.",
    )


@requires(Permission.GROUP_PROPOSE)
@require_POST
def working_group_join(request: PersonRequest, coalition: Coalition, group_slug: str) -> HttpResponse:
    """Take part in an open group."""
    group = group_of(coalition, group_slug)
    return _act(request, group, lambda: groups.join(group=group, by=request.user), "Je doet mee.")


@requires(Permission.MEMBERS_READ)
@require_POST
def working_group_leave(request: PersonRequest, coalition: Coalition, group_slug: str) -> HttpResponse:
    """End one's own place."""
    group = group_of(coalition, group_slug)
    seat = get_object_or_404(group.seats.current(), person=request.user)
    return _act(request, group, lambda: groups.end_seat(seat=seat, by=request.user), "Je doet niet meer mee.")


@requires(Permission.MEMBERS_READ)
@require_safe
def working_group_document(
    request: PersonRequest, coalition: Coalition, group_slug: str, pk: int
) -> HttpResponse:
    """One document, for who is in the group."""
    group = group_of(coalition, group_slug)
    if not may_read_documents(request, group):
        raise PermissionDenied
    return files.download(get_object_or_404(group.documents.select_related("file"), pk=pk).file)


def _act(request: PersonRequest, group: WorkingGroup, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(group)
