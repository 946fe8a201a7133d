"""Whom to invite to a meeting: by level, group and domain, with a count before anything is sent."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from actions import meeting_invitations
from actions.meeting_forms import AudienceForm
from actions.models import MeetingState
from actions.views.meeting_pages import managed
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from partners.models import Person
from partners.requests import PersonRequest
from portal.act_pages import done
from portal.acts import Refused

NAMES_SHOWN = 200


@requires(Permission.MEETING_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_invite(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Choose, see how many that are, and invite exactly those."""
    meeting = managed(request, coalition, pk)
    chosen = request.POST if request.method == "POST" else request.GET
    form = AudienceForm(chosen or None, coalition=coalition)
    people = form.audience().people()
    if request.method == "POST" and form.is_valid():
        try:
            count = meeting_invitations.invite(meeting=meeting, people=people, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _sentence(count, is_told=meeting.state == MeetingState.INVITED))
        return redirect(meeting)
    context = {"coalition": coalition, "meeting": meeting, "form": form, "is_chosen": form.is_bound}
    if form.is_bound:
        context |= _reach(people, people.exclude(meeting_invitations__meeting=meeting))
    return render(request, "actions/meeting_invite.html", context)


def _reach(people: QuerySet[Person], new: QuerySet[Person]) -> dict[str, Any]:
    """How many were chosen, and who of them would come on the list."""
    return {
        "count": people.count(),
        "new_count": new.count(),
        "without_address": new.filter(email__isnull=True).count(),
        "names": list(new[:NAMES_SHOWN]),
    }


@requires(Permission.MEETING_PLAN)
@require_POST
def invitation_withdraw(
    request: PersonRequest, coalition: Coalition, pk: int, invitation_pk: int
) -> HttpResponse:
    """Somebody who did not answer goes off the list."""
    meeting = managed(request, coalition, pk)
    invitation = get_object_or_404(meeting.invitations.select_related("person", "meeting"), pk=invitation_pk)
    return done(
        request,
        lambda: meeting_invitations.withdraw(invitation=invitation, by=request.user),
        f"{invitation.person} staat niet meer op de lijst.",
        meeting.get_absolute_url(),
    )


def _sentence(count: int, *, is_told: bool) -> str:
    if not count:
        return "Iedereen die je koos, stond al op de lijst."
    who = "1 persoon staat" if count == 1 else f"{count} personen staan"
    return f"{who} nu op de lijst." + (" Zij krijgen een mail." if is_told else "")
