"""What this floor brings to pages, mails and files of the floors below."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from actions import allocations, attendance, budgets, contributions, news, programmes, reports
from actions.models import ActionState, MeetingState
from coalitions import talks
from portal import hooks
from tests import factories
from tests.actions.programme_rows import make_action, make_programme, make_theme

pytestmark = pytest.mark.django_db


def test_the_full_export_holds_every_table_with_as_many_cells_as_labels(coalition, coordinator, partner):
    meeting = factories.make_meeting(coalition, coordinator, state=MeetingState.HELD)
    attendance.record(meeting=meeting, present=[partner.pk], by=coordinator)
    action = make_action(coalition, coordinator, title="Eén loket", lead=coalition.memberships.get())
    report = reports.begin(action=action, reporting_round=None, membership=action.lead, by=coordinator)
    reports.submit(report=report, claim="on_track", done_text="Begonnen", by=coordinator)
    budget = budgets.open_year(coalition=coalition, year=2027, by=coordinator)
    contributions.promise(
        budget=budget, organisation=action.lead.organisation, amount=Decimal("10.50"), by=coordinator
    )
    allocations.allocate(
        budget=budget, amount=Decimal(5), action=action, overcommit_reason="Vooruit", by=coordinator
    )
    parts = {part.name: part for part in hooks.data_parts(coalition)}
    assert {"bijeenkomsten", "aanwezig", "besluiten", "parels", "afgebakken_parels", "berichten"} <= set(
        parts
    )
    rows = {name: [list(row) for row in part.rows] for name, part in parts.items()}
    assert rows["acties"][0][:2] == [1, "Eén loket"]
    assert rows["voortgangsberichten"][0][3:6] == ["Welzijn Maasdorp", "on_track", "Begonnen"]
    assert rows["bijdragen"][0][:4] == [2027, "Welzijn Maasdorp", None, Decimal("10.50")]
    assert rows["toekenningen"][0][:2] == [2027, "Eén loket"]
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


def test_actions_that_will_come_and_what_others_tell_of_theirs_are_news(coalition, coordinator, partner):
    since = timezone.now() - datetime.timedelta(days=1)
    make_action(coalition, coordinator, title="Alleen een idee", state=ActionState.IDEA)
    action = make_action(coalition, coordinator, title="Eén loket", state=ActionState.PLANNED)
    assert [(one.line, one.url) for one in news.news_for(partner, since=since)] == [
        ("Maas en Peel: nieuwe actie ‘Eén loket’", action.get_absolute_url())
    ]
    second = make_action(coalition, coordinator, title="Huisbezoek")
    report = reports.begin(action=second, reporting_round=None, membership=second.lead, by=coordinator)
    assert [one.line for one in news.news_for(partner, since=since)] == ["Maas en Peel: 2 nieuwe acties"]
    reports.submit(report=report, claim="on_track", done_text="Begonnen", by=coordinator)
    assert [one.line for one in news.news_for(partner, since=since)] == [
        "Maas en Peel: 2 nieuwe acties",
        "Maas en Peel: nieuws over de actie ‘Huisbezoek’",
    ]
    # What she did herself is no news to her.
    assert news.news_for(coordinator, since=since) == []
    assert news.news_for(partner, since=timezone.now()) == []


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


def test_a_talk_leads_to_a_bottleneck_that_leads_back(coalition, coordinator, partner, log_in):
    member = coalition.memberships.get()
    talk = talks.record(
        coalition=coalition,
        organisation=member.organisation,
        on=factories.today(),
        stuck="Niemand weet wie te bellen",
        by=coordinator,
    )
    client = log_in(coordinator)
    page = client.get(reverse("coalitions:membership-detail", args=[coalition.slug, member.pk])).text
    write_down = f"{reverse('actions:bottleneck-add', args=[coalition.slug])}?gesprek={talk.pk}"
    assert f'href="{write_down}"' in page
    assert "Niemand weet wie te bellen" in client.get(write_down).text
    client.post(write_down, {"kind": "bottleneck", "text": "Niemand weet wie te bellen"})
    found = coalition.bottlenecks.get()
    assert (found.origin, found.contact) == ("contact", talk)
    back = reverse("coalitions:contact-edit", args=[coalition.slug, talk.pk])
    assert f'href="{back}"' in client.get(found.get_absolute_url()).text


def test_the_page_of_a_group_shows_what_it_does_and_when_it_met(coalition, coordinator, partner, log_in):
    group = factories.make_group(coalition, partner, name="Vaders")
    action = make_action(coalition, coordinator, title="Vaders op het spreekuur")
    type(action).objects.filter(pk=action.pk).update(group=group)
    factories.make_meeting(coalition, coordinator, state=MeetingState.HELD, title="Eerste keer", group=group)
    factories.make_meeting(coalition, coordinator, title="Nog een concept", group=group)
    page = log_in(coordinator).get(group.get_absolute_url()).text
    assert "Acties van deze groep" in page
    assert action.get_absolute_url() in page
    assert "Eerste keer" in page
    assert "Nog een concept" not in page
