"""The demo holds what the specification counts."""

import pytest

from actions.models import Attendance, Meeting, MeetingState, TableNote
from coalitions.demo_plans import NML
from portal import hooks

pytestmark = pytest.mark.django_db


def test_the_demo_has_twelve_meetings_with_two_hundred_and_ten_different_people():
    for name in ("fixed_facts", "demo"):
        for part in hooks.parts(name):
            part.load()
    meetings = Meeting.objects.filter(coalition__slug=NML)
    there = Attendance.objects.filter(meeting__in=meetings)
    assert meetings.count() == 12
    assert there.values("person").distinct().count() == 210
    assert not there.filter(person__is_demo=False).exists()
    assert {level for level in there.values_list("level", flat=True) if level} == {
        "execution",
        "management",
        "board",
    }
    assert set(meetings.values_list("state", flat=True)) >= {
        MeetingState.INVITED,
        MeetingState.MINUTES_FIXED,
        MeetingState.CANCELLED,
    }
    notes = TableNote.objects.filter(meeting__in=meetings)
    assert set(notes.values_list("question__number", flat=True)) == {1, 2}
    # Loading twice changes nothing.
    from actions import demo

    before = (meetings.count(), there.count(), notes.count())
    demo.load()
    assert (meetings.count(), there.count(), notes.count()) == before
