"""Calendar files and feeds, read back by a real parser."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from actions import calendar_feeds, calendar_files, meetings
from actions.models import CalendarFeed, Meeting, MeetingInvitation, MeetingState, Response
from partners.models import Representative
from tests import factories

pytestmark = pytest.mark.django_db
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at_half_past_one(coalition, by, *day):
    starts_at = datetime.datetime(*day, 13, 30, tzinfo=AMSTERDAM)
    ends_at = starts_at + datetime.timedelta(hours=2)
    return factories.make_meeting(
        coalition, by, state=MeetingState.INVITED, starts_at=starts_at, ends_at=ends_at
    )


def read(content):
    calendar = Calendar.from_ical(content)
    return calendar, {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def test_a_meeting_keeps_its_hour_across_the_change_to_summer_time(coalition, coordinator):
    winter = at_half_past_one(coalition, coordinator, 2027, 3, 27)
    summer = at_half_past_one(coalition, coordinator, 2027, 3, 28)
    content = calendar_files.calendar_of([winter, summer], name="Agenda")
    calendar, events = read(content)
    for meeting, offset in ((winter, 1), (summer, 2)):
        starts = events[meeting.title].decoded("DTSTART")
        assert (starts.hour, starts.minute) == (13, 30)
        assert starts == meeting.starts_at
        assert starts.utcoffset() == datetime.timedelta(hours=offset)
        assert events[meeting.title]["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    zone = calendar.walk("VTIMEZONE")[0]
    assert zone["TZID"] == "Europe/Amsterdam"
    assert {part.name for part in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}


def test_a_meeting_of_several_days_keeps_both_hours_across_the_change(coalition, coordinator):
    meeting = factories.make_meeting(
        coalition,
        coordinator,
        state=MeetingState.INVITED,
        starts_at=datetime.datetime(2027, 3, 27, 13, 30, tzinfo=AMSTERDAM),
        ends_at=datetime.datetime(2027, 3, 28, 16, 0, tzinfo=AMSTERDAM),
    )
    meeting.refresh_from_db()
    _, events = read(calendar_files.calendar_of([meeting], name="Agenda"))
    event = events[meeting.title]
    assert event.decoded("DTSTART").isoformat() == "2027-03-27T13:30:00+01:00"
    assert event.decoded("DTEND").isoformat() == "2027-03-28T16:00:00+02:00"
    # An hour of the night does not exist: the clock goes round in one hour less.
    assert meeting.ends_at - meeting.starts_at == datetime.timedelta(hours=25, minutes=30)


def test_changes_and_cancelling_count_up_under_one_id(coalition, coordinator):
    meeting = at_half_past_one(coalition, coordinator, 2027, 5, 1)
    found = []
    for act in (
        lambda: meeting,
        lambda: meetings.change(meeting=meeting, place="Weert; zaal 2, boven", by=coordinator),
        lambda: meetings.cancel(meeting=meeting, reason="Ziek", by=coordinator),
    ):
        _, events = read(calendar_files.calendar_of([act()], name="Agenda"))
        event = events[meeting.title]
        found.append((str(event["UID"]), event["SEQUENCE"], str(event["STATUS"]), str(event["LOCATION"])))
    uid = found[0][0]
    assert found == [
        (uid, 0, "CONFIRMED", "Venlo"),
        (uid, 1, "CONFIRMED", "Weert; zaal 2, boven"),
        (uid, 2, "CANCELLED", "Weert; zaal 2, boven"),
    ]


def test_a_feed_follows_who_is_invited_and_is_sent_once_while_nothing_changes(
    coalition, coordinator, partner, client
):
    meeting = at_half_past_one(coalition, coordinator, 2027, 5, 1)
    at_half_past_one(coalition, coordinator, 2027, 5, 2)
    invitation = MeetingInvitation.objects.create(meeting=meeting, person=partner)
    url = reverse("actions:calendar-feed", args=[calendar_feeds.renew(person=partner, by=partner)])
    response = client.get(url)
    assert list(read(response.content)[1]) == [meeting.title]
    assert response["Cache-Control"].startswith("private")
    etag = {"If-None-Match": response["ETag"]}
    assert client.get(url, headers=etag).status_code == 304
    meetings.change(meeting=meeting, theme_text="Anders", by=coordinator)
    assert client.get(url, headers=etag).status_code == 200
    invitation.response, invitation.answered_at = Response.NO, timezone.now()
    invitation.save()
    assert not read(client.get(url).content)[1]
    assert CalendarFeed.objects.get().read_on == factories.today()


def test_an_address_is_renewed_and_stopped_and_ends_with_ones_part_in_the_coalition(
    coalition, coordinator, partner, client
):
    meeting = at_half_past_one(coalition, coordinator, 2027, 5, 1)
    MeetingInvitation.objects.create(meeting=meeting, person=partner)
    urls = [
        reverse("actions:calendar-feed", args=[calendar_feeds.renew(person=partner, by=partner)])
        for _ in range(2)
    ]
    assert [client.get(url).status_code for url in urls] == [404, 200]
    assert CalendarFeed.objects.filter(token_hash__in=urls[1].split("/")).count() == 0
    Representative.objects.filter(person=partner).update(valid_to=factories.today())
    assert not read(client.get(urls[1]).content)[1]
    calendar_feeds.stop(person=partner, by=partner)
    assert client.get(urls[1]).status_code == 404


def test_a_cancelled_meeting_stays_in_the_feed_for_ninety_days(coalition, coordinator):
    meeting = factories.make_meeting(coalition, coordinator, state=MeetingState.CANCELLED)
    MeetingInvitation.objects.create(meeting=meeting, person=coordinator)
    assert list(calendar_feeds.meetings_of(coordinator)) == [meeting]
    Meeting.objects.update(changed_at=timezone.now() - datetime.timedelta(days=91))
    assert not calendar_feeds.meetings_of(coordinator).exists()
