"""A table of contributions of one year: what each row would do, doing it, and taking it back."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions import budgets, contributions
from actions.models import BudgetYear, Contribution, ContributionState
from coalitions.imports import plans
from coalitions.imports.kinds import kind_of
from portal.import_plans import Fate, PlanStep
from tests import factories
from tests.coalitions.imports.tables import csv_of, fates, words, xlsx_of

pytestmark = pytest.mark.django_db
KIND, YEAR = "contributions", 2025
DAY = datetime.date(2025, 3, 12)


def checked(coalition, by, *rows, content=None, name="bijdragen.csv"):
    plan = plans.bring_in(
        coalition=coalition,
        kind=KIND,
        about=YEAR,
        content=content or csv_of(*rows),
        filename=name,
        by=by,
    )
    return plans.tie_columns(plan=plan, mapping=plan.mapping, by=by)


def saved(coalition, by, *rows):
    return plans.confirm(plan=checked(coalition, by, *rows), skips_errors=True, by=by)


@pytest.fixture
def budget(coalition, coordinator):
    return budgets.open_year(coalition=coalition, year=YEAR, by=coordinator)


@pytest.fixture
def source(coalition, coordinator, budget):
    return budgets.add_source(
        coalition=coalition, name="Impulsgeld", kind="impuls", first_year=2024, last_year=2026, by=coordinator
    )


@pytest.fixture
def care(coalition):
    organisation = factories.make_organisation("Kraamzorg Maas")
    factories.make_member(coalition, organisation)
    return organisation


@pytest.fixture
def town(coalition):
    organisation = factories.make_organisation(
        "Gemeente Beesel", type_code="gemeente", municipality=coalition.municipalities().get(name="Beesel")
    )
    factories.make_member(coalition, organisation)
    return organisation


def promised(budget, organisation, by, amount="1000", **more):
    return contributions.promise(
        budget=budget, organisation=organisation, amount=Decimal(amount), by=by, **more
    )


def decided(line, by):
    return contributions.decide(contribution=line, on=DAY, decision_ref="college, nr. 4", by=by)


def test_a_new_contribution_takes_the_steps_up_to_its_stand(
    coalition, coordinator, budget, source, town, care
):
    plan = checked(
        coalition,
        coordinator,
        ["Wie", "Bron", "Bedrag", "Uren", "Oormerk", "Status", "Datum besluit", "Welk besluit"],
        ["beesel", "impulsgeld", "€ 12.500,50", "", "Training", "ontvangen", "12-3-2025", "college, nr. 4"],
        ["GM0889", "", "300", "", "", "", "12-3-2025", ""],
        ["kraamzorg maas", "", "", "40", "", "", "", ""],
    )
    assert (fates(plan), words(plan)) == ([Fate.CREATE] * 3, [])
    assert [row.notes for row in plan.rows.all()] == [
        ["12.500,50 euro, ontvangen"],
        ["300,00 euro, besloten"],
        ["40 uur, toegezegd"],
    ]
    plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    first, second, third = Contribution.objects.order_by("pk")
    assert (first.organisation, first.source, first.amount) == (town, source, Decimal("12500.50"))
    assert (first.earmark, first.state, first.decided_on) == ("Training", ContributionState.RECEIVED, DAY)
    assert first.decision_ref == "college, nr. 4"
    assert (second.organisation, second.state) == (town, ContributionState.DECIDED)
    assert (third.organisation, third.hours, third.state) == (care, 40, ContributionState.PROMISED)
    history = Contribution.pgh_event_model.objects.filter(pgh_obj_id=first.pk).order_by("pgh_id")
    assert list(history.values_list("state", flat=True)) == ["promised", "decided", "received"]


def test_a_second_contribution_of_somebody_is_told(coalition, coordinator, budget, source, care):
    promised(budget, care, coordinator)
    plan = checked(
        coalition, coordinator, ["Organisatie", "Geldbron", "Bedrag"], [care.name, source.name, "50"]
    )
    assert plan.rows.get().notes == [
        "50,00 euro, toegezegd",
        "Deze organisatie geeft dit jaar al 1.000,00 euro. Dit komt erbij.",
    ]


def test_a_promised_amount_changes_and_goes_back(coalition, coordinator, budget, care):
    line = promised(budget, care, coordinator)
    plan = checked(coalition, coordinator, ["Organisatie", "Bedrag"], [care.name, "1.250"])
    assert plan.rows.get().changes == {"amount": ["1.000,00", "1.250,00"]}
    plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    line.refresh_from_db()
    assert line.amount == Decimal(1250)
    assert plans.take_back(plan=plan, by=coordinator).counts["taken_back"] == 1
    line.refresh_from_db()
    assert line.amount == Decimal(1000)


def test_an_empty_cell_leaves_what_is_there(coalition, coordinator, budget, care):
    promised(budget, care, coordinator, hours=8)
    assert fates(checked(coalition, coordinator, ["Organisatie", "Uren"], [care.name, ""])) == [
        Fate.UNCHANGED
    ]


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("Organisatie", "Onbekend BV", "Deze organisatie is geen lid."),
        ("Organisatie", "", "De organisatie ontbreekt"),
        ("Geldbron", "Loterij", "Deze geldbron is er niet."),
        ("Bedrag", "veel", "is geen bedrag"),
        ("Bedrag", "10,005", "afgerond op centen"),
        ("Bedrag", "0", "Vul een bedrag of een aantal uren in."),
        ("Uren", "acht", "is geen heel getal"),
        ("Stand", "taart", "kennen we niet. Kies uit: Toegezegd,"),
        ("Stand", "Besloten", "Vul in op welke dag dit is besloten, of maak de stand Toegezegd."),
        ("Stand", "Ingetrokken", "Een ingetrokken bijdrage lezen we niet in."),
        ("Besloten op", "1-1-2999", "ligt in de toekomst"),
        ("Alleen voor", "mevrouw 111222333", "burgerservicenummer"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(
    coalition, coordinator, budget, source, care, column, cell, said
):
    row = {"Organisatie": care.name, "Bedrag": "100", column: cell}
    plan = checked(coalition, coordinator, list(row), list(row.values()))
    assert fates(plan) == [Fate.ERROR]
    problem = plan.rows.get().problems[0]["problem"]
    assert said in problem
    assert not Contribution.objects.exists()


def test_a_source_of_other_years_gives_nothing(coalition, coordinator, budget, care):
    budgets.add_source(
        coalition=coalition, name="Oud", kind="impuls", first_year=2020, last_year=2021, by=coordinator
    )
    plan = checked(coalition, coordinator, ["Organisatie", "Geldbron", "Bedrag"], [care.name, "Oud", "5"])
    assert "Deze geldbron geldt niet in 2025." in words(plan)[0]


def test_the_same_contribution_twice_is_one_too_many(coalition, coordinator, budget, care):
    plan = checked(coalition, coordinator, ["Organisatie", "Bedrag"], [care.name, "5"], [care.name, "5"])
    assert fates(plan) == [Fate.CREATE, Fate.ERROR]
    assert "Deze bijdrage staat ook in regel 2." in words(plan)[0]


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("Bedrag", "1.001", "Deze bijdrage van 1.000,00 euro is al besloten."),
        ("Uren", "9", "De uren veranderen niet meer."),
        ("Stand", "Ontvangen", "De bijdrage staat op ‘Besloten’. Een stap zet je op de pagina"),
    ],
)
def test_what_was_decided_stays(coalition, coordinator, budget, care, column, cell, said):
    decided(promised(budget, care, coordinator), coordinator)
    plan = checked(coalition, coordinator, ["Organisatie", column], [care.name, cell])
    assert fates(plan) == [Fate.ERROR]
    assert said in words(plan)[0]


def test_a_withdrawn_contribution_is_not_woken_up(coalition, coordinator, budget, care):
    gone = promised(budget, care, coordinator)
    contributions.withdraw(contribution=gone, reason="Geen geld", by=coordinator)
    saved(coalition, coordinator, ["Organisatie", "Bedrag"], [care.name, "1000"])
    assert list(Contribution.objects.order_by("pk").values_list("state", flat=True)) == [
        "withdrawn",
        "promised",
    ]


def test_nothing_comes_into_a_closed_year(coalition, coordinator, budget, care):
    plan = checked(coalition, coordinator, ["Organisatie", "Bedrag"], [care.name, "5"])
    BudgetYear.objects.filter(pk=budget.pk).update(state="adopted")
    BudgetYear.objects.filter(pk=budget.pk).update(state="closed")
    with pytest.raises(plans.StalePlan):
        plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    assert "Het jaar 2025 is afgesloten." in words(plan)[0]
    assert not Contribution.objects.exists()


def test_a_plan_that_is_no_longer_true_is_not_saved(coalition, coordinator, budget, care):
    line = promised(budget, care, coordinator)
    plan = checked(coalition, coordinator, ["Organisatie", "Bedrag"], [care.name, "2000"])
    decided(line, coordinator)
    with pytest.raises(plans.StalePlan):
        plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    plan.refresh_from_db()
    assert (plan.step, fates(plan)) == (PlanStep.CHECKED, [Fate.ERROR])


@pytest.mark.django_db(transaction=True)
def test_taking_back_deletes_what_nobody_moved_on(coalition, coordinator, budget, care, town):
    plan = saved(coalition, coordinator, ["Organisatie", "Bedrag"], [care.name, "5"], [town.name, "7"])
    decided(Contribution.objects.get(organisation=town), coordinator)
    plan = plans.take_back(plan=plan, by=coordinator)
    assert (plan.counts["taken_back"], plan.counts["stayed"]) == (1, 1)
    assert Contribution.objects.get().organisation == town


def test_the_restricted_role_saves_and_takes_back(coalition, coordinator, budget, care, as_app):
    with as_app():
        plan = saved(
            coalition,
            coordinator,
            ["Organisatie", "Bedrag", "Stand", "Besloten op"],
            [care.name, "5", "Ontvangen", "1-3-2025"],
        )
        assert plans.take_back(plan=plan, by=coordinator).counts["taken_back"] == 1


def test_a_long_table_costs_no_more_than_a_short_one(coalition, coordinator, budget, care):
    def cost(prefix: str, count: int) -> int:
        plan = checked(
            coalition,
            coordinator,
            ["Organisatie", "Bedrag", "Alleen voor"],
            *([care.name, "5", f"{prefix}{number}"] for number in range(count)),
        )
        with CaptureQueriesContext(connection) as queries:
            plans.confirm(plan=plan, skips_errors=False, by=coordinator)
        return len(queries)

    assert cost("a", 1) == cost("b", 200)


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_what_goes_out_comes_in_without_a_change(
    coalition, coordinator, budget, source, care, town, log_in, extension
):
    promised(budget, care, coordinator, "0", hours=12)
    promised(budget, care, coordinator, "10.10", source=source)
    # The same twice, of which one was decided.
    promised(budget, town, coordinator, "20.20", earmark="=1+1")
    decided(promised(budget, town, coordinator, "20.20", earmark="=1+1"), coordinator)
    contributions.withdraw(
        contribution=promised(budget, town, coordinator, "3"), reason="Geen geld", by=coordinator
    )
    url = reverse(f"actions:contribution-{extension}", args=[coalition.slug, YEAR])
    content = log_in(coordinator).get(url).content
    plan = checked(coalition, coordinator, content=content, name=f"bijdragen.{extension}")
    found = [(row.values, row.changes, row.problems) for row in plan.rows.exclude(fate=Fate.UNCHANGED)]
    assert (plan.row_count, found) == (5, [])


def test_amounts_of_a_workbook_are_numbers(coalition, coordinator, budget, care):
    content = xlsx_of(
        ["Organisatie", "Bedrag", "Besloten op"], [care.name, 1234.5, datetime.date(2025, 3, 12)]
    )
    plan = checked(coalition, coordinator, content=content, name="bijdragen.xlsx")
    plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    line = Contribution.objects.get()
    assert (line.amount, line.decided_on) == (Decimal("1234.50"), DAY)


def test_every_word_of_a_change_is_known():
    assert kind_of(KIND).heading == "Organisatie"
    assert {field.label for field in kind_of(KIND).fields()} == set(kind_of(KIND).words.values())
