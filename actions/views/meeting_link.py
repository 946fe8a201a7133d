"""The page behind the link in an invitation: somebody answers without logging in."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from actions import calendar_files, meeting_invitations, meeting_mails
from actions.meeting_forms import AnswerForm
from actions.models import MeetingInvitation, MeetingState, Response
from actions.views.meeting_detail import CALENDAR_TYPE
from coalitions.menu import is_formal
from portal.act_pages import carried_out


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_link(request: HttpRequest, token: str) -> HttpResponse:
    """Looking answers nothing, so that a mail scanner may; only sending the form does."""
    invitation = _invitation(token)
    formal = is_formal(invitation.person)
    shown = Response.YES if invitation.response == Response.WAITING else invitation.response
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        initial={"response": shown, "deputy": invitation.deputy},
        is_formal=formal,
    )
    if carried_out(
        request,
        form,
        partial(meeting_invitations.answer, invitation=invitation, by=invitation.person),
        "Het antwoord is opgeslagen.",
    ):
        return redirect("actions:meeting-link", token)
    context = {
        "invitation": invitation,
        "meeting": invitation.meeting,
        "form": form,
        "token": token,
        "is_formal": formal,
    }
    return render(request, "actions/meeting_link.html", context)


@login_not_required
@never_cache
@require_safe
def meeting_link_ics(request: HttpRequest, token: str) -> HttpResponse:
    """The meeting as a calendar file."""
    meeting = _invitation(token).meeting
    return HttpResponse(
        calendar_files.calendar_of([meeting], name=meeting.title),
        content_type=CALENDAR_TYPE,
        headers={"Content-Disposition": f'attachment; filename="bijeenkomst-{meeting.pk}.ics"'},
    )


def _invitation(token: str) -> MeetingInvitation:
    invitation = meeting_mails.invitation_of(token)
    if invitation is None or invitation.meeting.state == MeetingState.DRAFT:
        raise Http404
    return invitation
