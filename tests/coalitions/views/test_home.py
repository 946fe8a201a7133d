"""The public front page."""

import pytest
from django.urls import reverse

from coalitions import content
from tests import factories

URL = "/"


def test_works_for_everybody(client, coalition):
    response = client.get(URL)
    assert response.status_code == 200
    assert reverse("coalitions:home") == URL
    assert "1 op de 6" in response.text
    assert "De eerste 1.000 dagen" in response.text


def test_every_fact_names_its_source(client, db):
    page = client.get(URL).text
    for fact in content.HOME_FACTS:
        assert fact.source.name in page
        assert fact.source.url in page


def test_tranches_add_up_to_the_number_that_is_shown():
    assert content.JOINED_BY_2020 == 98 + 49 + 128 == 275
    assert content.TAKING_PART.value == "342 gemeenten"
    for number in ("98", "49", "128", "275"):
        assert number in content.TAKING_PART.explanation


def test_a_label_reads_on_from_its_number_and_repeats_nothing():
    for fact in content.HOME_FACTS:
        assert not set(fact.value.split()) & set(fact.label.split())


def test_map_and_table_link_to_the_same_coalitions(client, coalition):
    page = client.get(URL).text
    assert page.count(f'href="{coalition.get_absolute_url()}"') == 2


def test_a_coalition_without_public_profile_is_not_shown_to_outsiders(client, db):
    factories.make_coalition("Achter gesloten deuren", is_public=False)
    assert "Achter gesloten deuren" not in client.get(URL).text


def test_who_takes_part_sees_her_own_coalition_also_where_it_is_not_public(log_in, db):
    hidden = factories.make_coalition("Achter gesloten deuren", is_public=False)
    person = factories.make_person()
    factories.give_role(person, hidden)
    assert "Achter gesloten deuren" in log_in(person).get(URL).text


def test_without_coalitions_it_says_so(client, db):
    assert "Er staan nog geen coalities in dit portaal." in client.get(URL).text


def test_refuses_a_post(client, db):
    assert client.post(URL).status_code == 405


@pytest.mark.parametrize("count", [1, 12])
def test_costs_the_same_few_queries_for_one_and_many(client, db, count, django_assert_num_queries):
    for _ in range(count):
        factories.make_coalition(municipalities=(factories.make_area(),))
    with django_assert_num_queries(3):
        client.get(URL)
