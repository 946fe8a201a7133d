"""A list of who was at a meeting: what each row would do, doing it, and taking it back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions import attendance, meetings
from actions.models import Attendance
from coalitions.imports import plans
from coalitions.imports.kinds import kind_of
from coalitions.models import SeatLevel
from partners.models import Person, Representative
from portal.import_plans import Fate, PlanStep
from tests import factories
from tests.coalitions.imports.tables import csv_of, fates, words

pytestmark = pytest.mark.django_db
KIND = "attendance"


@pytest.fixture
def meeting(coalition, coordinator):
    found = factories.make_meeting(coalition, coordinator, in_days=0)
    meetings.announce(meeting=found, by=coordinator)
    return meetings.hold(meeting=found, by=coordinator)


@pytest.fixture
def care(coalition):
    return factories.make_member(coalition, factories.make_organisation("Kraamzorg Maas"))


def speaker(membership, name, **options):
    person = factories.make_person(name, **options)
    factories.make_representative(person, membership.organisation)
    return person


def checked(meeting, by, *rows, content=None, name="aanwezig.csv"):
    plan = plans.bring_in(
        coalition=meeting.coalition,
        kind=KIND,
        about=meeting.pk,
        content=content or csv_of(*rows),
        filename=name,
        by=by,
    )
    return plans.tie_columns(plan=plan, mapping=plan.mapping, by=by)


def saved(meeting, by, *rows):
    return plans.confirm(plan=checked(meeting, by, *rows), skips_errors=True, by=by)


def test_people_are_known_by_address_by_name_and_else_new(meeting, coordinator, care):
    anna = speaker(care, "Anna de Wit", email="anna@maas.example")
    bert = speaker(care, "Bert Smit", email=None)
    factories.give_seat(care, Representative.objects.get(person=bert), SeatLevel.MANAGEMENT)
    plan = checked(
        meeting,
        coordinator,
        ["Deelnemer", "E-mail", "Namens", "Niveau"],
        ["A. de Wit", "Anna@maas.example", "", ""],
        ["bert smit", "", "kraamzorg maas", ""],
        ["Cora Nieuw", "cora@elders.example", "", "bestuur"],
    )
    assert (fates(plan), words(plan)) == ([Fate.CREATE] * 3, [])
    assert [row.notes for row in plan.rows.all()] == [
        ["Staat in het portaal als ‘Anna de Wit’; die naam blijft."],
        [],
        ["Nog niet bekend. Deze persoon komt erbij, zonder eigen inlog."],
    ]
    plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    cora = Person.objects.get(email="cora@elders.example")
    assert not cora.has_usable_password()
    there = {one.person: (one.organisation, one.level) for one in meeting.attendances.all()}
    assert there == {
        anna: (care.organisation, ""),
        bert: (care.organisation, "management"),
        cora: (None, "board"),
    }
    assert {one.recorded_by for one in meeting.attendances.all()} == {coordinator}


def test_the_same_list_again_changes_nothing(meeting, coordinator, care):
    rows = ["Naam", "Organisatie"], ["Cora Nieuw", "Kraamzorg Maas"], ["Dirk Nieuw", ""]
    saved(meeting, coordinator, *rows)
    assert fates(checked(meeting, coordinator, *rows)) == [Fate.UNCHANGED, Fate.UNCHANGED]
    assert attendance.distinct_by_level(meeting.coalition)["total"] == 2


def test_somebody_of_an_earlier_meeting_is_one_person(meeting, coalition, coordinator):
    saved(meeting, coordinator, ["Naam"], ["Cora Nieuw"])
    later = factories.make_meeting(coalition, coordinator, in_days=0)
    meetings.announce(meeting=later, by=coordinator)
    saved(meetings.hold(meeting=later, by=coordinator), coordinator, ["Naam"], ["cora nieuw"])
    assert Attendance.objects.count() == 2
    assert attendance.distinct_by_level(coalition)["total"] == 1


@pytest.mark.parametrize("answer", ["same", "other", "skip"])
def test_who_may_be_somebody_else_is_asked(meeting, coordinator, coalition, care, answer):
    known = speaker(care, "Anna de Wit", email="anna@maas.example")
    factories.make_member(coalition, factories.make_organisation("Jeugdhulp Peel"))
    plan = checked(meeting, coordinator, ["Naam", "Organisatie"], ["Anna de Wit", "Jeugdhulp Peel"])
    row = plan.rows.get()
    assert (row.fate, row.candidates) == (Fate.ASK, [[known.pk, "Anna de Wit, Kraamzorg Maas"]])
    choice = {"same": known.pk, "other": 0, "skip": -1}[answer]
    plan = plans.answer(plan=plan, answers={row.pk: choice}, by=coordinator)
    if answer == "skip":
        assert fates(plan) == [Fate.SKIP]
        return
    plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    one = meeting.attendances.get()
    assert (one.person == known) is (answer == "same")
    assert one.organisation.name == "Jeugdhulp Peel"


def test_a_namesake_with_another_address_is_asked(meeting, coordinator, care):
    speaker(care, "Anna de Wit", email="anna@maas.example")
    plan = checked(meeting, coordinator, ["Naam", "E-mail"], ["Anna de Wit", "anna@elders.example"])
    assert fates(plan) == [Fate.ASK]


def test_who_did_not_come_is_left_out(meeting, coordinator):
    plan = checked(
        meeting, coordinator, ["Naam", "Aanwezig"], ["Cora", "ja"], ["Dirk", "nee"], ["Dirk", "ja"]
    )
    assert fates(plan) == [Fate.CREATE, Fate.SKIP, Fate.CREATE]
    assert plan.rows.get(line=3).notes == ["Was er niet."]


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("Organisatie", "Onbekend BV", "Deze organisatie staat niet op de ledenlijst."),
        ("Naam", "", "De naam ontbreekt"),
        ("Mailadres", "geen adres", "is geen mailadres"),
        ("Niveau", "taart", "kennen we niet. Kies uit: "),
        ("Aanwezig", "misschien", "is geen ja of nee"),
        ("Naam", "kind 111222333", "burgerservicenummer"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(meeting, coordinator, column, cell, said):
    row = {"Naam": "Cora", "Mailadres": "", "Organisatie": "", "Niveau": "", "Aanwezig": "ja", column: cell}
    plan = checked(meeting, coordinator, list(row), list(row.values()))
    assert fates(plan) == [Fate.ERROR]
    assert said in words(plan)[0]


def test_somebody_twice_is_one_too_many(meeting, coordinator, care):
    speaker(care, "Anna de Wit", email="anna@maas.example")
    plan = checked(
        meeting, coordinator, ["Naam", "E-mail"], ["Anna de Wit", ""], ["A. de Wit", "anna@maas.example"]
    )
    assert fates(plan) == [Fate.CREATE, Fate.ERROR]
    assert "Deze persoon staat ook in regel 2." in words(plan)[0]


@pytest.mark.django_db(transaction=True)
def test_taking_back_restores_the_list_and_forgets_whom_it_brought(meeting, coordinator, coalition, care):
    anna = speaker(care, "Anna de Wit")
    attendance.record(meeting=meeting, present=[anna.pk], by=coordinator)
    plan = saved(
        meeting,
        coordinator,
        ["Naam", "Niveau"],
        ["Anna de Wit", "bestuur"],
        ["Cora Nieuw", ""],
        ["Dirk Nieuw", ""],
    )
    assert fates(plan) == [Fate.UPDATE, Fate.CREATE, Fate.CREATE]
    # Dirk came to another meeting as well, and stays somebody.
    later = factories.make_meeting(coalition, coordinator, in_days=0)
    meetings.announce(meeting=later, by=coordinator)
    meetings.hold(meeting=later, by=coordinator)
    dirk = Person.objects.get(name="Dirk Nieuw")
    Attendance.objects.create(meeting=later, person=dirk)
    plan = plans.take_back(plan=plan, by=coordinator)
    assert (plan.counts["taken_back"], plan.counts["stayed"]) == (3, 0)
    one = meeting.attendances.get()
    assert (one.person, one.level) == (anna, "")
    assert not Person.objects.filter(name="Cora Nieuw").exists()
    assert Person.objects.filter(pk=dirk.pk).exists()


def test_a_plan_that_is_no_longer_true_is_not_saved(meeting, coordinator, care):
    anna = speaker(care, "Anna de Wit")
    plan = checked(meeting, coordinator, ["Naam"], ["Anna de Wit"])
    attendance.record(meeting=meeting, present=[anna.pk], by=coordinator)
    with pytest.raises(plans.StalePlan):
        plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    plan.refresh_from_db()
    assert (plan.step, fates(plan)) == (PlanStep.CHECKED, [Fate.UNCHANGED])


def test_the_restricted_role_saves_and_takes_back(meeting, coordinator, as_app):
    with as_app():
        plan = saved(meeting, coordinator, ["Naam"], ["Cora Nieuw"])
        assert plans.take_back(plan=plan, by=coordinator).counts["taken_back"] == 1


def test_a_long_table_costs_no_more_than_a_short_one(meeting, coordinator):
    def cost(prefix: str, count: int) -> int:
        plan = checked(meeting, coordinator, ["Naam"], *([f"{prefix} {number}"] for number in range(count)))
        with CaptureQueriesContext(connection) as queries:
            plans.confirm(plan=plan, skips_errors=False, by=coordinator)
        return len(queries)

    assert cost("Anna", 1) == cost("Bert", 200)


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_what_goes_out_comes_in_without_a_change(meeting, coordinator, care, log_in, extension):
    with_address = speaker(care, "Anna de Wit")
    without = speaker(care, "Bert Smit", email=None)
    attendance.record(meeting=meeting, present=[with_address.pk, without.pk], by=coordinator)
    attendance.add_guest(meeting=meeting, name="=Cora", organisation=None, level="board", by=coordinator)
    attendance.add_guest(meeting=meeting, name="Dirk", organisation=care.organisation, by=coordinator)
    url = reverse(f"actions:attendance-{extension}", args=[meeting.coalition.slug, meeting.pk])
    content = log_in(coordinator).get(url).content
    plan = checked(meeting, coordinator, content=content, name=f"aanwezig.{extension}")
    found = [(row.values, row.changes, row.problems) for row in plan.rows.exclude(fate=Fate.UNCHANGED)]
    assert (plan.row_count, found) == (4, [])


def test_every_word_of_a_change_is_known():
    assert {field.label for field in kind_of(KIND).fields()} == set(kind_of(KIND).words.values())
