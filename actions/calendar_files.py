"""Meetings as a calendar file (RFC 5545), in the time of the Netherlands."""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Max, QuerySet, Sum

from actions.models import Meeting, MeetingState

if TYPE_CHECKING:
    from icalendar import Event

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def etag_of(meetings: QuerySet[Meeting]) -> str:
    """What changes whenever the file of `meetings` would; one query, whatever their number."""
    state = meetings.order_by().aggregate(
        count=Count("pk"), changed=Max("changed_at"), sequences=Sum("sequence"), keys=Sum("pk")
    )
    return f'"{hashlib.sha256(repr(sorted(state.items())).encode()).hexdigest()[:32]}"'


def calendar_of(meetings: Iterable[Meeting], *, name: str) -> bytes:
    """The file: each meeting under a lasting id, with the number of its last change."""
    # With all time zones of the world it is large; few processes ever make such a file.
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Kansrijke Start//Agenda//NL")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for meeting in meetings:
        calendar.add_component(_filled(Event(), meeting))
    # Without its rules a calendar program guesses, and is an hour off after the clocks change.
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _filled(event: "Event", meeting: Meeting) -> "Event":
    event.add("uid", f"{meeting.uid}@{settings.PORTAL_ORIGIN.split('//')[-1]}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("dtstart", meeting.starts_at.astimezone(AMSTERDAM))
    event.add("dtend", meeting.ends_at.astimezone(AMSTERDAM))
    event.add("summary", meeting.title)
    where = meeting.place or meeting.online_url
    if where:
        event.add("location", where)
    event.add("description", _description(meeting))
    event.add("url", settings.PORTAL_ORIGIN + meeting.get_absolute_url())
    event.add("status", "CANCELLED" if meeting.state == MeetingState.CANCELLED else "CONFIRMED")
    return event


def _description(meeting: Meeting) -> str:
    lines = [f"Coalitie {meeting.coalition.name}", meeting.theme_text]
    if meeting.place and meeting.online_url:
        lines.append(f"Online: {meeting.online_url}")
    if meeting.cancel_reason:
        lines.insert(0, f"Gaat niet door: {meeting.cancel_reason}")
    return "\n".join(line for line in lines if line)
