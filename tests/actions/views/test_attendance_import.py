"""Bringing in who was there: from the meeting to the file, its check, and back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from actions import meetings
from tests import factories
from tests.coalitions.imports.tables import csv_of

pytestmark = pytest.mark.django_db
CONTENT = csv_of(["Naam", "Aanwezig"], ["Cora Nieuw", "ja"], ["Dirk Nieuw", "nee"])


@pytest.fixture
def planned(coalition, coordinator):
    found = factories.make_meeting(coalition, coordinator, in_days=0)
    return meetings.announce(meeting=found, by=coordinator)


@pytest.fixture
def meeting(planned, coordinator):
    return meetings.hold(meeting=planned, by=coordinator)


def address(meeting):
    return reverse("actions:attendance-import", args=[meeting.coalition.slug, meeting.pk])


def upload(content=CONTENT, name="aanwezig.csv"):
    return {"file": SimpleUploadedFile(name, content)}


def test_a_coordinator_goes_from_the_meeting_to_saving_and_back(log_in, coordinator, coalition, meeting):
    client, url = log_in(coordinator), address(meeting)
    record = reverse("actions:attendance-record", args=[coalition.slug, meeting.pk])
    assert url in client.get(record).text
    assert "We herkennen iemand aan het mailadres" in client.get(url).text
    columns = client.post(url, upload())["Location"]
    assert f"{meeting}: aanwezig.csv" in client.get(columns).text
    detail = client.post(columns, {"name": "0", "present": "1"})["Location"]
    page = client.get(detail).text
    assert "1 nieuw en 0 gewijzigd" in page
    assert f'href="{url}"' in page
    client.post(detail + "opslaan/")
    assert meeting.attendances.get().person.name == "Cora Nieuw"
    client.post(detail + "terugdraaien/")
    assert not meeting.attendances.exists()


def test_nobody_was_at_a_meeting_that_was_not_held(log_in, coordinator, coalition, planned):
    response = log_in(coordinator).post(address(planned), upload(), follow=True)
    assert "eerst op gehouden" in response.text
    assert not coalition.member_imports.exists()


def test_a_file_that_is_no_table_is_told_at_the_field(log_in, coordinator, meeting):
    response = log_in(coordinator).post(address(meeting), upload(b"", name="leeg.csv"))
    assert response.status_code == 422
    assert "Het bestand is leeg." in response.text


def test_others_do_not_get_in(client, log_in, partner, outsider, coordinator, meeting):
    url = address(meeting)
    assert client.get(url).status_code == 302
    assert log_in(partner).get(url).status_code == 403
    assert log_in(outsider).get(url).status_code == 404
    elsewhere = factories.make_meeting(factories.make_coalition("Elders"), coordinator)
    url = reverse("actions:attendance-import", args=[meeting.coalition.slug, elsewhere.pk])
    assert log_in(coordinator).get(url).status_code == 404


def test_another_method_is_refused(log_in, coordinator, meeting):
    assert log_in(coordinator).put(address(meeting)).status_code == 405
