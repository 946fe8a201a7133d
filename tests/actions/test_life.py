"""What a member did stands in the life of its membership."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from actions import contributions, life, reports
from actions.models import (
    ActionPartner,
    Attendance,
    BudgetYear,
    MeetingState,
)
from coalitions.models import Role
from portal import hooks
from tests import factories
from tests.actions.programme_rows import make_action

pytestmark = pytest.mark.django_db
DAY = datetime.date(2024, 3, 1)


@pytest.fixture
def membership(coalition):
    return factories.make_member(coalition, factories.make_organisation("Kraamzorg Beesel"))


def told(membership, person):
    return [(line.title, line.detail) for line in life.life_of(membership, person)]


def give(membership, year, by):
    budget = BudgetYear.objects.create(coalition=membership.coalition, year=year)
    given = contributions.promise(
        budget=budget, organisation=membership.organisation, amount=Decimal(12500), by=by
    )
    contributions.decide(contribution=given, on=DAY, decision_ref="B1", by=by)


def test_actions_that_began_reports_and_meetings(coalition, coordinator, membership):
    led = make_action(coalition, coordinator, lead=membership, title="Warm overdragen", starts_on=DAY)
    other = make_action(coalition, coordinator, title="Samen eten", starts_on=DAY)
    ActionPartner.objects.create(action=other, membership=membership)
    later = datetime.date(2099, 1, 1)
    make_action(coalition, coordinator, lead=membership, title="Later", starts_on=later, due_on=later)
    report = reports.begin(action=led, reporting_round=None, membership=membership, by=coordinator)
    reports.submit(report=report, by=coordinator, claim="on_track", done_text="Begonnen")
    meeting = factories.make_meeting(
        coalition, coordinator, state=MeetingState.HELD, title="Startbijeenkomst"
    )
    for _ in range(2):
        Attendance.objects.create(
            meeting=meeting, person=factories.make_person(), organisation=membership.organisation
        )
    assert sorted(told(membership, coordinator)) == [
        ("Actie begonnen als deelnemer", "Samen eten"),
        ("Actie begonnen als trekker", "Warm overdragen"),
        ("Bij een bijeenkomst", "Startbijeenkomst, 2 mensen"),
        ("Voortgang gemeld", "Warm overdragen: op schema"),
    ]


def test_money_is_for_who_reads_the_budget_lines(coalition, coordinator, membership):
    give(membership, 2024, coordinator)
    assert told(membership, coordinator) == [("Bijdrage besloten", "2024: €\N{NO-BREAK SPACE}12.500")]
    team = factories.make_person()
    factories.give_role(team, coalition, Role.TEAM)
    assert told(membership, team) == []


def test_it_costs_one_query(coalition, coordinator, membership, django_assert_num_queries):
    give(membership, 2024, coordinator)
    told(membership, coordinator)
    with django_assert_num_queries(1):
        told(membership, coordinator)


def test_it_stands_on_the_page(log_in, coalition, coordinator, membership):
    give(membership, 2024, coordinator)
    page = log_in(coordinator).get(membership.get_absolute_url()).text
    assert "Bijdrage besloten" in page
    assert f"/coalities/{coalition.slug}/begroting/2024/" in page


def test_the_list_of_the_coordinator_says_when_somebody_was_last_active(
    log_in, coalition, coordinator, partner, membership
):
    meeting = factories.make_meeting(coalition, coordinator, state=MeetingState.HELD)
    Attendance.objects.create(
        meeting=meeting, person=factories.make_person(), organisation=membership.organisation
    )
    rows = {row.pk: row.last_active for row in hooks.with_columns(coalition.memberships.all(), coalition.pk)}
    assert rows[membership.pk] == timezone.localdate(meeting.starts_at)
    assert [day for pk, day in rows.items() if pk != membership.pk] == [None] * (len(rows) - 1)
    for address in ("beheer/leden/", "leden.csv"):
        found = log_in(coordinator).get(f"/coalities/{coalition.slug}/{address}")
        assert "Laatst actief" in found.content.decode()
    assert "Laatst actief" not in log_in(partner).get(f"/coalities/{coalition.slug}/leden/").text
