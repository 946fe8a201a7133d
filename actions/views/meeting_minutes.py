"""The minutes of a meeting, and what was decided."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from actions import decisions, meetings, minutes
from actions.meeting_forms import DecisionForm, MinutesForm
from actions.models import Minutes
from actions.views.meeting_pages import form_page, managed, readable
from coalitions.access import Permission, requires
from coalitions.models import Coalition
from partners.requests import PersonRequest, sent
from portal.act_pages import done


@requires(Permission.MEETING_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def minutes_edit(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Write the draft of the minutes."""
    meeting = managed(request, coalition, pk)
    there = Minutes.objects.filter(meeting=meeting).first()
    return form_page(
        request,
        meeting,
        MinutesForm(*sent(request), initial={"text": there.text if there else ""}),
        lambda **asked: minutes.write(meeting=meeting, by=request.user, **asked),
        title="Schrijf het verslag",
        submit="Sla het concept op",
        sentence="Het concept van het verslag is opgeslagen.",
    )


@requires(Permission.MEETING_PLAN)
@require_POST
def minutes_fix(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The minutes stay as they are."""
    meeting = managed(request, coalition, pk)
    return done(
        request,
        lambda: minutes.fix(meeting=meeting, by=request.user),
        "Het verslag is vastgesteld.",
        meeting.get_absolute_url(),
    )


@requires(Permission.MEETING_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def decision_add(request: PersonRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """One decision, with who sees to it."""
    meeting = managed(request, coalition, pk)
    return form_page(
        request,
        meeting,
        DecisionForm(*sent(request), coalition=coalition),
        lambda **asked: decisions.add(meeting=meeting, by=request.user, **asked),
        title="Leg een besluit vast",
        submit="Leg vast",
        sentence="Het besluit is vastgelegd.",
    )


@requires(Permission.MEETING_READ)
@require_POST
def decision_finish(request: PersonRequest, coalition: Coalition, pk: int, decision_pk: int) -> HttpResponse:
    """What was decided is done; its owner says so, or who plans the meeting."""
    meeting = readable(request, coalition, pk)
    decision = get_object_or_404(meeting.decisions, pk=decision_pk)
    manages = meetings.managed_by(request.user, coalition).filter(pk=meeting.pk).exists()
    if not manages and decision.owner_id != request.user.pk:
        raise PermissionDenied
    return done(
        request,
        lambda: decisions.finish(decision=decision, by=request.user),
        "Het besluit staat op gedaan.",
        meeting.get_absolute_url(),
    )
