"""A bottleneck is written down, and says where it comes from."""

import pytest
from django.urls import reverse

from portal import hooks
from tests import factories
from tests.actions.programme_rows import make_bottleneck

pytestmark = pytest.mark.django_db
WORDS = {"kind": "bottleneck", "text": "Niemand weet wie te bellen", "origin": "other"}


@pytest.fixture
def url(coalition):
    return reverse("actions:bottleneck-add", args=[coalition.slug])


def test_a_figure_leads_to_a_bottleneck_that_leads_back(coalition, partner, log_in, url):
    code = next(iter(hooks.figure_links()))
    client = log_in(partner)
    assert "Waar komt het uit?" not in client.get(f"{url}?cijfer={code}").text
    client.post(f"{url}?cijfer={code}", WORDS)
    found = coalition.bottlenecks.get()
    assert (found.origin, found.indicator_code) == ("indicator", code)
    back = reverse("monitoring:indicator-detail", args=[code])
    assert f'href="{back}?gebied={coalition.area.code}"' in client.get(found.get_absolute_url()).text


@pytest.mark.parametrize("query", ["cijfer=bestaat-niet", "bericht=1", "gesprek=1", "gesprek=x"])
def test_a_source_that_is_not_there_is_none(coalition, partner, log_in, url, query):
    client = log_in(partner)
    assert "Waar komt het uit?" in client.get(f"{url}?{query}").text
    client.post(f"{url}?{query}", WORDS)
    assert coalition.bottlenecks.get().origin == "other"


def test_what_is_wrong_is_told_at_its_field(coalition, partner, log_in, url):
    response = log_in(partner).post(url, {**WORDS, "text": "moeder met nummer 111222333"})
    assert response.status_code == 422
    assert "burgerservicenummer" in response.text
    assert not coalition.bottlenecks.exists()


def test_only_who_coordinates_writes_it_better(
    client, coalition, coordinator, partner, outsider, log_in, url
):
    bottleneck = make_bottleneck(coalition, coordinator)
    edit = reverse("actions:bottleneck-edit", args=[coalition.slug, bottleneck.pk])
    assert client.get(edit).status_code == 302
    assert log_in(partner).get(edit).status_code == 403
    assert log_in(outsider).get(edit).status_code == 404
    assert log_in(coordinator).get(edit).status_code == 200
    elsewhere = make_bottleneck(factories.make_coalition("Elders"), coordinator)
    nowhere = reverse("actions:bottleneck-edit", args=[coalition.slug, elsewhere.pk])
    assert log_in(coordinator).get(nowhere).status_code == 404
