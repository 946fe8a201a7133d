"""Anybody asks to take part, in four steps, without an account."""

import pytest
from django.core.cache import cache

from coalitions.models import JoinRequest, RequestState
from portal.models import Mail
from tests import factories


@pytest.fixture(autouse=True)
def fresh_counts(db):
    cache.clear()


@pytest.fixture
def url(coalition):
    factories.make_type("kraamzorg", domain="medical")
    return f"/coalities/{coalition.slug}/aanmelden/"


ANSWERS = {
    "organisatie": {
        "organisation_name": "Kraamzorg Beesel",
        "type": "kraamzorg",
        "municipality": "GM0889",
        "kvk": "1234 5678",
    },
    "waarom": {"motivation": "Wij zien veel gezinnen", "commitment": "lead", "energy": "Groepszorg"},
    "contact": {
        "contact_name": "Anna Aanmelder",
        "contact_function": "manager",
        "contact_email": "anna@kraamzorg.example",
        "contact_phone": "",
        "fax": "",
    },
}


def fill(client, url, **changes):
    for step, answers in ANSWERS.items():
        response = client.post(f"{url}{step}/", {**answers, **changes.get(step, {})})
        assert response.status_code == 302, response.text
    return client.get(f"{url}controleren/")


def test_works_without_an_account(client, url, coalition):
    page = fill(client, url).text
    for words in ("Kraamzorg Beesel", "Beesel", "12345678", "Wij willen iets trekken", "Anna Aanmelder"):
        assert words in page

    response = client.post(f"{url}controleren/", follow=True)

    request = JoinRequest.objects.get()
    assert request.coalition == coalition
    assert request.kvk == "12345678"
    assert request.reference in response.text
    assert Mail.objects.get().recipient == "anna@kraamzorg.example"
    # A second click finds an empty draft.
    assert client.post(f"{url}controleren/").url == f"{url}organisatie/"
    assert JoinRequest.objects.count() == 1


def test_it_goes_on_where_somebody_was_and_loses_nothing(client, url):
    assert client.get(url).url == f"{url}organisatie/"
    client.post(f"{url}organisatie/", ANSWERS["organisatie"])
    assert client.get(url).url == f"{url}waarom/"
    client.post(f"{url}waarom/", ANSWERS["waarom"])
    assert "Kraamzorg Beesel" in client.get(f"{url}organisatie/").text
    assert client.get(url).url == f"{url}contact/"
    assert client.get(f"{url}controleren/").url == f"{url}contact/"
    bad = client.post(f"{url}organisatie/", {**ANSWERS["organisatie"], "kvk": "12"})
    assert "Een KvK-nummer heeft 8 cijfers." in bad.text
    assert "Kraamzorg Beesel" in bad.text


@pytest.mark.parametrize(
    ("step", "change", "words"),
    [
        ("organisatie", {"organisation_name": ""}, "verplicht"),
        ("organisatie", {"type": "bestaat-niet"}, "keuze"),
        ("organisatie", {"municipality": "GM9999"}, "keuze"),
        ("organisatie", {"organisation_name": "x" * 201}, "200"),
        ("waarom", {"motivation": ""}, "verplicht"),
        ("waarom", {"motivation": "bsn 123456782"}, "burgerservicenummer"),
        ("waarom", {"commitment": ""}, "verplicht"),
        ("contact", {"contact_email": "geen"}, "mailadres"),
        ("contact", {"fax": "012345"}, "geen robot"),
    ],
)
def test_bad_input_is_named_and_keeps_the_step(client, url, step, change, words):
    response = client.post(f"{url}{step}/", {**ANSWERS[step], **change})
    assert response.status_code == 422
    assert words in response.text
    assert not JoinRequest.objects.exists()


def test_a_known_number_asks_whether_it_is_the_same_organisation(client, url):
    known = factories.make_organisation("Kraamzorg De Maas")
    known.kvk = "12345678"
    known.save()
    page = client.post(f"{url}organisatie/", ANSWERS["organisatie"]).text
    assert "Bij dit KvK-nummer kennen we Kraamzorg De Maas" in page
    fill(client, url, organisatie={"is_known": "ja"})
    client.post(f"{url}controleren/")
    assert JoinRequest.objects.get().matched_organisation == known


def test_another_organisation_with_a_known_number_stays_itself(client, url):
    known = factories.make_organisation("Kraamzorg De Maas")
    known.kvk = "12345678"
    known.save()
    fill(client, url, organisatie={"is_known": "nee"})
    client.post(f"{url}controleren/")
    assert JoinRequest.objects.get().matched_organisation is None


def test_a_member_hears_that_it_is_one_and_keeps_its_answers(client, url, coalition):
    known = factories.make_organisation("Kraamzorg De Maas")
    known.kvk = "12345678"
    known.save()
    factories.make_member(coalition, known)
    fill(client, url, organisatie={"is_known": "ja"})
    page = client.post(f"{url}controleren/").text
    assert "is al lid van deze coalitie" in page
    assert "Wij zien veel gezinnen" in page


def test_too_many_requests_are_refused_and_the_answers_stay(client, url):
    for number in range(3):
        name = f"Kraamzorg {number}"
        fill(client, url, organisatie={"organisation_name": name})
        assert client.post(f"{url}controleren/").status_code == 302
    fill(client, url, organisatie={"organisation_name": "Kraamzorg 4"})
    page = client.post(f"{url}controleren/").text
    assert "Wat u invulde, blijft staan." in page
    assert "Kraamzorg 4" in page
    assert JoinRequest.objects.count() == 3


def test_a_coalition_that_is_closed_or_hidden_has_no_form(client, url, coalition):
    type(coalition).objects.filter(pk=coalition.pk).update(accepts_requests=False)
    assert client.get(url).status_code == 404
    assert "Meld je organisatie aan" not in client.get(coalition.get_absolute_url()).text
    type(coalition).objects.filter(pk=coalition.pk).update(accepts_requests=True, is_public=False)
    assert client.get(url).status_code == 404


def test_a_step_that_does_not_exist_is_not_found(client, url):
    assert client.get(f"{url}geheim/").status_code == 404


def test_who_is_logged_in_is_known_as_the_applicant(log_in, partner, url):
    client = log_in(partner)
    fill(client, url)
    client.post(f"{url}controleren/")
    assert JoinRequest.objects.get().applicant == partner


def test_the_page_of_a_sent_request_is_for_who_sent_it(client, url):
    assert client.get(f"{url}klaar/").url == url


@pytest.fixture
def own_url(client, url, coalition):
    fill(client, url)
    client.post(f"{url}controleren/")
    return "/coalities/" + Mail.objects.get().text.split("/coalities/")[1].split()[0]


def test_the_link_in_the_mail_shows_and_withdraws(client, own_url):
    assert "Trek de aanmelding in" in client.get(own_url).text
    page = client.post(own_url, follow=True).text
    assert "Uw aanmelding is ingetrokken." in page
    assert JoinRequest.objects.get().state == RequestState.WITHDRAWN
    assert "Intussen gewijzigd" in client.post(own_url, follow=True).text


def test_a_wrong_link_leads_nowhere(client, own_url, coalition):
    assert client.get(f"/coalities/{coalition.slug}/aanmelding/raad-maar/").status_code == 404
    elsewhere = factories.make_coalition()
    token = own_url.rstrip("/").rpartition("/")[2]
    assert client.post(f"/coalities/{elsewhere.slug}/aanmelding/{token}/").status_code == 404
