"""Bringing in actions: from the list to the file, its columns, the check, and back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.coalitions.imports.tables import csv_of

pytestmark = pytest.mark.django_db
CONTENT = csv_of(["Actie", "Soort", "Extra"], ["Eén loket", "één loket", "x"], ["Samen eten", "taart", ""])


@pytest.fixture
def url(coalition):
    return reverse("actions:action-import", args=[coalition.slug])


def upload(content=CONTENT, name="acties.csv"):
    return {"file": SimpleUploadedFile(name, content)}


def test_a_coordinator_goes_from_the_list_to_saving_and_back(log_in, coordinator, coalition, url):
    client = log_in(coordinator)
    assert url in client.get(reverse("actions:action-list", args=[coalition.slug])).text
    assert "We herkennen een actie aan de titel" in client.get(url).text
    response = client.post(url, upload())
    plan = coalition.member_imports.get()
    columns = reverse("coalitions:member-import-columns", args=[coalition.slug, plan.pk])
    assert response["Location"] == columns
    page = client.get(columns).text
    assert "Actie, bijvoorbeeld ‘Eén loket’" in page
    assert f'href="{url}"' in page
    detail = client.post(columns, {"title": "0", "kind": "1"})["Location"]
    page = client.get(detail).text
    assert "1 nieuw en 0 gewijzigd" in page
    programme = reverse("actions:programme-detail", args=[coalition.slug])
    assert f'href="{programme}" aria-current' in page
    assert "Kolom Soort, ‘taart’: kennen we niet" in page
    confirm, undo = (
        reverse(f"coalitions:member-import-{act}", args=[coalition.slug, plan.pk])
        for act in ("confirm", "undo")
    )
    client.post(confirm, {"skips_errors": "on"})
    action = coalition.actions.get()
    assert action.title == "Eén loket"
    assert "Deze actie is ingelezen uit een bestand." in client.get(action.get_absolute_url()).text
    assert "1 regel is teruggedraaid" in client.post(undo, follow=True).text
    assert not coalition.actions.exists()
    assert "acties.csv" in client.get(url).text


def test_stopping_goes_back_to_where_it_began(log_in, coordinator, coalition, url):
    client = log_in(coordinator)
    client.post(url, upload())
    plan = coalition.member_imports.get()
    cancel = reverse("coalitions:member-import-cancel", args=[coalition.slug, plan.pk])
    assert client.post(cancel)["Location"] == url


def test_a_file_that_is_no_table_is_told_at_the_field(log_in, coordinator, url):
    response = log_in(coordinator).post(url, upload(b"", name="leeg.csv"))
    assert response.status_code == 422
    assert "Het bestand is leeg." in response.text
    assert log_in(coordinator).post(url).status_code == 422


def test_others_do_not_get_in(client, log_in, partner, outsider, coalition, url):
    assert client.get(url).status_code == 302
    assert log_in(partner).get(url).status_code == 403
    assert url not in log_in(partner).get(reverse("actions:action-list", args=[coalition.slug])).text
    assert log_in(partner).post(url, upload()).status_code == 403
    assert log_in(outsider).get(url).status_code == 404


def test_another_method_is_refused(log_in, coordinator, url):
    assert log_in(coordinator).put(url).status_code == 405
