"""People log in with a password, and by nothing else than an account."""

import re
from http import HTTPStatus

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import brokers, factories
from tests.factories import PASSWORD
from tests.partners.logging_in import LANDING, is_in, log_in_with


def test_the_log_in_lives_at_inloggen():
    assert reverse("account_login") == "/inloggen/"


@pytest.mark.parametrize("email", ["petra@example.nl", "Petra@Example.NL", " petra@example.nl "])
def test_a_password_lets_in_whatever_the_capitals_of_the_address(person, client, email):
    answer = log_in_with(client, email, PASSWORD)

    assert answer.headers["Location"] == LANDING
    assert client.session[SESSION_KEY] == str(person.pk)


def test_log_in_goes_back_to_the_page_that_asked_for_it(person, client):
    asked = client.get(reverse("partners:profile"))
    assert asked.headers["Location"] == "/inloggen/?next=/mijn/profiel/"

    answer = client.post(
        "/inloggen/", {"login": person.email, "password": PASSWORD, "next": "/mijn/profiel/"}
    )
    assert answer.headers["Location"] == "/mijn/profiel/"


def test_log_in_never_leads_to_another_site(person, client):
    answer = client.post(
        "/inloggen/", {"login": person.email, "password": PASSWORD, "next": "https://evil.example/"}
    )

    assert answer.headers["Location"] == LANDING


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(person, client):
    pages = [
        log_in_with(client, email, "verkeerd-wachtwoord").content.decode().replace(email, "ADRES")
        for email in (person.email, "niemand@example.nl")
    ]

    without_token = [re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page) for page in pages]
    assert without_token[0] == without_token[1]
    assert "horen niet bij elkaar" in pages[0]
    assert not is_in(client)


def test_too_many_wrong_passwords_lock_the_address_also_for_the_right_one(person, client):
    for _ in range(5):
        log_in_with(client, person.email, "verkeerd-wachtwoord")

    for email in (person.email, "PETRA@example.nl"):
        answer = log_in_with(Client(), email, PASSWORD)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "te vaak geprobeerd" in answer.content.decode()
    # Somebody else is not locked out by it.
    other = factories.make_person()
    assert log_in_with(client, other.email, PASSWORD).headers["Location"] == LANDING


def test_an_unknown_address_is_locked_just_the_same(db, client):
    answers = [log_in_with(client, "niemand@example.nl", "verkeerd") for _ in range(6)]

    assert "te vaak geprobeerd" in answers[-1].content.decode()


def test_too_many_tries_from_one_network_get_a_page_that_says_so(person, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}

    answers = [log_in_with(client, f"x{number}@example.nl", "x") for number in range(3)]

    assert answers[-1].status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert "te veel pogingen" in answers[-1].content.decode()
    assert '<html lang="nl">' in answers[-1].content.decode()


def test_a_hall_full_of_people_logs_in_over_one_network(db):
    people = [factories.make_person() for _ in range(40)]

    answers = [log_in_with(Client(), person.email, PASSWORD) for person in people]

    assert {answer.headers["Location"] for answer in answers} == {LANDING}


def test_behind_our_proxy_each_network_has_its_own_limit(person, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    # What the visitor writes herself stands first, and counts for nothing.
    one, other = (
        Client(headers={"x-forwarded-for": f"203.0.113.99, {address}"})
        for address in ("192.0.2.1", "198.51.100.7")
    )

    answers = [log_in_with(one, f"x{number}@example.nl", "x") for number in range(3)]

    assert answers[-1].status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert log_in_with(other, person.email, PASSWORD).headers["Location"] == LANDING


def test_limits_are_kept_in_the_database_and_hold_with_the_broker_away(person, client):
    with brokers.dead_broker():
        for _ in range(5):
            log_in_with(client, person.email, "verkeerd-wachtwoord")
        answer = log_in_with(client, person.email, PASSWORD)

    assert "te vaak geprobeerd" in answer.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM portal_cache WHERE cache_key LIKE '%login_failed%'")
        assert cursor.fetchone()[0] > 0
