"""The meetings of a coalition, on the screen and as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actions import attendance, meetings
from actions.meeting_filters import MeetingFilter
from coalitions.access import Permission, can, requires
from coalitions.models import Coalition, SeatLevel
from partners.requests import PersonRequest
from portal.tables import csv_response

HEADER = ("Datum", "Van", "Tot", "Titel", "Soort", "Reeks", "Groep", "Plaats", "Stand", "Komt", "Aanwezig")


@requires(Permission.MEETING_READ)
@require_safe
def meeting_list(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """The meetings that pass the filters, and how many different people took part."""
    counted = attendance.distinct_by_level(coalition)
    return render(
        request,
        "actions/meeting_list.html",
        {
            "coalition": coalition,
            "filter": _filtered(request, coalition),
            "may_plan": can(request.user, Permission.MEETING_PLAN, coalition),
            "participants": counted["total"],
            "levels": [(level.label, counted.get(level, 0)) for level in SeatLevel],
            "without_level": counted.get("", 0),
        },
    )


@requires(Permission.MEETING_READ)
@require_safe
def meeting_csv(request: PersonRequest, coalition: Coalition) -> HttpResponse:
    """The same rows as a CSV file."""
    rows = (
        (
            one.day,
            f"{timezone.localtime(one.starts_at):%H:%M}",
            f"{timezone.localtime(one.ends_at):%H:%M}",
            one.title,
            one.get_kind_display(),
            one.series or "",
            one.group or "",
            one.place,
            one.get_state_display(),
            one.coming_count,
            one.present_count,
        )
        for one in _filtered(request, coalition).rows
    )
    return csv_response(filename=f"bijeenkomsten-{coalition.slug}.csv", header=HEADER, rows=rows)


def _filtered(request: PersonRequest, coalition: Coalition) -> MeetingFilter:
    found = meetings.readable_by(request.user, coalition).with_counts()  # type: ignore[attr-defined]
    return MeetingFilter(request.GET, found.select_related("series", "group"), coalition=coalition)
