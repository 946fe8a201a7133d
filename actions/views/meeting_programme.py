"""The programme of a meeting: points on the agenda and who speaks."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from actions import carried_points, meetings
from actions.meeting_forms import AgendaItemForm, CarryForm, SpeakerForm
from actions.views.meeting_pages import form_page, managed
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.act_pages import done


@requires(Permission.MEETING_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_item_add(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """One more point at the end."""
    meeting = managed(request, coalition, pk)
    return form_page(
        request,
        meeting,
        AgendaItemForm(*sent(request)),
        lambda **asked: meetings.add_agenda_item(meeting=meeting, by=request.user, **asked),
        title="Voeg een agendapunt toe",
        submit="Voeg toe",
        sentence="Het agendapunt staat erbij.",
    )


@requires(Permission.MEETING_PLAN)
@require_POST
def agenda_item_remove(request: PersonRequest, coalition: Coalition, pk: int, item_pk: int) -> HttpResponse:
    """A point goes."""
    meeting = managed(request, coalition, pk)
    item = get_object_or_404(meeting.agenda_items, pk=item_pk)
    return done(
        request,
        lambda: meetings.remove_agenda_item(item=item, by=request.user),
        "Het agendapunt is weg.",
        meeting.get_absolute_url(),
    )


@requires(Permission.MEETING_PLAN)
@require_POST
def agenda_item_lift(request: PersonRequest, coalition: Coalition, pk: int, item_pk: int) -> HttpResponse:
    """A point comes earlier."""
    meeting = managed(request, coalition, pk)
    item = get_object_or_404(meeting.agenda_items, pk=item_pk)
    return done(
        request,
        lambda: meetings.lift_agenda_item(item=item, by=request.user),
        "Het agendapunt komt eerder.",
        meeting.get_absolute_url(),
    )


@requires(Permission.MEETING_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_carry(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Points that were not reached go on to the next meeting of the series."""
    meeting = managed(request, coalition, pk)
    following = carried_points.next_of(meeting)
    where = f"‘{following}’" if following else "de volgende bijeenkomst van deze reeks"
    return form_page(
        request,
        meeting,
        CarryForm(*sent(request), left_over=carried_points.left_over(meeting)),
        lambda **asked: carried_points.carry_on(meeting=meeting, by=request.user, **asked),
        title="Schuif agendapunten door",
        submit="Schuif door",
        sentence=f"Deze punten staan nu op de agenda van {where}.",
        lead=f"Wat niet aan bod kwam, komt achteraan op de agenda van {where}.",
    )


@requires(Permission.MEETING_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def speaker_add(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Somebody who speaks."""
    meeting = managed(request, coalition, pk)
    return form_page(
        request,
        meeting,
        SpeakerForm(*sent(request)),
        lambda **asked: meetings.add_speaker(meeting=meeting, by=request.user, **asked),
        title="Voeg een spreker toe",
        submit="Voeg toe",
        sentence="De spreker staat erbij.",
    )


@requires(Permission.MEETING_PLAN)
@require_POST
def speaker_remove(request: PersonRequest, coalition: Coalition, pk: int, speaker_pk: int) -> HttpResponse:
    """Somebody who speaks no longer."""
    meeting = managed(request, coalition, pk)
    speaker = get_object_or_404(meeting.speakers, pk=speaker_pk)
    return done(
        request,
        lambda: meetings.remove_speaker(speaker=speaker, by=request.user),
        "De spreker is weg.",
        meeting.get_absolute_url(),
    )
