"""Bringing in a table: the file and its columns."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.import_plans import PlanStep
from tests import factories
from tests.coalitions.imports.tables import csv_of

pytestmark = pytest.mark.django_db
CONTENT = csv_of(["Naam", "Soort", "Extra"], ["Kraamzorg", "welzijn", "x"])


@pytest.fixture
def url(coalition):
    factories.make_type("welzijn")
    return reverse("coalitions:member-import", args=[coalition.slug])


def upload(content=CONTENT, name="leden.csv", kind="members"):
    return {"kind": kind, "file": SimpleUploadedFile(name, content)}


def test_a_coordinator_goes_from_file_to_columns_to_check(log_in, coordinator, coalition, url):
    client = log_in(coordinator)
    assert "Kies een bestand" in client.get(url).text.replace("kies", "Kies")
    response = client.post(url, upload())
    plan = coalition.member_imports.get()
    columns = reverse("coalitions:member-import-columns", args=[coalition.slug, plan.pk])
    assert response["Location"] == columns
    page = client.get(columns).text
    assert "Naam, bijvoorbeeld ‘Kraamzorg’" in page
    response = client.post(columns, {"name": "0", "type_id": "1"})
    detail = reverse("coalitions:member-import-detail", args=[coalition.slug, plan.pk])
    assert response["Location"] == detail
    assert "1 nieuw en 0 gewijzigd" in client.get(detail).text


def test_a_file_that_is_no_table_is_told_at_the_field(log_in, coordinator, url):
    response = log_in(coordinator).post(url, upload(b"", name="leeg.csv"))
    assert response.status_code == 422
    assert "Het bestand is leeg." in response.text


def test_without_a_file_the_form_says_so(log_in, coordinator, url):
    response = log_in(coordinator).post(url, {"kind": "members"})
    assert response.status_code == 422


def test_one_column_for_two_things_is_told_at_the_second(log_in, coordinator, coalition, url):
    client = log_in(coordinator)
    client.post(url, upload())
    plan = coalition.member_imports.get()
    columns = reverse("coalitions:member-import-columns", args=[coalition.slug, plan.pk])
    response = client.post(columns, {"name": "0", "type_id": "0"})
    assert response.status_code == 422
    assert "Deze kolom is al gekozen bij ‘Naam’." in response.text
    plan.refresh_from_db()
    assert plan.step == PlanStep.COLUMNS


def test_the_export_of_people_is_a_table_that_comes_back_in(log_in, coordinator, partner, coalition):
    content = log_in(coordinator).get(reverse("coalitions:member-people-csv", args=[coalition.slug])).content
    assert "Welzijn Maasdorp;;;Petra Partner;adviseur;;" in content.decode("utf-8-sig")
    response = log_in(coordinator).get(reverse("coalitions:member-people-xlsx", args=[coalition.slug]))
    assert response.status_code == 200


def test_others_do_not_get_in(client, log_in, partner, outsider, url):
    assert client.get(url).status_code == 302
    assert log_in(partner).get(url).status_code == 403
    assert log_in(partner).post(url, upload()).status_code == 403
    assert log_in(outsider).get(url).status_code == 404


def test_another_method_is_refused(log_in, coordinator, url):
    assert log_in(coordinator).put(url).status_code == 405
