"""The full export: ordered, made, downloaded."""

import csv
import io
import json
import zipfile

import pytest

from coalitions import data_export, documents, talks
from coalitions.models import Audience, DataExport
from portal import jobs
from tests import factories
from tests.coalitions.test_join_requests import submit
from tests.coalitions.views.test_document_list import SimpleUploadedFile


@pytest.fixture
def url(coalition):
    return f"/coalities/{coalition.slug}/beheer/export/"


@pytest.fixture
def filled(coalition, coordinator, partner, alderman):
    organisation = factories.make_organisation("=GEVAARLIJK()")
    factories.make_member(coalition, organisation)
    talks.record(
        coalition=coalition,
        organisation=organisation,
        by=coordinator,
        on=factories.today(),
        vision="Ver weg",
    )
    submit(coalition)
    documents.add_document(
        coalition=coalition,
        title="Plan",
        audience=Audience.TEAM,
        upload=SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan"),
        by=coordinator,
    )


def rows(archive, name):
    text = archive.read(f"{name}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_works_from_order_to_download(log_in, coordinator, coalition, filled, url):
    client = log_in(coordinator)
    assert "Er is nog geen export gemaakt." in client.get(url).text
    assert client.post(f"{url}maken/").url == url
    assert "in de rij" in client.get(url).text
    jobs.work_due(DataExport)
    job = coalition.exports.get()
    assert job.parts_done == job.parts_total > 5
    assert ".zip" in client.get(url).text

    content = client.get(f"{url}{job.pk}/").content

    archive = zipfile.ZipFile(io.BytesIO(content))
    assert json.loads(archive.read("coalitie.json"))["naam"] == "Maas en Peel"
    assert {row["naam"] for row in rows(archive, "organisaties")} >= {"'=GEVAARLIJK()", "Welzijn Maasdorp"}
    assert rows(archive, "contactmomenten")[0]["visie"] == "Ver weg"
    assert rows(archive, "aanmeldingen")[0]["organisatie"] == "Kraamzorg Beesel"
    assert {row["niveau"] for row in rows(archive, "zetels")} == {"board"}
    assert [name for name in archive.namelist() if name.endswith("plan.pdf")]
    later = ("werkgroepen", "randvoorwaarden", "jaargesprekken", "landelijke_eisen", "lijsten", "partijen")
    assert {f"{name}.csv" for name in later} <= set(archive.namelist())


def test_anonymous_is_asked_to_log_in(client, url):
    assert client.get(url).url.startswith("/inloggen/")


def test_an_outsider_does_not_find_it(log_in, outsider, url):
    client = log_in(outsider)
    assert client.get(url).status_code == 404
    assert client.post(f"{url}maken/").status_code == 404


def test_a_partner_may_not(log_in, partner, url):
    assert log_in(partner).post(f"{url}maken/").status_code == 403


def test_one_at_a_time(log_in, coordinator, coalition, url):
    client = log_in(coordinator)
    client.post(f"{url}maken/")
    page = client.post(f"{url}maken/", follow=True).text
    assert "Er wordt al een export gemaakt." in page
    assert coalition.exports.count() == 1


def test_a_file_that_is_not_ready_or_of_another_is_not_found(log_in, coordinator, outsider, coalition, url):
    waiting = data_export.order(coalition=coalition, by=coordinator)
    other = data_export.order(coalition=factories.make_coalition(), by=outsider)
    jobs.work_due(DataExport, only=DataExport.objects.filter(pk=other.pk))
    client = log_in(coordinator)
    assert client.get(f"{url}{waiting.pk}/").status_code == 404
    assert client.get(f"{url}{other.pk}/").status_code == 404


def test_nothing_of_another_coalition_goes_along(coordinator, coalition, filled):
    stranger = factories.make_member(factories.make_coalition(), factories.make_organisation("Vreemd"))
    job = data_export.order(coalition=coalition, by=coordinator)
    jobs.work_due(DataExport)
    job.refresh_from_db()
    from portal.models import FileContent

    content = bytes(FileContent.objects.get(file=job.file).content)
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert stranger.organisation.name.encode() not in b"".join(map(archive.read, archive.namelist()))


def test_the_page_keeps_itself_up_to_date_until_it_is_done(log_in, coordinator, coalition, url):
    data_export.order(coalition=coalition, by=coordinator)
    client = log_in(coordinator)
    assert client.get(url, headers={"HX-Request": "true"}).status_code == 200
    jobs.work_due(DataExport)
    response = client.get(url, headers={"HX-Request": "true"})
    assert response.status_code == 286
    assert "<h1" not in response.text


def test_done_twice_makes_one_export(coordinator, coalition):
    job = data_export.order(coalition=coalition, by=coordinator)
    jobs.work_due(DataExport)
    jobs.work_due(DataExport)
    job.refresh_from_db()
    assert job.attempts == 1
    assert job.file is not None
