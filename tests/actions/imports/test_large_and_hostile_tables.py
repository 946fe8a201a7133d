"""Tables of actions that a worker does, and workbooks with formulas in them."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from coalitions.imports import plans
from coalitions.models import CoalitionRole, ImportWork
from portal import jobs
from portal.findings import Unreadable
from portal.import_plans import Fate, PlanStep
from portal.tables import FORMULA_STARTS
from tests import factories
from tests.actions.programme_rows import make_action
from tests.coalitions.imports import tables
from tests.coalitions.imports.tables import csv_of, fates, xlsx_of

pytestmark = pytest.mark.django_db
KIND = "actions"
MANY = plans.AT_ONCE + 1


def checked(coalition, by, content, name="acties.csv"):
    return tables.checked(coalition, by, content, kind=KIND, name=name)


@pytest.fixture
def many(coalition, coordinator):
    """A table with one line more than is done at once, of which the last is wrong."""
    rows = [[f"Actie {number}", ""] for number in range(1, MANY)] + [["Actie fout", "Bestaat niet"]]
    return checked(coalition, coordinator, csv_of(["Actie", "Trekker"], *rows))


def work_until(plan, step):
    jobs.work_due(ImportWork)
    plan.refresh_from_db()
    assert plan.step == step
    return plan


def test_a_worker_checks_saves_and_the_coordinator_takes_back(coalition, coordinator, many, log_in):
    page = reverse("coalitions:member-import-detail", args=[coalition.slug, many.pk])
    assert many.step == PlanStep.CHECKING
    assert "Je kunt deze pagina verlaten; het werk gaat door." in log_in(coordinator).get(page).text
    plan = work_until(many, PlanStep.CHECKED)
    assert plan.counts == {Fate.CREATE: MANY - 1, Fate.ERROR: 1}
    plan = plans.confirm(plan=plan, skips_errors=True, by=coordinator)
    assert (plan.step, coalition.actions.count()) == (PlanStep.SAVING, 0)
    plan = work_until(plan, PlanStep.SAVED)
    numbers = list(coalition.actions.order_by("number").values_list("number", "title"))
    assert numbers == [(number, f"Actie {number}") for number in range(1, MANY)]
    plan = plans.take_back(plan=plan, by=coordinator)
    assert (plan.counts["taken_back"], coalition.actions.count()) == (MANY - 1, 0)


def test_a_worker_finds_out_what_changed_meanwhile(coalition, coordinator, many):
    plan = work_until(many, PlanStep.CHECKED)
    plans.confirm(plan=plan, skips_errors=True, by=coordinator)
    make_action(coalition, coordinator, title="Actie 7", state="idea")
    plan = work_until(plan, PlanStep.CHECKED)
    assert len(plan.stale) == 1
    assert plan.stale[0].startswith("Regel 8: was ‘Nieuw’, is nu ‘Ongewijzigd’. Gewijzigd door Carla")
    assert coalition.actions.count() == 1


def test_a_worker_saves_nothing_for_who_is_no_coordinator_any_more(coalition, coordinator, many):
    plan = work_until(many, PlanStep.CHECKED)
    plans.confirm(plan=plan, skips_errors=True, by=coordinator)
    factories.give_role(factories.make_person("Opvolger"), coalition, "coordinator")
    CoalitionRole.objects.filter(person=coordinator).update(valid_to=factories.today())
    plan = work_until(plan, PlanStep.CHECKED)
    assert "intussen geen coördinator meer" in plan.stale[0]
    assert not coalition.actions.exists()


def test_a_workbook_with_a_formula_without_outcome_is_refused_with_its_place(coalition, coordinator):
    content = xlsx_of(["Actie", "Waarom"], ["Samen eten", '=HYPERLINK("http://kwaad.example")'])
    with pytest.raises(Unreadable, match="heeft geen uitkomst"):
        checked(coalition, coordinator, content, "acties.xlsx")
    assert not coalition.member_imports.exists()


def test_what_could_become_a_formula_goes_out_harmless(coalition, coordinator, log_in):
    starts = [start for start in FORMULA_STARTS if start.strip() and start != "="]
    titles = [f"{start}cmd {place}" for place, start in enumerate(starts)]
    content = xlsx_of(["Actie"], *([title] for title in titles))
    plan = checked(coalition, coordinator, content, "acties.xlsx")
    plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    client = log_in(coordinator)
    out = client.get(reverse("actions:action-xlsx", args=[coalition.slug])).content
    sheet = load_workbook(io.BytesIO(out)).active
    assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert {cell.value for cell in sheet["B"][1:]} == {f"'{title}" for title in titles}
    assert set(fates(checked(coalition, coordinator, out, "acties.xlsx"))) == {Fate.UNCHANGED}


def test_a_formula_of_a_csv_is_text_that_goes_out_with_a_quote_and_comes_back(coalition, coordinator, log_in):
    formula = '=1+1;"@SUM(A1)"'
    plan = checked(coalition, coordinator, csv_of(["Actie", "Waarom"], ["=Som", formula]))
    plans.confirm(plan=plan, skips_errors=False, by=coordinator)
    action = coalition.actions.get()
    assert (action.title, action.why) == ("=Som", formula)
    content = log_in(coordinator).get(reverse("actions:action-csv", args=[coalition.slug])).content
    assert ";'=Som;" in content.decode("utf-8-sig")
    assert fates(checked(coalition, coordinator, content)) == [Fate.UNCHANGED]
