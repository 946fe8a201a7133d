"""Inviting many on the screen: choose, look, send."""

import pytest

from coalitions.models import MembershipState
from portal.models import Mail
from tests import factories
from tests.coalitions.test_bulk_invitations import wanted


@pytest.fixture
def url(coalition):
    return f"/coalities/{coalition.slug}/beheer/leden/uitnodigen/"


@pytest.fixture
def membership(coalition):
    return wanted(coalition, "Kraamzorg", email="info@kraam.example")


def data(*memberships, **changes):
    return {
        "memberships": [one.pk for one in memberships],
        "subject": "Doe mee",
        "text": "Dag {naam}, doe mee met {coalitie}.",
        **changes,
    }


def test_works_from_choice_over_preview_to_mail(log_in, coordinator, membership, url):
    client = log_in(coordinator)
    assert "info@kraam.example" in client.get(url).text
    page = client.post(url, data(membership)).text
    assert "Dag Kraamzorg, doe mee met Maas en Peel." in page
    assert "Verstuur 1 mail" in page
    assert not Mail.objects.exists()

    response = client.post(f"{url}versturen/", data(membership))

    assert response.status_code == 302
    membership.refresh_from_db()
    assert membership.state == MembershipState.INVITED
    assert Mail.objects.get().text.startswith("Dag Kraamzorg, doe mee met Maas en Peel.")


def test_anonymous_is_asked_to_log_in(client, url):
    assert client.get(url).url.startswith("/inloggen/")


def test_an_outsider_does_not_find_it(log_in, outsider, url):
    assert log_in(outsider).get(url).status_code == 404


def test_a_partner_may_not(log_in, partner, membership, url):
    client = log_in(partner)
    assert client.get(url).status_code == 403
    assert client.post(f"{url}versturen/", data(membership)).status_code == 403
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"memberships": []}, "Kies ten minste één organisatie."),
        ({"memberships": ["999999"]}, "keuze"),
        ({"subject": ""}, "verplicht"),
        ({"text": "Dag {voornaam}"}, "{voornaam} kennen we niet"),
        ({"text": "Dag {naam"}, "losse accolade"),
        ({"text": "bsn 123456782"}, "burgerservicenummer"),
    ],
)
def test_bad_input_sends_nothing(log_in, coordinator, membership, url, change, words):
    client = log_in(coordinator)
    for page in (url, f"{url}versturen/"):
        response = client.post(page, data(membership, **change))
        assert response.status_code == 422
        assert words in response.text
    assert not Mail.objects.exists()


def test_many_need_a_tick(log_in, coordinator, coalition, url):
    many = [wanted(coalition, f"Partij {n}", email=f"p{n}@x.example") for n in range(26)]
    client = log_in(coordinator)
    assert "Ja, ik wil deze mails versturen" in client.post(url, data(*many)).text
    assert "Vink aan dat je ze echt wilt versturen." in client.post(f"{url}versturen/", data(*many)).text
    assert not Mail.objects.exists()
    assert client.post(f"{url}versturen/", data(*many, is_confirmed="on")).status_code == 302
    assert Mail.objects.count() == 26


def test_asks_the_same_few_things_for_one_and_for_many(
    log_in, coordinator, coalition, url, django_assert_max_num_queries
):
    many = [wanted(coalition, f"Partij {n}", email=f"p{n}@x.example") for n in range(26)]
    client = log_in(coordinator)
    with django_assert_max_num_queries(12):
        client.post(url, data(*many))


def test_one_can_go_back_and_change_the_words(log_in, coordinator, membership, url):
    page = log_in(coordinator).post(f"{url}versturen/", data(membership, aanpassen="ja")).text
    assert "Bekijk de mail" in page
    assert "doe mee met {coalitie}" in page
    assert not Mail.objects.exists()


def test_who_has_no_address_is_named(log_in, coordinator, coalition, url):
    wanted(coalition, "Zonder adres")
    page = log_in(coordinator).get(url).text
    assert "Zonder adres" in page
    assert "Er is niemand om uit te nodigen." in page


@pytest.mark.parametrize("count", [1, 40])
def test_costs_the_same_few_queries_for_one_and_many(
    log_in, coordinator, coalition, url, count, django_assert_max_num_queries
):
    for number in range(count):
        person = factories.make_person(logs_in=False)
        wanted(coalition, f"Partij {number}", person=person)
    client = log_in(coordinator)
    with django_assert_max_num_queries(8):
        client.get(url)
