"""Bringing in borders on the screen, and what the page of a figure then shows."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from monitoring import boundary_forms
from partners.boundaries import import_boundaries
from partners.models import Area, BoundaryFile
from tests.monitoring.views.test_indicator_detail import text_of
from tests.partners.test_boundary_files import feature, file, square

pytestmark = pytest.mark.django_db

URL = "/cijfers/grenzen/"


def borders(year: int) -> bytes:
    codes = Area.objects.municipalities().order_by("code").values_list("code", flat=True)
    return file(*(feature(code, square(5 + place / 10, 51.2), jaar=year) for place, code in enumerate(codes)))


def test_an_analyst_brings_borders_in(early_births, analyst, log_in):
    client = log_in(analyst)
    assert "Er zijn nog geen grenzen" in text_of(client.get(URL))
    upload = SimpleUploadedFile("2023.geojson", borders(2023))
    response = client.post(URL, {"bestand": upload}, follow=True)
    assert "De kaarten tonen nu de grenzen van 1 januari 2023." in text_of(response)
    assert "2023.geojson" in text_of(response)
    assert BoundaryFile.objects.get().imported_by == analyst


def test_a_wrong_file_says_what_is_wrong_and_changes_nothing(early_births, analyst, log_in):
    response = log_in(analyst).post(URL, {"bestand": SimpleUploadedFile("kaart.geojson", b"{}")})
    assert response.status_code == 422
    assert "Er is niets opgeslagen" in text_of(response)
    assert "geen GeoJSON-bestand" in text_of(response)
    assert not BoundaryFile.objects.exists()


def test_too_large_a_file_is_refused(analyst, log_in, monkeypatch):
    monkeypatch.setattr(boundary_forms, "MOST_BYTES", 10)
    response = log_in(analyst).post(URL, {"bestand": SimpleUploadedFile("kaart.geojson", b"x" * 11)})
    assert response.status_code == 422
    assert "Het bestand is te groot" in text_of(response)


def test_the_map_of_a_figure_has_borders_from_then_on(early_births, coalition, client):
    address = {"gebied": coalition.slug}
    url = "/indicatoren/vroeggeboorte/"
    assert "Elke cirkel is een gemeente" in text_of(client.get(url, address))
    import_boundaries(content=borders(2023), filename="2023.geojson", by=None)
    text = text_of(client.get(url, address))
    assert "Grenzen van 1 januari 2023: CBS, Kadaster (PDOK)" in text
    assert "Elke cirkel" not in text
    assert BoundaryFile.objects.get().valid_from == datetime.date(2023, 1, 1)
