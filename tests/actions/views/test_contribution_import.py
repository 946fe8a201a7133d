"""Bringing in contributions: from the year to the file, its check, and back."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actions import budgets
from actions.models import Contribution
from tests import factories
from tests.coalitions.imports.tables import csv_of

pytestmark = pytest.mark.django_db
CONTENT = csv_of(["Organisatie", "Bedrag"], ["Kraamzorg Maas", "1.250,50"], ["Onbekend BV", "5"])


@pytest.fixture
def budget(coalition, coordinator):
    factories.make_member(coalition, factories.make_organisation("Kraamzorg Maas"))
    return budgets.open_year(coalition=coalition, year=2025, by=coordinator)


@pytest.fixture
def url(coalition, budget):
    return reverse("actions:contribution-import", args=[coalition.slug, budget.year])


def upload(content=CONTENT, name="bijdragen.csv"):
    return {"file": SimpleUploadedFile(name, content)}


def test_a_coordinator_goes_from_the_year_to_saving_and_back(log_in, coordinator, coalition, budget, url):
    client = log_in(coordinator)
    assert url in client.get(budget.get_absolute_url()).text
    assert "We herkennen een bijdrage aan" in client.get(url).text
    columns = client.post(url, upload())["Location"]
    assert "Bijdragen van 2025: bijdragen.csv" in client.get(columns).text
    detail = client.post(columns, {"organisation": "0", "amount": "1"})["Location"]
    page = client.get(detail).text
    assert "1 nieuw en 0 gewijzigd" in page
    assert '<th scope="col">Organisatie</th>' in page
    assert f'href="{url}"' in page
    client.post(detail + "opslaan/", {"skips_errors": "on"})
    assert Contribution.objects.get().amount == Decimal("1250.50")
    assert "bijdragen.csv" in client.get(url).text
    client.post(detail + "terugdraaien/")
    assert not Contribution.objects.exists()


def test_stopping_goes_back_to_where_it_began(log_in, coordinator, coalition, url):
    client = log_in(coordinator)
    client.post(url, upload())
    plan = coalition.member_imports.get()
    cancel = reverse("coalitions:member-import-cancel", args=[coalition.slug, plan.pk])
    assert client.post(cancel)["Location"] == url


def test_another_year_has_imports_of_its_own(log_in, coordinator, coalition, url):
    client = log_in(coordinator)
    client.post(url, upload())
    other = budgets.open_year(coalition=coalition, year=2026, by=coordinator)
    page = client.get(reverse("actions:contribution-import", args=[coalition.slug, other.year])).text
    assert "Er is hier nog niets geïmporteerd." in page


def test_a_file_that_is_no_table_is_told_at_the_field(log_in, coordinator, url):
    response = log_in(coordinator).post(url, upload(b"", name="leeg.csv"))
    assert response.status_code == 422
    assert "Het bestand is leeg." in response.text


def test_others_do_not_get_in(client, log_in, partner, outsider, coordinator, coalition, url):
    assert client.get(url).status_code == 302
    assert log_in(partner).get(url).status_code == 403
    assert log_in(outsider).get(url).status_code == 404
    nowhere = reverse("actions:contribution-import", args=[coalition.slug, 2030])
    assert log_in(coordinator).get(nowhere).status_code == 404


def test_another_method_is_refused(log_in, coordinator, url):
    assert log_in(coordinator).put(url).status_code == 405
