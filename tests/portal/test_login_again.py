"""A log-in that ran out while a page stood open, and addresses that are no page."""

import pytest
from django.urls import reverse

from partners.models import Person
from tests import factories
from tests.actions.programme_rows import make_action

pytestmark = pytest.mark.django_db

LOGIN = "/inloggen/"


@pytest.fixture
def action(coalition, coordinator):
    return make_action(coalition, coordinator)


@pytest.fixture
def act(coalition, action):
    return reverse("actions:action-move", args=[coalition.slug, action.number])


def test_who_presses_a_button_after_her_log_in_ran_out_comes_back_to_the_page_of_the_button(
    client, act, action, coordinator, log_in
):
    board = reverse("actions:action-board", args=[action.coalition.slug])
    answer = client.post(act, headers={"referer": f"http://testserver{board}?zoek=a"})
    assert answer.url == f"{LOGIN}?next={board}%3Fzoek%3Da"
    assert "Je was niet meer ingelogd. Er is niets opgeslagen." in client.get(answer.url).text
    assert log_in(coordinator).get(f"{board}?zoek=a").status_code == 200


@pytest.mark.parametrize("before", ["", "https://elders.example/x/", "javascript:alert(1)"])
def test_who_came_from_elsewhere_lands_where_everybody_lands(client, act, before):
    answer = client.post(act, headers={"referer": before})
    assert answer.url == f"{LOGIN}?next={reverse('portal:landing')}"


def test_who_only_looks_comes_back_to_what_she_looked_at(client, action):
    address = action.get_absolute_url()
    assert client.get(address).url == f"{LOGIN}?next={address}"


@pytest.mark.parametrize(("method", "status"), [("get", 286), ("post", 200)])
def test_a_part_of_a_page_says_it_in_its_place_and_asks_no_more(client, act, method, status):
    answer = getattr(client, method)(act, headers={"HX-Request": "true"})
    assert answer.status_code == status
    assert "Je bent niet meer ingelogd" in answer.text
    assert "<html" not in answer.text


def test_an_address_that_only_a_button_uses_says_so_on_a_page(act, coordinator, log_in):
    answer = log_in(coordinator).get(act)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Dit adres hoort bij een knop" in answer.text


def test_a_visitor_reads_so_as_well(client):
    assert "Dit adres hoort bij een knop" in client.get(reverse("covenants:verification-upload")).text


def test_nobody_learns_there_of_a_coalition_that_is_not_hers(act, log_in):
    assert log_in(factories.make_person()).post(act).status_code == 404


def test_the_page_knows_its_person_by_her_whole_number(log_in):
    person = Person.objects.create(pk=2037, name="Petra Partner", email="petra@example.org")
    assert 'data-person="2037"' in log_in(person).get(reverse("partners:profile")).text
