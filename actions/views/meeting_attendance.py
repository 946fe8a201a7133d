"""Who was at a meeting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from actions import attendance
from actions.meeting_forms import GuestForm
from actions.models import Meeting
from actions.views.meeting_pages import form_page, managed, page
from coalitions.access import Permission, can, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.acts import Refused


@requires(Permission.MEETING_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def attendance_record(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Tick everybody who was there; invited people come first."""
    meeting = managed(request, coalition, pk)
    if request.method == "POST":
        present = [int(value) for value in request.POST.getlist("present") if value.isdecimal()]
        try:
            count = attendance.record(meeting=meeting, present=present, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Vastgelegd: {count} aanwezig.")
        return redirect(meeting)
    return render(
        request,
        "actions/attendance_record.html",
        {
            "coalition": coalition,
            "meeting": meeting,
            "may_import": can(request.user, Permission.MEMBERS_IMPORT, coalition),
            **_lists(meeting),
        },
    )


@requires(Permission.MEETING_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def guest_add(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Somebody who was there and is not on the list."""
    meeting = managed(request, coalition, pk)
    return form_page(
        request,
        meeting,
        GuestForm(*sent(request), coalition=coalition),
        lambda **asked: attendance.add_guest(meeting=meeting, by=request.user, **asked),
        title="Voeg iemand toe die er was",
        submit="Voeg toe",
        sentence="Deze persoon staat op de presentielijst.",
        address=page(request, meeting, "attendance-record"),
    )


def _lists(meeting: Meeting) -> dict[str, object]:
    """The people to tick, in two lists, and who is ticked: written down, or else said to come."""
    there = set(meeting.attendances.values_list("person", flat=True))
    coming = set(meeting.invitations.coming().values_list("person", flat=True))
    invited = set(meeting.invitations.values_list("person", flat=True))
    people = list(attendance.expected(meeting).only("name", "email"))
    ticked = there or coming
    return {
        "is_suggestion": not there and bool(coming),
        "lists": [
            (title, [(one, one.pk in ticked) for one in people if (one.pk in invited | there) is is_invited])
            for title, is_invited in (("Uitgenodigd", True), ("Anderen uit de coalitie", False))
        ],
    }
