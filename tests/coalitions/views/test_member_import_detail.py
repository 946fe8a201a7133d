"""The page of one import and its acts."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from coalitions.models import ImportWork
from portal import jobs
from portal.import_plans import PlanStep
from tests import factories
from tests.coalitions.imports.tables import checked, csv_of

pytestmark = pytest.mark.django_db
HEADER = ["Naam", "Soort", "Beschrijving", "Gemeente"]
ROWS = (["A", "welzijn", "", ""], ["B", "onzin", "", ""], ["C", "welzijn", "zaak 111222333", ""])


@pytest.fixture(autouse=True)
def types(db):
    factories.make_type("welzijn")


def address(plan, name="detail"):
    return reverse(f"coalitions:member-import-{name}", args=[plan.coalition.slug, plan.pk])


@pytest.fixture
def plan(coalition, coordinator):
    return checked(
        coalition,
        coordinator,
        csv_of(
            HEADER, ["A", "welzijn", "", ""], ["B", "onzin", "", ""], ["C", "welzijn", "zaak 111222333", ""]
        ),
    )


def test_the_check_shows_every_row_and_the_acts(log_in, coordinator, plan):
    page = log_in(coordinator).get(address(plan)).text
    for words in ("Kolom Soort, ‘onzin’: kennen we niet", "burgerservicenummer", "Sla deze import op"):
        assert words in page
    only = log_in(coordinator).get(address(plan), {"wat": "create"}).text
    assert "onzin" not in only


def test_saving_needs_a_tick_where_rows_are_wrong(log_in, coordinator, coalition, plan):
    client = log_in(coordinator)
    response = client.post(address(plan, "confirm"), follow=True)
    assert "2 regels hebben een fout." in response.text
    assert not coalition.memberships.exists()
    response = client.post(address(plan, "confirm"), {"skips_errors": "on"}, follow=True)
    assert "Je kunt deze import terugdraaien tot morgen" in response.text
    assert coalition.memberships.count() == 1


def test_undo_is_one_button(log_in, coordinator, coalition, plan):
    client = log_in(coordinator)
    client.post(address(plan, "confirm"), {"skips_errors": "on"})
    response = client.post(address(plan, "undo"), follow=True)
    assert "1 regel is teruggedraaid" in response.text
    assert not coalition.memberships.filter(left_on__isnull=True).exists()


def test_no_bsn_needs_a_reason(log_in, coordinator, plan):
    client = log_in(coordinator)
    assert client.post(address(plan, "not-bsn"), {"reason": ""}).status_code == 422
    client.post(address(plan, "not-bsn"), {"reason": "Zaaknummer van de gemeente."})
    assert plan.rows.filter(not_bsn_reason="Zaaknummer van de gemeente.").count() == 1


def test_a_question_is_answered_on_the_page(log_in, coordinator, coalition):
    known = factories.make_organisation("A", municipality=coalition.municipalities().first())
    plan = checked(coalition, coordinator, csv_of(HEADER, ["A", "welzijn", "", ""]))
    client = log_in(coordinator)
    assert "Dit is A, Beesel" in client.get(address(plan)).text
    assert client.post(address(plan, "answer"), {}).status_code == 422
    row = plan.rows.get()
    client.post(address(plan, "answer"), {f"row_{row.pk}": str(known.pk)})
    row.refresh_from_db()
    assert (row.fate, row.organisation) == ("create", known)


def test_stopping_throws_the_table_away(log_in, coordinator, plan):
    response = log_in(coordinator).post(address(plan, "cancel"), follow=True)
    assert "De import is gestopt. Er is niets opgeslagen." in response.text
    response = log_in(coordinator).post(address(plan, "cancel"), follow=True)
    assert "intussen verder" in response.text


def test_the_findings_are_a_workbook(log_in, coordinator, plan):
    content = log_in(coordinator).get(address(plan, "issues")).content
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert rows[1][:5] == (3, "Fout", "B", "Soort", "onzin")


def test_a_long_table_is_the_work_of_a_worker_with_progress(log_in, coordinator, coalition):
    content = csv_of(HEADER, *([f"Organisatie {n}", "welzijn", "", ""] for n in range(600)))
    plan = checked(coalition, coordinator, content)
    assert plan.step == PlanStep.CHECKING
    client = log_in(coordinator)
    page = client.get(address(plan)).text
    assert "Regels controleren" in page
    assert "0 van 600 regels" in page
    jobs.work_due(ImportWork)
    assert "Klaar: 600 regels." in client.get(address(plan, "progress"), headers={"HX-Request": "true"}).text
    client.post(address(plan, "confirm"))
    plan.refresh_from_db()
    assert plan.step == PlanStep.SAVING
    assert not coalition.memberships.exists()
    jobs.work_due(ImportWork)
    plan.refresh_from_db()
    assert plan.step == PlanStep.SAVED
    assert coalition.memberships.count() == 600


def test_a_plan_of_another_coalition_does_not_exist(log_in, coordinator, outsider, plan):
    elsewhere = factories.make_coalition()
    factories.give_role(coordinator, elsewhere)
    url = reverse("coalitions:member-import-detail", args=[elsewhere.slug, plan.pk])
    assert log_in(coordinator).get(url).status_code == 404
    assert log_in(outsider).get(address(plan)).status_code == 404


@pytest.mark.parametrize("name", ["answer", "not-bsn", "confirm", "cancel", "undo"])
def test_acts_are_for_the_coordinator_and_by_post(log_in, coordinator, partner, plan, name):
    assert log_in(partner).post(address(plan, name)).status_code == 403
    assert log_in(coordinator).get(address(plan, name)).status_code == 405
