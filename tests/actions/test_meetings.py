"""Meetings: every step, what PostgreSQL guards, and who is told."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from actions import meetings, minutes
from actions.models import Meeting, MeetingInvitation, MeetingNotice, MeetingState, NoticeKind, Response
from actions.models.meetings import MEETING_MOVES
from coalitions.models import Role
from portal import jobs
from portal.acts import Refused
from portal.models import Mail
from tests import factories

pytestmark = pytest.mark.django_db

# Every operation that moves a meeting, and where it goes.
OPERATIONS = {
    MeetingState.INVITED: lambda meeting, by: meetings.announce(meeting=meeting, by=by),
    MeetingState.HELD: lambda meeting, by: meetings.hold(meeting=meeting, by=by),
    MeetingState.CANCELLED: lambda meeting, by: meetings.cancel(meeting=meeting, reason="x", by=by),
    MeetingState.MINUTES_DRAFT: lambda meeting, by: minutes.write(meeting=meeting, text="x", by=by),
    MeetingState.MINUTES_FIXED: lambda meeting, by: minutes.fix(meeting=meeting, by=by),
}
ILLEGAL = [
    (start, end)
    for start in MeetingState
    for end in MeetingState
    if start != end and end not in MEETING_MOVES.get(start, ())
]


def in_state(coalition, by, state):
    """A meeting that began an hour ago, brought to `state` by the operations."""
    meeting = factories.make_meeting(coalition, by, in_days=0)
    path = {
        MeetingState.DRAFT: [],
        MeetingState.INVITED: [MeetingState.INVITED],
        MeetingState.HELD: [MeetingState.INVITED, MeetingState.HELD],
        MeetingState.MINUTES_DRAFT: [MeetingState.INVITED, MeetingState.HELD, MeetingState.MINUTES_DRAFT],
        MeetingState.MINUTES_FIXED: [
            MeetingState.INVITED,
            MeetingState.HELD,
            MeetingState.MINUTES_DRAFT,
            MeetingState.MINUTES_FIXED,
        ],
        MeetingState.CANCELLED: [MeetingState.CANCELLED],
    }[state]
    for step in path:
        OPERATIONS[step](meeting, by)
    meeting.refresh_from_db()
    assert meeting.state == state
    return meeting


@pytest.mark.parametrize(("start", "end"), ILLEGAL, ids=[f"{start}-{end}" for start, end in ILLEGAL])
def test_an_illegal_move_is_refused_by_operation_and_by_trigger(coalition, coordinator, start, end):
    meeting = in_state(coalition, coordinator, start)
    if end in OPERATIONS and (start, end) != (MeetingState.MINUTES_DRAFT, MeetingState.MINUTES_DRAFT):
        with pytest.raises(Refused):
            OPERATIONS[end](meeting, coordinator)
    reason = "x" if end == MeetingState.CANCELLED else ""
    with pytest.raises(IntegrityError, match="Deze stap kan niet"), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(state=end, cancel_reason=reason)
    meeting.refresh_from_db()
    assert meeting.state == start


def test_a_meeting_is_held_from_its_beginning_on(coalition, coordinator):
    meeting = factories.make_meeting(coalition, coordinator, state=MeetingState.INVITED)
    with pytest.raises(meetings.NotYetHeld):
        meetings.hold(meeting=meeting, by=coordinator)


def test_it_ends_after_it_begins_has_places_and_is_cancelled_with_a_reason(coalition, coordinator):
    now = timezone.now()
    with pytest.raises(Refused, match="einde ligt voor het begin"):
        factories.make_meeting(coalition, coordinator, starts_at=now, ends_at=now)
    with pytest.raises(Refused, match="minstens 1 plaats"):
        factories.make_meeting(coalition, coordinator, capacity=0)
    meeting = factories.make_meeting(coalition, coordinator)
    with pytest.raises(Refused, match="waarom de bijeenkomst niet doorgaat"):
        meetings.cancel(meeting=meeting, reason=" ", by=coordinator)
    with pytest.raises(Refused, match="burgerservicenummer"):
        meetings.change(meeting=meeting, theme_text="kind 111222333", by=coordinator)


def test_a_series_or_group_of_another_coalition_is_refused(coalition, coordinator, outsider):
    elsewhere = factories.make_coalition("Elders")
    series = meetings.add_series(coalition=elsewhere, name="Reeks", by=outsider)
    with pytest.raises(meetings.SeriesOfAnother):
        factories.make_meeting(coalition, coordinator, series=series)


def test_a_new_time_is_told_and_counted_and_a_new_theme_is_not(coalition, coordinator, partner):
    meeting = factories.make_meeting(coalition, coordinator)
    MeetingInvitation.objects.create(meeting=meeting, person=partner)
    meeting = meetings.announce(meeting=meeting, by=coordinator)
    before = meeting.changed_at
    meeting = meetings.change(meeting=meeting, theme_text="Anders", by=coordinator)
    assert (meeting.sequence, meeting.changed_at > before) == (0, True)
    later = meeting.ends_at + datetime.timedelta(hours=1)
    meeting = meetings.change(meeting=meeting, ends_at=later, by=coordinator)
    assert meeting.sequence == 1
    meetings.cancel(meeting=meeting, reason="Ziek", by=coordinator)
    jobs.work_due(MeetingNotice)
    mails = Mail.objects.order_by("pk")
    assert [mail.purpose for mail in mails] == ["meeting_invited", "meeting_changed", "meeting_cancelled"]
    assert "Reden: Ziek" in mails[2].text
    # Working an order twice, after a lost lease, posts one mail.
    MeetingNotice.objects.update(state=jobs.JobState.WAITING, finished_at=None, attempts=0)
    jobs.work_due(MeetingNotice)
    assert Mail.objects.count() == 3


def test_who_said_no_or_has_no_address_hears_nothing_of_a_change(coalition, coordinator, partner):
    meeting = factories.make_meeting(coalition, coordinator, state=MeetingState.INVITED)
    silent = factories.make_person("Zonder adres", email=None)
    MeetingInvitation.objects.create(meeting=meeting, person=silent)
    MeetingInvitation.objects.create(
        meeting=meeting, person=partner, response=Response.NO, answered_at=timezone.now()
    )
    meetings.change(meeting=meeting, place="Weert", by=coordinator)
    assert not MeetingNotice.objects.filter(kind=NoticeKind.CHANGED).exists()


def test_the_programme_keeps_its_order(coalition, coordinator):
    meeting = factories.make_meeting(coalition, coordinator)
    first, _, third = (
        meetings.add_agenda_item(meeting=meeting, title=title, kind="inform", by=coordinator)
        for title in ("A", "B", "C")
    )
    meetings.lift_agenda_item(item=third, by=coordinator)
    meetings.lift_agenda_item(item=first, by=coordinator)
    assert [item.title for item in meeting.agenda_items.all()] == ["A", "C", "B"]
    meetings.remove_agenda_item(item=first, by=coordinator)
    assert [str(item) for item in meeting.agenda_items.all()] == ["1. C", "2. B"]
    meetings.cancel(meeting=meeting, reason="x", by=coordinator)
    with pytest.raises(meetings.MeetingIsOver):
        meetings.add_speaker(meeting=meeting, name="A", function="", by=coordinator)


def test_a_draft_is_for_who_plans_and_a_lead_plans_for_her_own_group(coalition, coordinator, partner):
    group = factories.make_group(coalition, partner)
    draft = factories.make_meeting(coalition, coordinator)
    own = factories.make_meeting(coalition, coordinator, group=group)
    announced = factories.make_meeting(coalition, coordinator, state=MeetingState.INVITED)
    assert set(meetings.readable_by(partner, coalition)) == {own, announced}
    assert set(meetings.managed_by(partner, coalition)) == {own}
    assert set(meetings.managed_by(coordinator, coalition)) == {draft, own, announced}
    reader = factories.make_person("Lezer")
    factories.give_role(reader, coalition, Role.READER)
    assert not meetings.readable_by(reader, coalition).exists()
