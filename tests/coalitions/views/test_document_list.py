"""Documents of a coalition."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from coalitions import documents
from coalitions.models import Audience
from portal.models import FileContent, StoredFile
from tests import factories

PDF = b"%PDF-1.7 plan"


@pytest.fixture
def url(coalition):
    return f"/coalities/{coalition.slug}/documenten/"


def add(coalition, by, title, audience):
    return documents.add_document(
        coalition=coalition,
        title=title,
        audience=audience,
        upload=SimpleUploadedFile("plan.pdf", PDF),
        by=by,
    )


def test_works(log_in, coordinator, coalition, url):
    client = log_in(coordinator)
    upload = SimpleUploadedFile("plan.pdf", PDF)
    response = client.post(f"{url}nieuw/", {"title": "Plan", "audience": "team", "upload": upload})
    assert response.url == url
    document = coalition.documents.get()
    assert "Plan" in client.get(url).text
    assert client.get(f"{url}{document.pk}/").content == PDF


def test_anonymous_is_asked_to_log_in(client, url):
    assert client.get(url).url.startswith("/inloggen/")


def test_an_outsider_does_not_find_it(log_in, outsider, coordinator, coalition, url):
    document = add(coalition, coordinator, "Voor leden", Audience.MEMBERS)
    client = log_in(outsider)
    assert client.get(url).status_code == 404
    assert client.get(f"{url}{document.pk}/").status_code == 404


def test_a_partner_reads_what_is_for_members_only(log_in, partner, coordinator, coalition, url):
    secret = add(coalition, coordinator, "Alleen team", Audience.TEAM)
    shared = add(coalition, coordinator, "Voor leden", Audience.MEMBERS)
    client = log_in(partner)
    page = client.get(url).text
    assert "Voor leden" in page
    assert "Alleen team" not in page
    assert client.get(f"{url}{shared.pk}/").status_code == 200
    assert client.get(f"{url}{secret.pk}/").status_code == 404
    assert client.get(f"{url}nieuw/").status_code == 403
    assert client.post(f"{url}{shared.pk}/verwijderen/").status_code == 403


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "verplicht"),
        ({"audience": "iedereen"}, "keuze"),
        ({"upload": SimpleUploadedFile("plan.exe", b"MZ")}, "Dit soort bestand kan niet"),
        ({"upload": SimpleUploadedFile("plan.pdf", b"<html>")}, "hoort niet bij zijn naam"),
        ({"upload": ""}, "verplicht"),
    ],
)
def test_bad_input_keeps_nothing(log_in, coordinator, coalition, url, change, words):
    data = {"title": "Plan", "audience": "team", "upload": SimpleUploadedFile("plan.pdf", PDF), **change}
    response = log_in(coordinator).post(f"{url}nieuw/", data)
    assert response.status_code == 422
    assert words in response.text
    assert not StoredFile.objects.exists()


def test_a_document_goes_with_its_file_and_stays_in_the_history(log_in, coordinator, coalition, url):
    document = add(coalition, coordinator, "Plan", Audience.TEAM)
    client = log_in(coordinator)
    client.post(f"{url}{document.pk}/verwijderen/")
    assert not coalition.documents.exists()
    assert not FileContent.objects.exists()
    assert document.events.model.objects.filter(title="Plan").exists()
    with pytest.raises(documents.AlreadyGone):
        documents.remove_document(document=document, by=coordinator)


def test_a_document_elsewhere_is_not_found(log_in, coordinator, outsider, url):
    elsewhere = factories.make_coalition()
    document = add(elsewhere, outsider, "Elders", Audience.MEMBERS)
    client = log_in(coordinator)
    assert client.get(f"{url}{document.pk}/").status_code == 404
    assert client.post(f"{url}{document.pk}/verwijderen/").status_code == 404
