import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


def url_of(coalition, name: str = "list", *more: int) -> str:
    return reverse(f"monitoring:expected-{name}", args=[coalition.slug, *more])


SENT = {
    "indicator_code": "vroeggeboorte",
    "period_code": "2024",
    "supplier": "Perined",
    "due_on": "2020-01-31",
}


def test_an_analyst_notes_a_delivery_and_lets_it_go(coalition, analyst, log_in):
    client = log_in(analyst)
    assert "Er is nog geen levering afgesproken." in client.get(url_of(coalition)).text
    assert client.post(url_of(coalition, "add"), SENT).url == url_of(coalition)
    page = client.get(url_of(coalition)).text
    assert "Perined" in page
    assert "Te laat" in page
    client.post(url_of(coalition, "drop", coalition.expected_deliveries.get().pk))
    assert not coalition.expected_deliveries.exists()


def test_the_list_needs_a_log_in(coalition, client):
    assert client.get(url_of(coalition)).status_code == 302


def test_for_an_outsider_there_is_no_list(coalition, outsider, log_in):
    assert log_in(outsider).get(url_of(coalition)).status_code == 404


def test_a_coordinator_reads_it_and_notes_nothing(coalition, coordinator, log_in):
    client = log_in(coordinator)
    assert "Zet in de lijst" not in client.get(url_of(coalition)).text
    assert client.post(url_of(coalition, "add"), SENT).status_code == 403


def test_a_bad_form_is_explained(coalition, analyst, log_in):
    client = log_in(analyst)
    assert client.post(url_of(coalition, "add"), {**SENT, "due_on": ""}).status_code == 422
    client.post(url_of(coalition, "add"), SENT)
    again = client.post(url_of(coalition, "add"), SENT)
    assert again.status_code == 422
    assert "staat er al een dag" in again.text


def test_a_delivery_of_another_coalition_is_not_found(coalition, analyst, log_in):
    elsewhere = factories.make_coalition("Elders")
    assert log_in(analyst).post(url_of(elsewhere, "drop", 1)).status_code == 404
