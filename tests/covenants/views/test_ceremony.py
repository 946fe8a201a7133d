"""The big screen: it counts, names appear, and it is quiet while nothing happens."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from covenants import rounds
from tests import factories
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


def words(response) -> str:
    return " ".join(strip_tags(response.content.decode()).split())


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


def test_it_counts_who_was_asked_and_says_when_everybody_signed(client_in, coalition, coordinator):
    """Members that nobody asked are not waited for in the hall; the page of the round names them."""
    asked = [signing_cast.make_signatory(coalition, coordinator) for _ in range(2)]
    version = signing_cast.make_round(coalition, coordinator, invites=True).version
    factories.make_member(coalition, factories.make_organisation())

    def screen() -> str:
        return words(names(client_in, version))

    assert "0 van de 2 gevraagde organisaties hebben getekend" in screen()
    signing_cast.sign(version, asked[0])
    assert "1 van de 2 gevraagde organisaties heeft getekend" in screen()
    address = reverse("covenants:round-progress", args=[coalition.slug, version.covenant.slug, 1])
    page = words(client_in.get(address))
    assert "1 van 3 leden van de coalitie" in page
    assert "1 lid kreeg in deze ronde nog geen uitnodiging" in page
    assert "Het grote scherm telt alleen wie getekend heeft of gevraagd is." in page
    signing_cast.sign(version, asked[1])
    assert "2 organisaties hebben getekend: iedereen die gevraagd was" in screen()
    rounds.close_round(round=version.rounds.get(), by=coordinator)
    assert "iedereen" not in screen()


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
