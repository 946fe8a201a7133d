"""The page of an action, a theme, a meeting and a round asks as little for many rows as for few."""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from actions import (
    allocations,
    attendance,
    budgets,
    contributions,
    decisions,
    local_stands,
    milestones,
    outcomes,
    reports,
    table_notes,
    themes,
    work,
)
from actions.models import MeetingInvitation
from tests import factories
from tests.actions.programme_rows import make_action, make_bottleneck, make_programme, make_round, make_theme

pytestmark = pytest.mark.django_db

MOST = 12


@pytest.fixture
def money(coalition, coordinator):
    budget = budgets.open_year(coalition=coalition, year=2027, by=coordinator)
    giver = factories.make_organisation("Gever")
    line = contributions.promise(budget=budget, organisation=giver, amount=Decimal(500), by=coordinator)
    contributions.decide(contribution=line, on=factories.today(), by=coordinator)
    return budget


@pytest.fixture
def more(coalition, coordinator, money):
    """Adds one more of everything to an action under a theme, a held meeting and an open round."""
    theme = make_theme(make_programme(coalition, coordinator), coordinator)
    action = make_action(coalition, coordinator, theme=theme, scope="local", areas=coalition.municipalities())
    meeting = factories.make_meeting(coalition, coordinator, state="held")
    asked = make_round(coalition, coordinator)
    by = {"by": coordinator}

    def more():
        member = factories.make_member(coalition)
        place = factories.make_area()
        factories.put_in_region(coalition.area, place)
        action.areas.add(place)
        local_stands.set_stand(action=action, municipality=place, state="running", **by)
        themes.weigh(theme=theme, membership=member, matters=True, **by)
        themes.show_interest(theme=theme, membership=member, kind="join", **by)
        themes.show_interest(action=action, membership=member, kind="follow", **by)
        work.set_partner(action=action, membership=member, role="contributor", **by)
        milestones.add(action=action, title="Af", due_on=factories.today(), **by)
        question = table_notes.add_question(meeting=meeting, text="Wat werkt?", **by)
        note = table_notes.write(meeting=meeting, question=question, table_number=1, text="Niets", **by)
        table_notes.write(meeting=meeting, question=None, table_number=2, text="Veel", **by)
        outcomes.become_bottleneck(note=note, kind="bottleneck", **by)
        found = make_bottleneck(coalition, coordinator, theme=theme)
        outcomes.join_bottleneck(note=note, bottleneck=found, **by)
        work.answer(action=action, bottleneck=found, **by)
        decision = decisions.add(meeting=meeting, text="Doen", owner=None, due=None, **by)
        allocations.allocate(budget=money, amount=Decimal(10), action=action, decision=decision, **by)
        invited = factories.make_person()
        MeetingInvitation.objects.create(meeting=meeting, person=invited)
        attendance.record(
            meeting=meeting, present=[*meeting.invitations.values_list("person", flat=True)], **by
        )
        told = make_action(coalition, coordinator, theme=theme)
        report = reports.begin(action=told, reporting_round=asked, membership=told.lead, **by)
        reports.submit(report=report, claim="on_track", done_text="Begonnen", **by)
        other = reports.begin(action=action, reporting_round=None, membership=member, **by)
        reports.submit(report=other, claim="attention", done_text="Gebeld", **by)

    return more, (theme, action, meeting, asked)


def test_pages_ask_as_little_for_many_rows_as_for_few(more, coalition, coordinator, log_in, cost_of):
    client = log_in(coordinator)
    add, things = more
    add()
    few = [cost_of(client, thing.get_absolute_url()) for thing in things]
    for _ in range(3):
        add()
    many = [cost_of(client, thing.get_absolute_url()) for thing in things]
    assert many == few
    assert max(few) <= MOST


def test_the_list_of_rounds_asks_as_little_for_many_opened_again_as_for_one(
    coalition, coordinator, log_in, cost_of
):
    client = log_in(coordinator)
    address = reverse("actions:round-list", args=[coalition.slug])
    make_action(coalition, coordinator)
    make_round(coalition, coordinator, state="reopened")
    few = cost_of(client, address)
    for _ in range(3):
        make_round(coalition, coordinator, state="reopened")
    make_round(coalition, coordinator)
    assert cost_of(client, address) == few <= MOST
    assert client.get(address).text.count("0 van 1 acties gemeld") == 5


def test_an_action_shows_its_money_to_who_may_read_it(more, coordinator, analyst, log_in, money):
    add, (_, action, _, _) = more
    add()
    add()
    allocations.spend(
        allocation=action.allocations.first(),
        on=datetime.date(2027, 2, 1),
        amount=Decimal("2.50"),
        description="Zaal",
        by=coordinator,
    )
    shown = log_in(coordinator).get(action.get_absolute_url()).content.decode().replace("\xa0", " ")
    assert shown.count("€ 10") == 2
    assert "€ 2,50" in shown
    # What is spent is part of what was given, and two gifts are not added up on this page.
    assert "€ 20" not in shown
    assert "Geld voor deze actie" not in log_in(analyst).get(action.get_absolute_url()).content.decode()
