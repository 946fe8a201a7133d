"""People log in with a code by mail."""

import re
import time
from http import HTTPStatus

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.login import has_account
from partners.models import Person
from portal.models import WIPED, Mail
from portal.tasks import work
from tests import brokers, factories
from tests.factories import PASSWORD
from tests.partners.logging_in import LANDING, PATIENCE, code_in, is_in, log_in_with


def test_a_code_by_mail_lets_in(person, client, request_code):
    answer = request_code("Petra@example.nl")
    assert answer.headers["Location"] == reverse("account_confirm_login_code")
    # The broker is well, so the code waits for a worker; this is what the worker does.
    assert not mail.outbox
    work(kind="portal.mail")

    sent = mail.outbox[0]
    assert sent.to == ["petra@example.nl"]
    answer = client.post(reverse("account_confirm_login_code"), {"code": code_in(sent.body).lower()})

    assert answer.headers["Location"] == LANDING
    assert is_in(client)
    assert Mail.objects.get().text == WIPED


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("broker", [brokers.dead_broker, brokers.hung_broker])
def test_with_the_broker_away_the_code_arrives_and_no_page_waits(client, broker):
    # An address of its own: limits outlive a test that commits.
    person = factories.make_person()
    url = reverse("account_request_login_code")
    client.get(url)
    with broker():
        durations = []
        for visitor in (client, Client()):
            started = time.monotonic()
            visitor.post(url, {"email": person.email})
            durations.append(time.monotonic() - started)
        answer = client.post(reverse("account_confirm_login_code"), {"code": code_in(mail.outbox[0].body)})

    assert len(mail.outbox) == 2
    assert durations[0] < PATIENCE
    # After one failed ring the broker is left alone.
    assert durations[1] < PATIENCE / 2
    assert answer.headers["Location"] == LANDING


@pytest.mark.parametrize("broker", [brokers.dead_broker, brokers.hung_broker])
def test_with_the_broker_away_a_password_lets_in_as_fast_as_ever(person, client, broker):
    with broker():
        started = time.monotonic()
        answer = log_in_with(client, person.email, PASSWORD)

    assert answer.headers["Location"] == LANDING
    assert time.monotonic() - started < PATIENCE / 3


def strangers() -> dict[str, str]:
    """Addresses to which no code goes."""
    known = factories.make_person(email="genodigd@example.nl", logs_in=False)
    assert not has_account(known)
    locked = factories.make_person(email="dicht@example.nl")
    Person.objects.filter(pk=locked.pk).update(is_active=False)
    return {
        "unknown": "niemand@example.nl",
        "known but never invited": known.email,
        "locked out": locked.email,
    }


@pytest.mark.parametrize("case", ["unknown", "known but never invited", "locked out"])
@pytest.mark.parametrize("url", ["account_request_login_code", "account_reset_password"])
def test_who_has_no_account_gets_the_same_answer_and_no_mail(person, case, url):
    def answer_for(email: str) -> tuple[object, ...]:
        answer = Client().post(reverse(url), {"email": email}, follow=True)
        page = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        return answer.redirect_chain, answer.status_code, page.replace(email, "ADRES")

    stranger = answer_for(strangers()[case])

    assert not Mail.objects.exists()
    assert stranger == answer_for(person.email)
    assert Mail.objects.get().recipient == person.email


@pytest.mark.parametrize("case", ["unknown", "known but never invited", "locked out"])
@pytest.mark.parametrize("url", ["account_request_login_code", "account_reset_password"])
def test_who_has_no_account_costs_the_same_work(person, case, url):
    def writes_for(email: str) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            Client().post(reverse(url), {"email": email})
        return [query["sql"] for query in queries if 'INSERT INTO "portal_mail"' in query["sql"]]

    stranger = writes_for(strangers()[case])

    assert len(stranger) == len(writes_for(person.email)) == 1
    assert Mail.objects.get().recipient == person.email


def test_a_wrong_code_is_explained_and_three_end_the_try(person, client, request_code):
    request_code(person.email)
    right = code_in(Mail.objects.get().text)
    url = reverse("account_confirm_login_code")

    first = client.post(url, {"code": "AAAAAA"})
    assert "Deze code klopt niet" in first.content.decode()
    client.post(url, {"code": "AAAAAA"})
    last = client.post(url, {"code": "AAAAAA"}, follow=True)

    assert last.redirect_chain[-1][0].startswith(reverse("account_request_login_code"))
    assert "te vaak geprobeerd" in last.content.decode()
    # The right code no longer helps.
    client.post(url, {"code": right})
    assert not is_in(client)


def test_an_expired_code_is_explained_and_lets_nobody_in(person, client, request_code, settings):
    request_code(person.email)
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 0

    answer = client.post(
        reverse("account_confirm_login_code"),
        {"code": code_in(Mail.objects.get().text)},
        follow=True,
    )

    assert answer.redirect_chain == [(reverse("account_request_login_code"), HTTPStatus.FOUND)]
    page = answer.content.decode()
    assert "Deze code werkt niet meer. Vraag een nieuwe code aan." in page
    assert not is_in(client)


def test_a_code_of_one_visitor_does_not_work_for_another(person, client, request_code):
    request_code(person.email)
    thief = Client()
    request_code("niemand@example.nl", thief)

    thief.post(reverse("account_confirm_login_code"), {"code": code_in(Mail.objects.get().text)})

    assert not is_in(thief)


def test_codes_cannot_be_asked_for_without_end(person, request_code):
    answers = [request_code(person.email, Client()) for _ in range(4)]

    assert Mail.objects.count() == 3
    assert "te vaak geprobeerd" in answers[-1].content.decode()
