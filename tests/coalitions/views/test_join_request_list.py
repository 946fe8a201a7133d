"""The coordinator reads the requests to join, and decides."""

import pytest

from coalitions import join_requests
from coalitions.models import RequestState, Role
from portal.models import Mail
from tests import factories
from tests.coalitions.test_join_requests import submit


@pytest.fixture
def found(coalition):
    return submit(coalition)


@pytest.fixture
def url(coalition):
    return f"/coalities/{coalition.slug}/aanmeldingen/"


def test_works_from_list_to_member(log_in, coordinator, coalition, found, url):
    client = log_in(coordinator)
    assert "Kraamzorg Beesel" in client.get(url).text
    assert "Wij zien veel gezinnen" in client.get(f"{url}{found.pk}/").text
    client.post(f"{url}{found.pk}/oppakken/")
    response = client.post(
        f"{url}{found.pk}/toelaten/", {"organisation": "nieuw", "invites": "on", "answer": "Welkom!"}
    )
    membership = coalition.memberships.get()
    assert response.url == membership.get_absolute_url()
    assert "Welkom!" in Mail.objects.get(purpose="join_request_accepted").text
    assert "Er wacht geen aanmelding." in client.get(url).text
    assert "Kraamzorg Beesel" in client.get(f"{url}?toon=beantwoord").text


def test_anonymous_is_asked_to_log_in(client, url):
    assert client.get(url).url.startswith("/inloggen/")


def test_an_outsider_does_not_find_it(log_in, outsider, found, url):
    client = log_in(outsider)
    assert client.get(url).status_code == 404
    assert client.post(f"{url}{found.pk}/afwijzen/", {"answer": "Nee"}).status_code == 404


def test_the_team_and_partners_do_not_decide(log_in, coalition, partner, found, url):
    team = factories.make_person()
    factories.give_role(team, coalition, Role.TEAM)
    for person in (team, partner):
        client = log_in(person)
        assert client.get(url).status_code == 403
        assert client.post(f"{url}{found.pk}/toelaten/", {"organisation": "nieuw"}).status_code == 403
    found.refresh_from_db()
    assert found.state == RequestState.SUBMITTED


def test_a_known_organisation_is_hinted_at_and_can_be_chosen(log_in, coordinator, coalition, found, url):
    known = factories.make_organisation("Kraamzorg Besel")
    client = log_in(coordinator)
    assert "Kraamzorg Besel" in client.get(f"{url}{found.pk}/").text
    client.post(f"{url}{found.pk}/toelaten/", {"organisation": known.pk})
    assert coalition.memberships.get().organisation == known


@pytest.mark.parametrize(
    "data", [{}, {"organisation": "999999"}, {"organisation": "nieuw", "answer": "x" * 2001}]
)
def test_bad_input_decides_nothing(log_in, coordinator, found, url, data):
    assert log_in(coordinator).post(f"{url}{found.pk}/toelaten/", data).status_code == 422
    found.refresh_from_db()
    assert found.state == RequestState.SUBMITTED


def test_rejecting_needs_a_reason_and_mails_it(log_in, coordinator, found, url):
    client = log_in(coordinator)
    assert "Schrijf waarom." in client.post(f"{url}{found.pk}/afwijzen/", {"answer": ""}).text
    assert client.post(f"{url}{found.pk}/afwijzen/", {"answer": "Andere regio"}).url == url
    assert "Andere regio" in Mail.objects.get(purpose="join_request_rejected").text
    assert "Andere regio" in client.get(f"{url}{found.pk}/").text


def test_who_decides_after_a_colleague_hears_so(log_in, coordinator, found, url):
    other = factories.make_person("Klaas Kwartiermaker")
    join_requests.reject(request=found, answer="Nee", by=other)
    client = log_in(coordinator)
    page = client.post(f"{url}{found.pk}/toelaten/", {"organisation": "nieuw"}).text
    assert "Intussen gewijzigd door Klaas Kwartiermaker" in page
    page = client.post(f"{url}{found.pk}/oppakken/", follow=True).text
    assert "Intussen gewijzigd door Klaas Kwartiermaker" in page


@pytest.mark.parametrize("count", [1, 30])
def test_costs_the_same_few_queries_for_one_and_many(
    log_in, coordinator, coalition, url, count, django_assert_max_num_queries
):
    for number in range(count):
        submit(coalition, organisation_name=f"Kraamzorg {number}")
    client = log_in(coordinator)
    with django_assert_max_num_queries(8):
        client.get(url)
