"""The big screen: it counts, names appear, and it is quiet while nothing happens."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.covenants import signing_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_in(log_in, coordinator):
    return log_in(coordinator)


def names(client, version, known: str = ""):
    address = reverse(
        "covenants:ceremony-names",
        args=[version.covenant.coalition.slug, version.covenant.slug, version.number],
    )
    return client.get(address, {"bekend": known} if known else {})


def test_the_screen_waits_for_the_first(client_in, version):
    address = reverse(
        "covenants:ceremony", args=[version.covenant.coalition.slug, version.covenant.slug, version.number]
    )
    text = client_in.get(address).content.decode()
    assert "Zodra de eerste organisatie tekent" in text
    assert "<script>" not in text


def test_a_name_appears_once_its_organisation_signed(client_in, version, signatory):
    assert names(client_in, version, "0").status_code == 204
    signing_cast.sign(version, signatory)
    response = names(client_in, version, "0")
    assert f'class="is-new">{signatory.organisation.name}' in response.content.decode()
    assert names(client_in, version, "1").status_code == 204


def test_eighty_on_the_screen_cost_no_more_than_one(client_in, version, coalition, coordinator):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert names(client_in, version).status_code == 200
        return len(queries)

    def sign() -> None:
        signing_cast.sign(version, signing_cast.make_signatory(coalition, coordinator))

    sign()
    few = cost()
    for _ in range(5):
        sign()
    assert cost() == few


@pytest.mark.parametrize("bad", ["x", "-1", "99"])
def test_nonsense_in_the_address_does_no_harm(client_in, version, bad):
    assert names(client_in, version, bad).status_code in {200, 204}


def test_everybody_in_the_hall_may_open_the_screen(client, version, coalition, outsider, log_in):
    address = reverse(
        "covenants:ceremony", args=[version.covenant.coalition.slug, version.covenant.slug, version.number]
    )
    assert client.get(address).status_code == names(client, version).status_code == 200
    register = reverse("covenants:register", args=[coalition.slug, version.covenant.slug])
    assert f'href="{address}"' in client.get(register).content.decode()
    coalition.is_public = False
    coalition.save()
    assert client.get(address).status_code == names(client, version).status_code == 404
    assert log_in(outsider).get(address).status_code == 404
