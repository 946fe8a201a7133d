"""The demo holds what the specification counts."""

import pytest

from actions.models import ActionState, Attendance, Meeting, MeetingState, TableNote
from coalitions.demo_plans import NML
from coalitions.models import Coalition
from portal import hooks

pytestmark = pytest.mark.django_db


def test_the_demo_has_twelve_meetings_with_two_hundred_and_ten_different_people():
    for name in ("fixed_facts", "demo"):
        for part in hooks.parts(name):
            part.load()
    _has_the_programme(Coalition.objects.get(slug=NML))
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


def _has_the_programme(nml: Coalition) -> None:
    """Read in the same test, because loading the demo takes its time."""
    programme = nml.programmes.get()
    assert (programme.state, programme.themes.count()) == ("adopted", 5)
    assert (nml.actions.count(), nml.bottlenecks.count()) == (24, 40)
    assert set(nml.actions.values_list("state", flat=True)) == set(ActionState.values)
    assert not nml.actions.filter(bottlenecks__isnull=True).exists()
