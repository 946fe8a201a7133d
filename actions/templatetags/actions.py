"""What templates show of what the coalition does."""

from functools import cache

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from actions.models import AdoptionState, Meeting, MeetingState, OfferState, PracticeState, Response
from portal.templatetags.ui import badge

register = template.Library()

MEETING_KINDS = {
    MeetingState.DRAFT: "warning",
    MeetingState.INVITED: "info",
    MeetingState.HELD: "success",
    MeetingState.MINUTES_DRAFT: "success",
    MeetingState.MINUTES_FIXED: "success",
    MeetingState.CANCELLED: "danger",
}
RESPONSE_KINDS = {
    Response.YES: "success",
    Response.NO: "danger",
    Response.MAYBE: "warning",
    Response.WAITING: "info",
}

PRACTICE_KINDS = {
    PracticeState.LOCAL: "neutral",
    PracticeState.NOMINATED: "info",
    PracticeState.PREBAKED: "success",
    PracticeState.RETIRED: "warning",
}
ADOPTION_KINDS = {
    AdoptionState.INTERESTED: "neutral",
    AdoptionState.PREPARING: "info",
    AdoptionState.RUNNING: "success",
    AdoptionState.SECURED: "success",
    AdoptionState.STOPPED: "danger",
}


@register.filter
@cache
def practice_badge(state: str) -> SafeString:
    """`{{ practice.state|practice_badge }}`: icon and word of a gem."""
    return badge(PracticeState(state).label, PRACTICE_KINDS[PracticeState(state)])


@register.filter
@cache
def adoption_badge(state: str) -> SafeString:
    """`{{ adoption.state|adoption_badge }}`: icon and word of a gem in one municipality."""
    return badge(AdoptionState(state).label, ADOPTION_KINDS[AdoptionState(state)])


@register.filter
@cache
def offer_badge(state: str) -> SafeString:
    """`{{ offer.state|offer_badge }}`: icon and word of an intervention in one municipality."""
    kinds = {OfferState.STOPPED: "danger", OfferState.RUNNING: "success", OfferState.SECURED: "success"}
    return badge(OfferState(state).label, kinds.get(OfferState(state), "info"))


@register.filter
@cache
def meeting_badge(state: str) -> SafeString:
    """`{{ meeting.state|meeting_badge }}`: icon and word."""
    return badge(MeetingState(state).label, MEETING_KINDS[MeetingState(state)])


@register.filter
@cache
def response_badge(response: str) -> SafeString:
    """`{{ invitation.response|response_badge }}`: icon and word of an answer."""
    return badge(capfirst(Response(response).label), RESPONSE_KINDS.get(Response(response), "neutral"))


@register.filter
def when(meeting: Meeting) -> str:
    """`{{ meeting|when }}`: "ma 16 maart 2026, 13.30 tot 16.00 uur"."""
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    last = f"{date_format(ends, 'D j F Y').lower()}, " if ends.date() != starts.date() else ""
    return f"{date_format(starts, 'D j F Y').lower()}, {starts:%H.%M} tot {last}{ends:%H.%M} uur"
