"""Agenda points that were not reached go on to the next meeting of the series, once."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from actions import carried_points, meetings
from actions.models import AgendaItem, Meeting, MeetingState
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def series(coalition, coordinator):
    return meetings.add_series(coalition=coalition, name="Regiegroep", by=coordinator)


@pytest.fixture
def held(coalition, coordinator, series):
    meeting = factories.make_meeting(coalition, coordinator, series=series, title="Regiegroep 1")
    for title in ("Opening", "Geld", "Rondvraag"):
        meetings.add_agenda_item(
            meeting=meeting, title=title, kind="discuss", minutes=10, presenter="", by=coordinator
        )
    meeting = meetings.announce(meeting=meeting, by=coordinator)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - datetime.timedelta(hours=1))
    return meetings.hold(meeting=meeting, by=coordinator)


@pytest.fixture
def following(coalition, coordinator, series):
    factories.make_meeting(coalition, coordinator, series=series, in_days=60, title="Regiegroep 3")
    return factories.make_meeting(coalition, coordinator, series=series, in_days=30, title="Regiegroep 2")


def test_points_go_to_the_first_meeting_of_the_series_that_is_to_come(coordinator, held, following):
    meetings.add_agenda_item(
        meeting=following, title="Welkom", kind="inform", minutes=None, presenter="", by=coordinator
    )
    wanted = held.agenda_items.exclude(title="Opening")
    assert carried_points.carry_on(meeting=held, items=wanted, by=coordinator) == following
    there = following.agenda_items.values_list("number", "title", "carried_from__title")
    assert list(there) == [(1, "Welkom", None), (2, "Geld", "Geld"), (3, "Rondvraag", "Rondvraag")]
    assert [item.title for item in carried_points.left_over(held)] == ["Opening"]


def test_a_point_goes_on_once_and_comes_back_when_it_is_taken_off(coordinator, held, following):
    item = held.agenda_items.get(title="Geld")
    carried_points.carry_on(meeting=held, items=[item], by=coordinator)
    with pytest.raises(carried_points.NotLeftOver):
        carried_points.carry_on(meeting=held, items=[item], by=coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.create(meeting=following, number=9, title="Geld", carried_from=item)
    meetings.remove_agenda_item(item=following.agenda_items.get(), by=coordinator)
    assert item in carried_points.left_over(held)


def test_without_a_next_meeting_nothing_goes_on(coalition, coordinator, held):
    elsewhere = factories.make_meeting(coalition, coordinator, in_days=30)
    with pytest.raises(carried_points.NoNextMeeting, match="nog geen bijeenkomst van deze reeks"):
        carried_points.carry_on(meeting=held, items=held.agenda_items.all(), by=coordinator)
    assert not elsewhere.agenda_items.exists()
    alone = factories.make_meeting(coalition, coordinator, state=MeetingState.HELD)
    with pytest.raises(carried_points.NoNextMeeting, match="hoort bij geen reeks"):
        carried_points.carry_on(meeting=alone, items=[], by=coordinator)


def test_the_pages_of_both_meetings_tell_of_it(coalition, coordinator, held, following, log_in):
    client = log_in(coordinator)
    page = reverse("actions:agenda-carry", args=[coalition.slug, held.pk])
    assert "Regiegroep 2" in client.get(page).text
    assert client.post(page).status_code == 422
    client.post(page, {"items": [held.agenda_items.get(title="Geld").pk]})
    assert "Doorgeschoven naar" in client.get(held.get_absolute_url()).text
    assert "Doorgeschoven van" in client.get(following.get_absolute_url()).text
