"""Seats of a member: who sits for the organisation, at which level, from when to when."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from coalitions import roles
from coalitions.access import Permission, requires
from coalitions.models import Coalition, Membership, Seat
from coalitions.role_forms import EndForm, SeatAddForm
from partners.requests import PersonRequest
from portal.acts import Refused


@requires(Permission.ROLES_ASSIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def seat_add(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """A seat for somebody who speaks for the organisation, or for somebody who is invited now."""
    membership = get_object_or_404(coalition.memberships.for_list(), pk=pk)
    form = SeatAddForm(request.POST if request.method == "POST" else None, membership=membership)
    if form.is_bound and form.is_valid():
        try:
            seat = _give(request, membership, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{seat.representative.person} heeft een zetel.")
            return redirect(membership)
    return render(
        request,
        "coalitions/seat_add.html",
        {"coalition": coalition, "membership": membership, "form": form},
    )


@requires(Permission.ROLES_ASSIGN)
@require_http_methods(["GET", "HEAD", "POST"])
def seat_end(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """From that day the seat is empty."""
    seat = get_object_or_404(
        Seat.objects.filter(membership__in=coalition.memberships.all()).select_related(
            "membership__organisation", "representative__person"
        ),
        pk=pk,
    )
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            roles.end_seat(seat=seat, by=request.user, on=form.cleaned_data["on"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"De zetel van {seat.representative.person} eindigt.")
            return redirect("coalitions:membership-detail", coalition.slug, seat.membership_id)
    return render(request, "coalitions/seat_end.html", {"coalition": coalition, "seat": seat, "form": form})


def _give(request: PersonRequest, membership: Membership, form: SeatAddForm) -> Seat:
    if form.speaker is not None:
        return roles.give_seat(
            membership=membership, representative=form.speaker, by=request.user, **form.seat
        )
    person = {name: form.cleaned_data[name] for name in ("name", "email", "function")}
    return roles.invite_to_seat(membership=membership, by=request.user, **person, **form.seat)
