"""What comes of a meeting: presence, notes, minutes, decisions, and parents who were asked."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from actions import attendance, consultations, decisions, minutes, new_members, table_notes
from actions.models import Attendance, MeetingState, Minutes, TableNote
from coalitions.groups import NotInCoalition
from coalitions.models import SeatLevel
from portal.acts import Refused
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coalition, coordinator):
    return factories.make_meeting(coalition, coordinator, state=MeetingState.HELD)


def test_presence_keeps_organisation_and_level_and_counts_people_once(
    coalition, meeting, coordinator, partner, alderman
):
    earlier = factories.make_meeting(coalition, coordinator, state=MeetingState.HELD, in_days=-9)
    for one in (earlier, meeting):
        assert attendance.record(meeting=one, present=[partner.pk, alderman.pk], by=coordinator) == 2
    attendance.add_guest(meeting=meeting, name="Gast", organisation=None, by=coordinator)
    row = meeting.attendances.get(person=alderman)
    assert (str(row.organisation), row.level) == ("Gemeente Beesel", SeatLevel.BOARD)
    assert attendance.distinct_by_level(coalition) == {"": 2, "board": 1, "total": 3}


def test_presence_is_written_anew_and_only_of_people_in_reach(
    coalition, meeting, coordinator, partner, outsider
):
    attendance.record(meeting=meeting, present=[partner.pk], by=coordinator)
    kept = meeting.attendances.get().pk
    attendance.record(meeting=meeting, present=[partner.pk, coordinator.pk], by=coordinator)
    assert meeting.attendances.get(person=partner).pk == kept
    with pytest.raises(attendance.NoSuchPerson):
        attendance.record(meeting=meeting, present=[outsider.pk], by=coordinator)
    attendance.record(meeting=meeting, present=[], by=coordinator)
    assert not meeting.attendances.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.bulk_create([Attendance(meeting=meeting, person=partner) for _ in range(2)])


def test_nothing_comes_of_a_meeting_that_was_not_held(coalition, coordinator, partner):
    meeting = factories.make_meeting(coalition, coordinator, state=MeetingState.INVITED)
    for act in (
        lambda: attendance.record(meeting=meeting, present=[], by=coordinator),
        lambda: table_notes.write(meeting=meeting, question=None, table_number=1, text="x", by=coordinator),
        lambda: minutes.write(meeting=meeting, text="x", by=coordinator),
        lambda: decisions.add(meeting=meeting, text="x", by=coordinator),
    ):
        with pytest.raises(attendance.NotHeld):
            act()


def test_notes_hang_under_a_question_which_then_stays(meeting, coordinator):
    question = table_notes.add_question(meeting=meeting, text="Wat loopt vast?", by=coordinator)
    note = table_notes.write(
        meeting=meeting, question=question, table_number=3, text=" Bellen ", by=coordinator
    )
    assert (note.text, str(question)) == ("Bellen", "1. Wat loopt vast?")
    with pytest.raises(table_notes.QuestionHasNotes):
        table_notes.remove_question(question=question, by=coordinator)
    with pytest.raises(Refused, match="burgerservicenummer"):
        table_notes.rewrite(note=note, text="kind 111222333", by=coordinator)
    with pytest.raises(Refused, match="vanaf 1"):
        table_notes.write(meeting=meeting, question=None, table_number=0, text="x", by=coordinator)
    table_notes.remove(note=note, by=coordinator)
    table_notes.remove_question(question=question, by=coordinator)
    assert not TableNote.objects.exists()


def test_minutes_are_rewritten_until_they_are_fixed(meeting, coordinator):
    minutes.write(meeting=meeting, text="Een", by=coordinator)
    minutes.write(meeting=meeting, text="Twee", by=coordinator)
    minutes.fix(meeting=meeting, by=coordinator)
    with pytest.raises(minutes.AlreadyFixed):
        minutes.write(meeting=meeting, text="Drie", by=coordinator)
    with pytest.raises(IntegrityError, match="verandert niet meer"), transaction.atomic():
        Minutes.objects.update(text="Vier")
    assert Minutes.objects.get().text == "Twee"


def test_a_decision_has_an_owner_from_the_coalition_and_is_done_once(meeting, coordinator, partner, outsider):
    with pytest.raises(NotInCoalition):
        decisions.add(meeting=meeting, text="x", owner=outsider, by=coordinator)
    with pytest.raises(decisions.OwnerNeeded):
        decisions.add(meeting=meeting, text="x", due=factories.today(), by=coordinator)
    decision = decisions.add(
        meeting=meeting, text="x", owner=partner, due=datetime.date(2025, 1, 1), by=coordinator
    )
    assert decision.is_late
    decision = decisions.finish(decision=decision, by=partner)
    assert (decision.done_on, decision.is_late) == (factories.today(), False)
    with pytest.raises(decisions.AlreadyDone):
        decisions.finish(decision=decision, by=partner)


def test_parents_who_were_asked_are_a_day_a_number_and_themes(coalition, coordinator):
    facts = {"coalition": coalition, "count": 9, "themes": "kraamzorg", "by": coordinator}
    consultations.record(on=factories.today(), **facts)
    with pytest.raises(consultations.NotYet):
        consultations.record(on=factories.today() + datetime.timedelta(days=1), **facts)
    with pytest.raises(Refused):
        consultations.record(on=factories.today(), **{**facts, "count": 0})
    with pytest.raises(Refused, match="burgerservicenummer"):
        consultations.record(on=factories.today(), **{**facts, "themes": "111222333"})


def test_new_members_are_those_since_the_meeting_before_in_its_series(coalition, coordinator):
    first = factories.make_meeting(coalition, coordinator, state=MeetingState.HELD, in_days=-40)
    factories.make_member(coalition, joined_on=first.day - datetime.timedelta(days=1))
    new = factories.make_member(coalition, joined_on=first.day + datetime.timedelta(days=1))
    second = factories.make_meeting(coalition, coordinator, in_days=3)
    last, joined = new_members.since_last_time(second)
    assert (last, list(joined)) == (first, [new])
    assert new_members.since_last_time(first)[0] is None
