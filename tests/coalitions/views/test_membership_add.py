"""An organisation comes onto the list."""

import pytest

from coalitions.models import MembershipState
from partners.models import Organisation
from tests import factories


@pytest.fixture
def url(coalition):
    return f"/coalities/{coalition.slug}/beheer/leden/nieuw/"


def test_works_for_an_organisation_that_the_portal_knows(log_in, coordinator, coalition, url):
    known = factories.make_organisation("Kraamzorg Zoë")
    client = log_in(coordinator)
    page = client.get(url, {"zoek": "zoe"}).text
    assert "Kraamzorg Zoë" in page
    assert f"{url}{known.pk}/" in page

    response = client.post(f"{url}{known.pk}/")

    membership = coalition.memberships.get()
    assert response.url == membership.get_absolute_url()
    assert membership.state == MembershipState.PROSPECT


def test_anonymous_is_asked_to_log_in(client, url):
    assert client.get(url).url.startswith("/inloggen/")


def test_an_outsider_does_not_find_it(log_in, outsider, url):
    assert log_in(outsider).get(url).status_code == 404


@pytest.mark.parametrize("fixture", ["partner", "alderman"])
def test_other_roles_may_not(log_in, request, fixture, url):
    client = log_in(request.getfixturevalue(fixture))
    assert client.get(url).status_code == 403
    assert client.post(f"{url}organisatie/", {"name": "X"}).status_code == 403


@pytest.mark.parametrize("words", ["12345678", "1234 5678"])
def test_a_number_finds_it_too(log_in, coordinator, url, words):
    organisation = factories.make_organisation("Kraamzorg")
    organisation.kvk = "12345678"
    organisation.save()
    assert "1 organisatie gevonden" in log_in(coordinator).get(url, {"zoek": words}).text


def test_who_is_on_the_list_already_has_no_button(log_in, coordinator, coalition, url):
    membership = factories.make_member(coalition, factories.make_organisation("Kraamzorg"))
    page = log_in(coordinator).get(url, {"zoek": "kraam"}).text
    assert membership.get_absolute_url() in page
    assert "Zet op de lijst" not in page
    response = log_in(coordinator).post(f"{url}{membership.organisation_id}/", follow=True)
    assert "staat al op de lijst" in response.text


def test_an_archived_organisation_is_not_offered(log_in, coordinator, url):
    gone = factories.make_organisation("Opgeheven")
    Organisation.objects.filter(pk=gone.pk).update(archived_at=gone.events.get().pgh_created_at)
    client = log_in(coordinator)
    assert "kent nog geen organisatie met ‘opgeheven’" in client.get(url, {"zoek": "opgeheven"}).text
    assert client.post(f"{url}{gone.pk}/").status_code == 404


def test_a_new_organisation_comes_into_the_register_and_onto_the_list(log_in, coordinator, coalition, url):
    kind = factories.make_type("kraamzorg", domain="medical")
    response = log_in(coordinator).post(
        f"{url}organisatie/",
        {"name": " Kraamzorg Nieuw ", "type": kind.pk, "municipality": "GM0983", "kvk": "1234.56 78"},
    )
    membership = coalition.memberships.get()
    assert response.url == membership.get_absolute_url()
    assert membership.organisation.name == "Kraamzorg Nieuw"
    assert membership.organisation.kvk == "12345678"
    assert membership.organisation.municipality.name == "Venlo"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "verplicht"),
        ({"type": ""}, "Kies"),
        ({"kvk": "1234"}, "Een KvK-nummer heeft 8 cijfers."),
        ({"municipality": "GM9999"}, "keuze"),
        ({"website": "geen adres"}, "URL"),
        ({"general_email": "geen-adres"}, "mailadres"),
        ({"name": "x" * 201}, "200"),
    ],
)
def test_bad_input_adds_nothing(log_in, coordinator, coalition, url, change, words):
    data = {"name": "Nieuw", "type": factories.make_type().pk, **change}
    response = log_in(coordinator).post(f"{url}organisatie/", data)
    assert response.status_code == 422
    assert words in response.text
    assert not coalition.memberships.exists()
    assert not Organisation.objects.exists()


def test_a_number_that_another_one_has_is_asked_about(log_in, coordinator, coalition, url):
    taken = factories.make_organisation("Bestaat al")
    taken.kvk = "87654321"
    taken.save()
    data = {"name": "Nieuw", "type": factories.make_type().pk, "kvk": "87654321"}
    response = log_in(coordinator).post(f"{url}organisatie/", data)
    assert response.status_code == 200
    assert "KvK" in response.text
    assert not coalition.memberships.exists()
    assert Organisation.objects.count() == 1


def test_one_that_may_be_there_already_is_shown_before_a_second_is_made(log_in, coordinator, coalition, url):
    known = factories.make_organisation("Kraamzorg De Peel")
    data = {"name": "Kraamzorg de Peell", "type": factories.make_type().pk}
    client = log_in(coordinator)
    page = client.post(f"{url}organisatie/", data).text
    assert "Misschien staat deze organisatie er al" in page
    assert f"{url}{known.pk}/" in page
    assert not coalition.memberships.exists()
    client.post(f"{url}organisatie/", {**data, "is_new": "on"})
    assert coalition.memberships.get().organisation.name == "Kraamzorg de Peell"


def test_a_known_organisation_is_added_by_post(log_in, coordinator, url):
    assert log_in(coordinator).get(f"{url}1/").status_code == 405
