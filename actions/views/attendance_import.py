"""Who was at a meeting as a table: out to a file, and in from one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from actions.attendance import NotHeld
from actions.models import Meeting
from actions.models.meetings import HELD_STATES
from actions.presenters.meeting import present
from actions.views.meeting_pages import managed
from coalitions.access import Permission, requires
from coalitions.imports.forms import ImportFileForm
from coalitions.models import Coalition, MemberImportKind
from coalitions.views.import_pages import import_page
from partners.requests import PersonRequest, sent
from portal.tables import csv_response, xlsx_response

HEADER = ["Naam", "Mailadres", "Organisatie", "Niveau"]


@requires(Permission.MEMBERS_IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def attendance_import(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The form for a list of who was there, and what came in before."""
    meeting = managed(request, coalition, pk)
    if request.method == "POST" and meeting.state not in HELD_STATES:
        messages.error(request, str(NotHeld(meeting)))
        return redirect(meeting)
    return import_page(
        request,
        coalition,
        ImportFileForm(*sent(request)),
        kind=MemberImportKind.ATTENDANCE,
        about=meeting.pk,
        template="actions/attendance_import.html",
        meeting=meeting,
    )


@requires(Permission.MEMBERS_IMPORT)
@require_safe
def attendance_csv(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Who was there, as a file that can come in again."""
    meeting = managed(request, coalition, pk)
    return csv_response(filename=f"aanwezig-{meeting.day}.csv", header=HEADER, rows=_exported(meeting))


@requires(Permission.MEMBERS_IMPORT)
@require_safe
def attendance_xlsx(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The same rows as a workbook."""
    meeting = managed(request, coalition, pk)
    name = f"aanwezig-{meeting.day}.xlsx"
    return xlsx_response(filename=name, title="Aanwezig", header=HEADER, rows=_exported(meeting))


def _exported(meeting: Meeting) -> list[list[Any]]:
    """A row for everybody on the list. The address goes along: by it she is known again."""
    return [
        [
            one.person.name,
            one.person.email or "",
            one.organisation.name if one.organisation else "",
            one.get_level_display(),
        ]
        for one in present(meeting)
    ]
