"""An account opens, closes, and belongs to one person."""

import re
from http import HTTPStatus

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from partners import invitations, people
from partners.login import WithoutAddress, open_account
from partners.models import Person
from portal import jobs
from portal.models import WIPED, Mail
from tests import brokers, factories
from tests.authenticators import totp_code
from tests.factories import PASSWORD
from tests.partners.logging_in import LANDING, is_in, log_in_with


def test_sign_up_is_closed_with_a_friendly_page(db, client):
    for answer in (
        client.get(reverse("account_signup")),
        client.post(
            reverse("account_signup"),
            {"email": "nieuw@example.nl", "password1": PASSWORD, "password2": PASSWORD},
        ),
    ):
        assert "Een account krijg je op uitnodiging" in answer.content.decode()
    assert not Person.objects.exists()


def test_a_locked_out_person_is_told_so_and_her_session_ends(person, client):
    log_in_with(client, person.email, PASSWORD)
    Person.objects.filter(pk=person.pk).update(is_active=False)

    asked = client.get(reverse("partners:profile"))
    assert asked.headers["Location"].startswith("/inloggen/")
    visitor = Client()
    answer = log_in_with(visitor, person.email, PASSWORD)

    # Only who knows the password learns that the account is closed.
    assert answer.headers["Location"] == reverse("account_inactive")
    assert "Dit account staat uit" in visitor.get(answer.headers["Location"]).content.decode()
    assert not is_in(visitor)


def test_a_password_without_an_account_lets_nobody_in(db, client):
    person = factories.make_person(email="x@example.nl", logs_in=False)
    person.set_password(PASSWORD)
    person.save()

    log_in_with(client, person.email, PASSWORD)

    assert not is_in(client)


def test_opening_an_account_follows_a_changed_address(person):
    Person.objects.filter(pk=person.pk).update(email="Nieuw@example.nl")
    person.refresh_from_db()

    open_account(person=person)

    primary = person.emailaddress_set.get(primary=True)
    assert (primary.email, primary.verified) == ("nieuw@example.nl", True)
    assert person.check_password(PASSWORD)


def test_nobody_without_an_address_gets_an_account(db):
    with pytest.raises(WithoutAddress):
        open_account(person=factories.make_person(email=None))


def test_a_forgotten_password_is_replaced_by_the_link_in_the_mail(person, client):
    client.post(reverse("account_reset_password"), {"email": person.email})
    text = Mail.objects.get().text
    link = re.search(r"https?://[^/\s]+(/account/\S+)", text).group(1)

    page = client.get(link, follow=True)
    action = page.redirect_chain[-1][0]
    new = "een-nieuw-en-lang-wachtwoord"
    answer = client.post(action, {"password1": new, "password2": new}, follow=True)

    assert "Je wachtwoord is gewijzigd" in answer.content.decode()
    assert log_in_with(Client(), person.email, new).headers["Location"] == LANDING
    again = Client().get(link, follow=True)
    assert "Deze link werkt niet meer" in again.content.decode()


OWN_PAGES = [
    "account_email",
    "account_change_password",
    "account_set_password",
    "account_logout",
    "account_reauthenticate",
    "account_reset_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "socialaccount_connections",
    "usersessions_list",
    "partners:profile",
]


@pytest.mark.parametrize("name", OWN_PAGES)
@pytest.mark.parametrize("email", [None, "petra@example.nl"])
def test_every_page_of_an_account_renders_also_without_an_address(db, log_in, name, email):
    person = factories.make_person("Petra Partner", email=email)

    answer = log_in(person).get(reverse(name), follow=True)

    assert answer.status_code == HTTPStatus.OK
    assert '<html lang="nl">' in answer.content.decode()


@pytest.mark.parametrize("url", ["account_request_login_code", "account_reset_password"])
def test_a_person_without_an_address_is_not_found_by_a_blank_one(db, client, url):
    factories.make_person(email=None)

    answer = client.post(reverse(url), {"email": ""})

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not Mail.objects.exists()


def acts_on(page: str, address: str) -> list[str]:
    """The names of the buttons that the page of addresses has for one of them."""
    form = re.search(f'<form[^>]*aria-label="{address}".*?</form>', page, re.DOTALL)
    return re.findall(r'name="action_(\w+)"', form.group()) if form else []


def test_an_address_offers_only_what_can_be_done_with_it(person, client):
    log_in_with(client, person.email, PASSWORD)
    url = reverse("account_email")
    assert acts_on(client.get(url).text, person.email) == []

    other = EmailAddress.objects.create(user=person, email="nieuw@example.nl")
    page = client.get(url).text
    assert acts_on(page, other.email) == ["send", "remove"]
    assert acts_on(page, person.email) == []

    EmailAddress.objects.filter(pk=other.pk).update(verified=True)
    assert acts_on(client.get(url).text, other.email) == ["primary", "remove"]

    client.post(url, {"email": other.email, "action_primary": "1"})
    page = client.get(url).text
    assert acts_on(page, other.email) == []
    assert acts_on(page, person.email) == ["primary", "remove"]


def test_nothing_stands_between_the_two_fields_of_the_log_in_page(client, db):
    page = client.get(reverse("account_login")).text
    between = page[page.index('name="login"') : page.index('name="password"')]
    assert "<a " not in between
    assert reverse("account_reset_password") in page


def test_sessions_are_listed_and_the_others_can_be_ended(person, client):
    elsewhere = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0; rv:143.0) Firefox/143.0"})
    log_in_with(elsewhere, person.email, PASSWORD)
    log_in_with(client, person.email, PASSWORD)
    elsewhere.get("/privacy/")
    url = reverse("usersessions_list")
    page = client.get(url).content.decode()
    assert "Firefox op Windows" in page
    assert "Mozilla/5.0" not in page

    client.post(url)

    assert client.get(reverse("partners:profile")).status_code == HTTPStatus.OK
    assert elsewhere.get(reverse("partners:profile")).status_code == HTTPStatus.FOUND


@pytest.mark.parametrize(
    ("name", "queries"),
    # The log-in page looks for log-in services of organisations.
    [("account_login", 1), ("account_request_login_code", 0), ("portal:privacy", 0)],
)
def test_a_visitor_who_is_not_logged_in_costs_no_surprising_query(
    db, client, name, queries, django_assert_num_queries
):
    with django_assert_num_queries(queries):
        assert client.get(reverse(name)).status_code == HTTPStatus.OK


def test_log_in_writes_no_history(person, client):
    before = person.events.count()

    log_in_with(client, person.email, PASSWORD)

    person.refresh_from_db()
    assert person.last_login
    assert person.events.count() == before


def test_a_mail_that_could_not_leave_at_once_is_sent_later(person, request_code, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with brokers.dead_broker():
        answer = request_code(person.email)

    assert answer.status_code == HTTPStatus.FOUND
    waiting = Mail.objects.get()
    assert (waiting.state, waiting.attempts) == (jobs.JobState.WAITING, 1)
    assert waiting.text != WIPED


def test_the_restricted_database_role_is_enough_for_a_life_of_an_account(client, as_app):
    person = people.add_person(name="Gerda Gast", email="gerda@example.nl", by=None)
    with as_app():
        invitations.invite(person=person, reason="lid", by=None)
        link = re.search(r"(/uitnodiging/\S+)", Mail.objects.get().text).group(1)
        client.post(link, {"name": "Gerda", "password": PASSWORD, "password_again": PASSWORD})
        assert is_in(client)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/"})
        form = client.get(reverse("mfa_activate_totp")).context["form"]
        client.post(reverse("mfa_activate_totp"), {"code": totp_code(form.secret)})
        client.post(reverse("mfa_deactivate_totp"))
        client.post(reverse("account_email"), {"email": "g@example.nl", "action_add": "1"})
        client.post(reverse("account_email"), {"email": "g@example.nl", "action_remove": "1"})
        client.post(reverse("account_logout"))
        assert not is_in(client)
        assert log_in_with(client, "gerda@example.nl", PASSWORD).headers["Location"] == LANDING
        jobs.work_due(Mail)

    assert "Uitnodiging: lid" in [sent.subject for sent in mail.outbox]
