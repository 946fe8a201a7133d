"""One membership and everything about it."""

import pytest

from coalitions import members
from coalitions.models import Role
from tests import factories


@pytest.fixture
def membership(coalition, coordinator):
    organisation = factories.make_organisation("Kraamzorg Beesel")
    return members.put_on_list(
        coalition=coalition, organisation=organisation, by=coordinator, reason="Nog geen kraamzorg"
    )


@pytest.fixture
def url(membership):
    return membership.get_absolute_url()


def test_works_and_offers_the_next_steps(log_in, coordinator, url):
    page = log_in(coordinator).get(url).text
    assert "Kraamzorg Beesel" in page
    assert "Nog geen kraamzorg" in page
    assert f"{url}stap/gesprek/" in page
    assert f"{url}stap/stoppen/" not in page


def test_anonymous_is_asked_to_log_in(client, url):
    assert client.get(url).url.startswith("/inloggen/")


def test_an_outsider_does_not_find_it(log_in, outsider, url):
    assert log_in(outsider).get(url).status_code == 404


def test_a_partner_may_not_see_who_is_wanted(log_in, partner, url):
    assert log_in(partner).get(url).status_code == 403


def test_the_team_reads_without_buttons(log_in, coalition, url):
    person = factories.make_person()
    factories.give_role(person, coalition, Role.TEAM)
    page = log_in(person).get(url).text
    assert "Nog geen kraamzorg" in page
    assert "/stap/" not in page


def test_refuses_a_post(log_in, coordinator, url):
    assert log_in(coordinator).post(url).status_code == 405


def test_who_left_can_come_back_as_a_new_spell(log_in, coordinator, membership, url):
    members.decline(membership=membership, by=coordinator, reason="Geen tijd")
    client = log_in(coordinator)
    assert "Zet opnieuw op de lijst" in client.get(url).text

    response = client.post(
        f"/coalities/{membership.coalition.slug}/beheer/leden/nieuw/{membership.organisation_id}/"
    )

    assert response.url != url
    page = client.get(response.url).text
    assert "Eerdere en latere lidmaatschappen" in page
    assert "Zet opnieuw op de lijst" not in client.get(url).text


def test_costs_the_same_few_queries_for_a_long_life(
    log_in, coordinator, membership, url, django_assert_max_num_queries
):
    for _ in range(20):
        organisation = membership.organisation
        person = factories.make_person()
        factories.give_seat(membership, factories.make_representative(person, organisation))
    client = log_in(coordinator)
    with django_assert_max_num_queries(12):
        client.get(url)
