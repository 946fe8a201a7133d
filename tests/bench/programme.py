"""The programme at its largest: two thousand actions, forty thousand reports, five hundred meetings."""

import datetime
import statistics

from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from actions import calendar_feeds, programmes, rounds, themes
from actions.models import (
    Action,
    ActionState,
    Bottleneck,
    Meeting,
    MeetingInvitation,
    MeetingState,
    ProgressReport,
    StatusClaim,
)
from coalitions.models import Coalition, Role
from partners.models import Person
from tests import factories
from tests.bench.measure import report, seconds
from tests.bench.pages import largest_coalition, measure

ACTIONS, ROUNDS, MEETINGS, BOTTLENECKS = 2000, 20, 500, 1000
FEED_ROUNDS = 30
# What every event of the feed has.
EVENT_FIELDS = (
    "uid",
    "sequence",
    "dtstamp",
    "last-modified",
    "dtstart",
    "dtend",
    "summary",
    "description",
    "url",
    "status",
)
CLAIMS = (StatusClaim.ON_TRACK, StatusClaim.ATTENTION, StatusClaim.STUCK)


def largest_programme() -> Coalition:
    """The largest coalition with everything it does."""
    coalition = largest_coalition()
    if coalition.programmes.exists():
        return coalition
    by = factories.make_person("Maker", email="maker@meting.example")
    programme = programmes.create(
        coalition=coalition,
        by=by,
        title="Programma van de meting",
        starts_on=datetime.date(2020, 1, 1),
        ends_on=datetime.date(2030, 1, 1),
    )
    under = [themes.add(programme=programme, by=by, number=n, title=f"Thema {n}") for n in range(1, 6)]
    programmes.adopt(programme=programme, by=by)
    members = list(coalition.memberships.order_by("pk"))
    Action.objects.bulk_create(
        Action(
            coalition=coalition,
            programme=programme,
            theme=under[number % 5],
            number=number,
            title=f"Actie {number:04}",
            state=ActionState.PLANNED,
            lead=members[number % len(members)],
            starts_on=datetime.date(2020 + number % 6, 1 + number % 12, 1),
            due_on=datetime.date(2027 + number % 3, 1 + number % 12, 1),
        )
        for number in range(1, ACTIONS + 1)
    )
    _spread_states(coalition)
    Bottleneck.objects.bulk_create(
        Bottleneck(
            coalition=coalition,
            text=f"Knelpunt {number:04}",
            theme=under[number % 5],
            collected_on=factories.LONG_AGO,
        )
        for number in range(BOTTLENECKS)
    )
    for number in range(ROUNDS):
        _write_round(coalition, number, by)
    return coalition


def meet_often(coalition: Coalition) -> None:
    """Five hundred meetings, half of them still to come."""
    if coalition.meetings.exists():
        return
    by = Person.objects.get(email="maker@meting.example")
    now = timezone.now()
    Meeting.objects.bulk_create(
        Meeting(
            coalition=coalition,
            planned_by=by,
            title=f"Bijeenkomst {number}",
            kind="work_session",
            starts_at=now + datetime.timedelta(days=number - MEETINGS // 2),
            ends_at=now + datetime.timedelta(days=number - MEETINGS // 2, hours=2),
        )
        for number in range(MEETINGS)
    )
    coalition.meetings.update(state=MeetingState.INVITED)


def _spread_states(coalition: Coalition) -> None:
    """Two of three run; of the rest some are stuck or done, along the moves that the triggers know."""
    running = coalition.actions.filter(number__gt=ACTIONS // 10)
    running.update(state=ActionState.RUNNING)
    running.filter(number__gt=ACTIONS * 8 // 10).update(state=ActionState.BLOCKED, state_reason="Geen tijd")
    done = running.filter(state=ActionState.RUNNING, number__lt=ACTIONS * 3 // 10)
    done.update(state=ActionState.DONE, lesson="Klein beginnen")


def _write_round(coalition: Coalition, number: int, by: Person) -> None:
    opens_on = datetime.date(2016 + number // 2, 1 if number % 2 == 0 else 7, 1)
    asked = rounds.plan(
        coalition=coalition,
        title=f"Ronde {number + 1}",
        opens_on=opens_on,
        due_on=opens_on + datetime.timedelta(days=30),
        by=by,
    )
    rounds.open_round(reporting_round=asked, by=by)
    told_at = timezone.now() - datetime.timedelta(days=180 * (ROUNDS - number))
    ProgressReport.objects.bulk_create(
        ProgressReport(
            round=asked,
            action=action,
            membership_id=action.lead_id,
            claim=CLAIMS[(action.number + number) % 3],
            done_text="Gedaan",
            stuck_text="Geen tijd",
            author=by,
        )
        for action in coalition.actions.only("number", "lead_id")
    )
    asked.reports.update(state="submitted", submitted_at=told_at)
    asked.reports.update(state="fixed", fixed_at=told_at)
    if number < ROUNDS - 1:
        rounds.close(reporting_round=asked, by=by)
        rounds.fix(reporting_round=asked, by=by)


def measure_programme() -> None:
    """The page itself, and its table, board and time line."""
    meet_often(largest_programme())
    measure("page_programme", "actions:programme-detail")
    for name in ("list", "board", "timeline"):
        measure(f"page_programme_{name}", f"actions:action-{name}")


def measure_calendar_feed() -> None:
    """The calendar of somebody with five hundred meetings, beside the same events written by the library
    alone; `unchanged` is the answer to a program that has the newest file already."""
    coalition = largest_programme()
    meet_often(coalition)
    person = factories.make_person("Agenda")
    factories.give_role(person, coalition, Role.TEAM)
    MeetingInvitation.objects.bulk_create(
        MeetingInvitation(meeting=meeting, person=person) for meeting in coalition.meetings.all()
    )
    url = reverse("actions:calendar-feed", args=[calendar_feeds.renew(person=person, by=person)])
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        client = Client()
        first = client.get(url)
        events = [
            {name: event.decoded(name) for name in EVENT_FIELDS}
            for event in Calendar.from_ical(first.content).walk("VEVENT")
        ]
        if len(events) != MEETINGS:
            raise SystemExit(f"De agenda heeft {len(events)} bijeenkomsten.")
        known = {"If-None-Match": first["ETag"]}
        ours, reference, unchanged = [], [], []
        for _ in range(FEED_ROUNDS):
            ours.append(1000 * seconds(lambda: client.get(url)))
            reference.append(1000 * seconds(lambda: _bare_calendar(events)))
            unchanged.append(1000 * seconds(lambda: client.get(url, headers=known)))
    report(
        "calendar_feed",
        ours,
        reference,
        unit="ms",
        of="median",
        events=len(events),
        unchanged=round(statistics.median(unchanged), 3),
    )


def _bare_calendar(events: list[dict[str, object]]) -> bytes:
    calendar = Calendar()
    for fields in events:
        event = Event()
        for name, value in fields.items():
            event.add(name, value)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


BENCHMARKS = {"page_programme": measure_programme, "calendar_feed": measure_calendar_feed}
