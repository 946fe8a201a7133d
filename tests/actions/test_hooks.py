"""What this floor brings to pages, mails and files of the floors below."""

import datetime

import pytest
from django.utils import timezone

from actions import attendance, news, programmes
from actions.models import MeetingState
from portal import hooks
from tests import factories
from tests.actions.programme_rows import make_programme, make_theme

pytestmark = pytest.mark.django_db


def test_the_full_export_holds_every_table_with_as_many_cells_as_labels(coalition, coordinator, partner):
    meeting = factories.make_meeting(coalition, coordinator, state=MeetingState.HELD)
    attendance.record(meeting=meeting, present=[partner.pk], by=coordinator)
    parts = {part.name: part for part in hooks.data_parts(coalition)}
    assert {"bijeenkomsten", "aanwezig", "besluiten", "parels", "afgebakken_parels", "berichten"} <= set(
        parts
    )
    rows = {name: [list(row) for row in part.rows] for name, part in parts.items()}
    assert rows["aanwezig"][0][2:] == ["Petra Partner", "Welzijn Maasdorp", ""]
    for name, part in parts.items():
        assert all(len(row) == len(part.header) for row in rows[name]), name


def test_the_steps_of_a_start_count_meetings_that_were_held(coalition, coordinator):
    factories.make_meeting(coalition, coordinator, state=MeetingState.INVITED)
    assert hooks.step_facts(coalition)["meetings"].count == 0
    factories.make_meeting(coalition, coordinator, state=MeetingState.HELD)
    assert hooks.step_facts(coalition)["meetings"].count == 1


def test_a_meeting_for_everybody_is_news(coalition, coordinator, partner):
    since = timezone.now() - datetime.timedelta(days=1)
    factories.make_meeting(coalition, coordinator, state=MeetingState.INVITED, title="Besloten")
    factories.make_meeting(coalition, coordinator, state=MeetingState.INVITED, title="Open", is_open=True)
    assert [one.line for one in news.news_for(partner, since=since)] == [
        "Maas en Peel: nieuwe bijeenkomst ‘Open’"
    ]


def test_everybody_reads_the_themes_of_a_programme_once_it_is_adopted(coalition, coordinator, client):
    programme = make_programme(coalition, coordinator)
    for number in (2, 1):
        make_theme(programme, coordinator, number)
    page = coalition.get_absolute_url()
    assert "Hier werkt deze coalitie aan" not in client.get(page).text
    programmes.adopt(programme=programme, by=coordinator)
    shown = client.get(page).text
    assert "Hier werkt deze coalitie aan" in shown
    assert shown.index("Thema 1") < shown.index("Thema 2")
