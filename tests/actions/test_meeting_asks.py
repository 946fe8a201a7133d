"""What meetings ask, and of whom."""

import datetime

import pytest
from django.utils import timezone

from actions import decisions, meeting_asks
from actions.models import Meeting, MeetingInvitation, MeetingState, Response
from tests import factories

pytestmark = pytest.mark.django_db


def titles(person):
    return [ask.title for ask in meeting_asks.asks_of(person)]


def test_an_invitation_asks_until_it_is_answered(coalition, coordinator, partner, outsider):
    meeting = factories.make_meeting(coalition, coordinator, state=MeetingState.INVITED, title="Ontmoeting")
    for person in (partner, outsider):
        MeetingInvitation.objects.create(meeting=meeting, person=person)
    assert titles(partner) == ["Uitnodiging: ‘Ontmoeting’"]
    assert meeting_asks.asks_of(partner)[0].due == meeting.day
    # Who takes part no longer is not asked.
    assert titles(outsider) == []
    MeetingInvitation.objects.update(response=Response.MAYBE, answered_at=timezone.now())
    assert titles(partner) == []


def test_a_decision_asks_its_owner_and_late_the_coordinator(coalition, coordinator, partner):
    meeting = factories.make_meeting(coalition, coordinator, state=MeetingState.HELD)
    yesterday = factories.today() - datetime.timedelta(days=1)
    decision = decisions.add(meeting=meeting, text="Bellen", owner=partner, due=yesterday, by=coordinator)
    assert titles(partner) == ["Besluit om uit te voeren: Bellen"]
    late = meeting_asks.asks_in(coalition, coordinator)
    assert [(ask.title, ask.detail) for ask in late] == [("Besluit te laat: Bellen", "Petra Partner")]
    decisions.finish(decision=decision, by=partner)
    assert titles(partner) == meeting_asks.asks_in(coalition, coordinator) == []


def test_a_meeting_that_was_asks_who_planned_it(coalition, coordinator, partner):
    factories.make_meeting(coalition, coordinator, state=MeetingState.INVITED, title="Regiegroep")
    past = timezone.now() - datetime.timedelta(days=1)
    Meeting.objects.update(starts_at=past, ends_at=past + datetime.timedelta(hours=1))
    words = "‘Regiegroep’ is geweest. Wie waren er, en wat kwam eruit?"
    assert titles(coordinator) == [words]
    assert [ask.title for ask in meeting_asks.asks_in(coalition, coordinator)] == [words]
    assert meeting_asks.asks_in(coalition, partner) == []
