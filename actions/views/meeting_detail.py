"""One meeting: when and where, who comes, and afterwards what came of it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from actions import calendar_files, meeting_invitations
from actions.meeting_forms import AnswerForm
from actions.presenters.meeting import for_page, page_of
from actions.views.meeting_pages import readable
from coalitions.access import Permission, requires
from coalitions.menu import is_formal
from coalitions.models import Coalition
from partners.requests import PersonRequest
from portal.act_pages import done

CALENDAR_TYPE = "text/calendar; charset=utf-8"


@requires(Permission.MEETING_READ)
@require_safe
def meeting_detail(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The page of one meeting."""
    return _shown(request, coalition, pk, None)


@requires(Permission.MEETING_READ)
@require_POST
def meeting_answer(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The answer of who is logged in."""
    meeting = readable(request, coalition, pk)
    invitation = get_object_or_404(meeting.invitations, person=request.user)
    form = AnswerForm(request.POST, is_formal=is_formal(request.user))
    if not form.is_valid():
        return _shown(request, coalition, pk, form)
    return done(
        request,
        lambda: meeting_invitations.answer(invitation=invitation, by=request.user, **form.cleaned_data),
        "Het antwoord is opgeslagen.",
        meeting.get_absolute_url(),
    )


@requires(Permission.MEETING_READ)
@require_POST
def meeting_register(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Who is logged in puts herself on the list."""
    meeting = readable(request, coalition, pk)
    return done(
        request,
        lambda: meeting_invitations.register(meeting=meeting, by=request.user),
        "Je staat op de lijst.",
        meeting.get_absolute_url(),
    )


@requires(Permission.MEETING_READ)
@require_safe
def meeting_ics(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The meeting as a calendar file."""
    meeting = readable(request, coalition, pk)
    content = calendar_files.calendar_of([meeting], name=meeting.title)
    return HttpResponse(
        content,
        content_type=CALENDAR_TYPE,
        headers={"Content-Disposition": f'attachment; filename="bijeenkomst-{meeting.pk}.ics"'},
    )


def _shown(request: PersonRequest, coalition: Coalition, pk: int, form: AnswerForm | None) -> HttpResponse:
    meeting = readable(request, coalition, pk, for_page(request.user, coalition))
    context = page_of(meeting, request.user, form=form)
    return render(request, "actions/meeting_detail.html", context)
