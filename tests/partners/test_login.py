"""People log in: with a password, with a code by mail, and by nothing else than an account."""

import re
import time
from http import HTTPStatus

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners import invitations, people
from partners.login import WithoutAddress, has_account, open_account
from partners.models import Person
from portal import jobs
from portal.models import WIPED, Mail
from portal.tasks import work
from tests import brokers, factories
from tests.authenticators import totp_code
from tests.factories import PASSWORD

LANDING = "/start/"
# What a page may take at most where the broker is away; a page alone takes far less.
PATIENCE = 1.6


@pytest.fixture
def person(db: None) -> Person:
    return factories.make_person("Petra Partner", email="petra@example.nl")


@pytest.fixture
def request_code(client: Client, django_capture_on_commit_callbacks):
    """Ask for a code by mail, with the ring after commit as in a real request."""

    def request_code(email: str, visitor: Client = client) -> HttpResponse:
        with django_capture_on_commit_callbacks(execute=True):
            return visitor.post(reverse("account_request_login_code"), {"email": email})

    return request_code


def code_in(text: str) -> str:
    return re.search(r"^([A-Z0-9-]{6,9})$", text, re.MULTILINE).group(1)


def log_in_with(client: Client, email: str, password: str) -> HttpResponse:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def is_in(client: Client) -> bool:
    return SESSION_KEY in client.session


# --- Password ---------------------------------------------------------------------------------


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
    assert "niet correct" in pages[0]
    assert not is_in(client)


def test_too_many_wrong_passwords_lock_the_address_also_for_the_right_one(person, client):
    for _ in range(5):
        log_in_with(client, person.email, "verkeerd-wachtwoord")

    for email in (person.email, "PETRA@example.nl"):
        answer = log_in_with(Client(), email, PASSWORD)
        assert answer.status_code == HTTPStatus.OK
        assert "Te veel inlogpogingen" in answer.content.decode()
    # Somebody else is not locked out by it.
    other = factories.make_person()
    assert log_in_with(client, other.email, PASSWORD).headers["Location"] == LANDING


def test_an_unknown_address_is_locked_just_the_same(db, client):
    answers = [log_in_with(client, "niemand@example.nl", "verkeerd") for _ in range(6)]

    assert "Te veel inlogpogingen" in answers[-1].content.decode()


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

    assert "Te veel inlogpogingen" in answer.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM portal_cache WHERE cache_key LIKE '%login_failed%'")
        assert cursor.fetchone()[0] > 0


# --- Code by mail -----------------------------------------------------------------------------


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
    assert "Ongeldige code" in first.content.decode()
    client.post(url, {"code": "AAAAAA"})
    last = client.post(url, {"code": "AAAAAA"}, follow=True)

    assert last.redirect_chain[-1][0].startswith(reverse("account_request_login_code"))
    assert "Te veel" in last.content.decode()
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
    assert "Te veel" in answers[-1].content.decode()


# --- Accounts ---------------------------------------------------------------------------------


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

    assert answer.status_code == HTTPStatus.OK
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
