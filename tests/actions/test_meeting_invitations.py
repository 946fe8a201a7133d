"""Answers, full meetings and the waiting list."""

import pytest

from actions import meeting_invitations, meeting_mails, meetings
from actions.audiences import Audience
from actions.models import MeetingInvitation, MeetingNotice, MeetingState, Response
from coalitions.models import SeatLevel
from partners.models import Person
from portal import jobs
from portal.acts import Refused
from portal.models import Mail
from tests import factories
from tests.at_once import at_the_same_time

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coalition, coordinator):
    return factories.make_meeting(coalition, coordinator, state=MeetingState.INVITED, capacity=1)


def invited(meeting, person):
    return MeetingInvitation.objects.create(meeting=meeting, person=person)


def answer(invitation, response, **words):
    return meeting_invitations.answer(
        invitation=invitation, response=response, by=invitation.person, **words
    ).response


def test_an_audience_adds_levels_and_groups_and_narrows_by_domain(coalition, coordinator, partner, alderman):
    def people(**chosen):
        return set(Audience(coalition=coalition, **chosen).people())

    group = factories.make_group(coalition, partner)
    assert people() == set()
    assert people(levels=[SeatLevel.BOARD]) == {alderman}
    assert people(levels=[SeatLevel.BOARD], groups=[group.pk]) == {alderman, partner}
    assert people(everybody=True) == {coordinator, partner, alderman}
    assert people(everybody=True, domains=["social"]) == {partner, alderman}
    assert people(everybody=True, domains=["medical"]) == set()
    assert people(everybody=True, municipalities=["GM0983", "GM0889"]) == {alderman}


def test_inviting_twice_puts_somebody_on_the_list_once_and_outsiders_never(
    meeting, coordinator, partner, outsider
):
    people = Person.objects.filter(pk__in=[partner.pk, outsider.pk])
    for expected in (1, 0):
        assert meeting_invitations.invite(meeting=meeting, people=people, by=coordinator) == expected
    assert [one.person for one in meeting.invitations.all()] == [partner]
    jobs.work_due(MeetingNotice)
    mail = Mail.objects.get()
    assert (mail.purpose, mail.recipient) == ("meeting_invited", partner.email)
    # Without the moment at which the link was signed, which is another second now and then.
    link, _moment, _signature = meeting_mails.link_for(meeting.invitations.get()).rsplit(":", 2)
    assert link in mail.text


def test_a_draft_invites_when_it_is_announced(coalition, coordinator, partner):
    draft = factories.make_meeting(coalition, coordinator)
    people = Person.objects.filter(pk=partner.pk)
    meeting_invitations.invite(meeting=draft, people=people, by=coordinator)
    assert not MeetingNotice.objects.exists()
    meetings.announce(meeting=draft, by=coordinator)
    assert MeetingNotice.objects.count() == 1


def test_a_full_meeting_has_a_waiting_list_that_moves_up(meeting, coordinator, partner, alderman):
    first, second = invited(meeting, partner), invited(meeting, alderman)
    assert answer(first, Response.YES, deputy="Collega") == Response.YES
    assert answer(second, Response.YES) == Response.WAITING
    with pytest.raises(meetings.TooFewPlaces):
        meetings.change(meeting=meeting, capacity=0, by=coordinator)
    assert answer(first, Response.NO) == Response.NO
    second.refresh_from_db()
    assert second.response == Response.YES
    jobs.work_due(MeetingNotice)
    assert Mail.objects.get(purpose="meeting_place_free").recipient == alderman.email
    assert answer(first, Response.YES) == Response.WAITING
    meetings.change(meeting=meeting, capacity=2, by=coordinator)
    first.refresh_from_db()
    assert first.response == Response.YES


def test_answers_end_with_the_meeting_and_a_deputy_comes(meeting, coordinator, partner):
    invitation = invited(meeting, partner)
    answer(invitation, Response.NO, deputy="Niemand")
    invitation.refresh_from_db()
    assert invitation.deputy == ""
    with pytest.raises(Refused, match="blijft op de lijst"):
        meeting_invitations.withdraw(invitation=invitation, by=coordinator)
    meetings.cancel(meeting=meeting, reason="x", by=coordinator)
    with pytest.raises(meeting_invitations.NoMoreAnswers):
        answer(invitation, Response.YES)


def test_only_an_open_meeting_lets_people_of_the_coalition_in(meeting, coordinator, partner, outsider):
    with pytest.raises(meeting_invitations.NotInvited):
        meeting_invitations.register(meeting=meeting, by=partner)
    meetings.change(meeting=meeting, is_open=True, by=coordinator)
    assert meeting_invitations.register(meeting=meeting, by=partner).response == Response.YES
    with pytest.raises(meeting_invitations.NotInvited):
        meeting_invitations.register(meeting=meeting, by=outsider)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_answer_at_once_as_many_come_as_there_are_places(coalition, coordinator):
    meeting = factories.make_meeting(coalition, coordinator, state=MeetingState.INVITED, capacity=2)
    invitations = [invited(meeting, factories.make_person()) for _ in range(6)]
    at_the_same_time(*[lambda one=one: answer(one, Response.YES) for one in invitations])
    assert meeting.invitations.coming().count() == 2
    assert meeting.invitations.waiting().count() == 4
