"""The programme of the demo holds what the specification counts, and comes back as it went out."""

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.models import (
    ActionState,
    Attendance,
    BudgetState,
    InterventionOffer,
    Meeting,
    MeetingState,
    Practice,
    PracticeAdoption,
    PracticeState,
    TableNote,
)
from actions.presenters import rounds
from coalitions.demo_plans import NML
from coalitions.models import Coalition
from partners.models import Person
from portal.import_plans import Fate
from tests.coalitions.imports import tables

pytestmark = pytest.mark.django_db


def test_the_demo_holds_what_the_specification_counts(everything):
    _has_the_programme(Coalition.objects.get(slug=NML))
    _has_six_gems_taken_over_thirty_one_times()
    _has_three_budget_years(Coalition.objects.get(slug=NML))
    _has_twelve_meetings_with_two_hundred_and_ten_different_people()


def _has_the_programme(nml):
    programme = nml.programmes.get()
    assert (programme.state, programme.themes.count()) == ("adopted", 5)
    assert (nml.actions.count(), nml.bottlenecks.count()) == (24, 40)
    assert set(nml.actions.values_list("state", flat=True)) == set(ActionState.values)
    assert not nml.actions.filter(bottlenecks__isnull=True).exists()
    # An action goes back to what a table said.
    assert nml.actions.filter(bottlenecks__note_outcomes__note__meeting__coalition=nml).exists()
    told = {line.round.title: line.progress for line in rounds.lines(nml)}
    assert {title: progress.coverage for title, progress in told.items()} == {
        "Tweede halfjaar 2025": "14 van 14 acties gemeld",
        "Eerste halfjaar 2026": "11 van 14 acties gemeld",
        "Tweede halfjaar 2026": "5 van 12 acties gemeld",
    }


def _has_six_gems_taken_over_thirty_one_times():
    gems = Practice.objects.filter(coalition__slug=NML)
    assert gems.count() == 6
    assert PracticeAdoption.objects.filter(practice__in=gems).count() == 31
    assert set(gems.values_list("state", flat=True)) == {
        PracticeState.LOCAL,
        PracticeState.NOMINATED,
        PracticeState.PREBAKED,
    }
    # One of them was first told of at a table.
    assert gems.filter(note_outcomes__isnull=False).count() == 1
    assert InterventionOffer.objects.values("intervention").distinct().count() == 7


def _has_three_budget_years(nml):
    years = nml.budget_years.order_by("year")
    now = timezone.localdate().year
    states = [BudgetState.CLOSED, BudgetState.ADOPTED, BudgetState.DRAFT]
    assert list(years.values_list("year", "state")) == list(zip((now - 1, now, now + 1), states, strict=True))
    assert all(year.contributions.exists() for year in years)


def _has_twelve_meetings_with_two_hundred_and_ten_different_people():
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

    def counts():
        return [rows.count() for rows in (meetings, there, notes, PracticeAdoption.objects.all())]

    before = counts()
    demo.load()
    assert counts() == before


def test_its_actions_come_back_as_they_went_out(everything, client):
    coalition = Coalition.objects.get(slug=NML)
    by = Person.objects.get(email="coordinator@demo.example")
    client.force_login(by, backend="django.contrib.auth.backends.ModelBackend")
    content = client.get(reverse("actions:action-xlsx", args=[coalition.slug])).content
    plan = tables.checked(coalition, by, content, kind="actions", name="acties.xlsx")
    found = [(row.values, row.changes, row.problems) for row in plan.rows.exclude(fate=Fate.UNCHANGED)]
    assert (plan.row_count, found) == (coalition.actions.count(), [])
    assert plan.row_count > 20
