"""The mandates of a coalition, and all of them."""

import pytest
from django.urls import reverse

from tests import factories


@pytest.fixture
def address(coalition):
    return reverse("coalitions:mandate-list", args=[coalition.slug])


@pytest.fixture
def mandate(partner):
    return factories.give_mandate(partner.representatives.get(), checked_by=None)


def test_works_and_filters(log_in, coordinator, mandate, address):
    client = log_in(coordinator)
    assert "Petra Partner" in client.get(address).text
    for query, is_there in (
        ("?stand=unchecked", True),
        ("?stand=checked", False),
        ("?stand=revoked", False),
        ("?stand=expired", False),
        ("?stand=ending", False),
        ("?zoek=petra", True),
        ("?zoek=maasdorp&sorteer=-tot", True),
        ("?grond=mayor", False),
    ):
        assert ("Petra Partner" in client.get(address + query).text) == is_there, query


def test_mandates_of_other_coalitions_are_not_there(log_in, coordinator, address):
    elsewhere = factories.make_member(factories.make_coalition()).organisation
    factories.give_mandate(
        factories.make_representative(factories.make_person("Elly Elders"), elsewhere), checked_by=None
    )
    page = log_in(coordinator).get(address).text
    assert "Elly Elders" not in page
    assert "Nog geen organisatie vroeg een tekenbevoegdheid aan" in page


def test_one_and_many_cost_the_same(log_in, coordinator, coalition, mandate, address, cost_of):
    client = log_in(coordinator)
    one = cost_of(client, address)
    for _ in range(5):
        speaker = factories.make_representative(
            factories.make_person(), factories.make_member(coalition).organisation
        )
        factories.give_mandate(speaker, checked_by=coordinator)
    assert cost_of(client, address) == one <= 12


def test_anonymous_is_asked_to_log_in(client, address):
    assert client.get(address).status_code == 302


def test_an_outsider_does_not_find_it_and_a_partner_may_not(log_in, outsider, partner, address):
    assert log_in(outsider).get(address).status_code == 404
    assert log_in(partner).get(address).status_code == 403


def test_the_administrator_sees_all(log_in, administrator, coordinator, mandate):
    address = reverse("coalitions:platform-mandate-list")
    assert "Petra Partner" in log_in(administrator).get(address).text
    assert log_in(coordinator).get(address).status_code == 403


def test_wrong_method_and_unknown_filter(log_in, coordinator, address):
    client = log_in(coordinator)
    assert client.post(address).status_code == 405
    assert client.get(f"{address}?stand=verzonnen").status_code == 200
