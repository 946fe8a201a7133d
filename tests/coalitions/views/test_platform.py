"""The overview of the administrator."""

import pytest
from django.urls import reverse

from coalitions.models import Role
from tests import factories

pytestmark = pytest.mark.django_db
URL = reverse("coalitions:platform")


def test_the_administrator_sees_every_coalition_with_its_coordinator(
    log_in, administrator, coordinator, coalition
):
    factories.make_coalition("Zonder iemand")

    page = log_in(administrator).get(URL)

    assert page.status_code == 200
    assert b"Maas en Peel" in page.content
    assert "Carla Coördinator" in page.text
    assert "nog niet ingelogd" in page.text
    assert "Geen coördinator" in page.text


def test_a_past_coordinator_is_not_shown(log_in, administrator, coalition):
    factories.give_role(
        factories.make_person("Vera Vroeger"),
        coalition,
        Role.COORDINATOR,
        valid_to=coalition.area.valid_from.replace(year=2021),
    )

    page = log_in(administrator).get(URL)

    assert "Vera Vroeger" not in page.text


def test_an_empty_portal_shows_the_one_next_step(log_in, administrator):
    page = log_in(administrator).get(URL)

    assert "Er is nog geen coalitie." in page.text
    assert reverse("coalitions:platform-coalition-add") in page.text


def test_anonymous_is_sent_to_log_in(client):
    assert client.get(URL).status_code == 302


@pytest.mark.parametrize("who", ["coordinator", "partner", "alderman", "analyst", "outsider"])
def test_others_are_refused(log_in, request, who):
    assert log_in(request.getfixturevalue(who)).get(URL).status_code == 403


def test_it_only_shows(log_in, administrator):
    assert log_in(administrator).post(URL).status_code == 405


def test_it_asks_as_many_queries_for_many_coalitions(
    log_in, administrator, coordinator, django_assert_max_num_queries
):
    client = log_in(administrator)
    for _ in range(12):
        factories.give_role(factories.make_person(), factories.make_coalition(), Role.COORDINATOR)

    with django_assert_max_num_queries(12):
        client.get(URL)
