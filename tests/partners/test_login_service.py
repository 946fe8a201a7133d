"""A log-in service of an organisation (OpenID Connect) lets in who has an account, and nobody else."""

from collections.abc import Iterator
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from config.openid_connect import origin_of, read_services
from partners.models import Person
from tests import factories
from tests.authenticators import give_app, totp_code
from tests.partners.identity_provider import IdentityProvider, identity_provider

LOGIN = "/account/oidc/zorgnet/login/"


@pytest.fixture
def service(settings: object) -> Iterator[IdentityProvider]:
    with identity_provider() as service:
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": service.settings}}
        yield service


def come_from(
    service: IdentityProvider, client: Client, *, process: str = "login", **claims: object
) -> HttpResponse:
    """Go to the service and come back as who it says."""
    service.claims = {"sub": "z-1", **claims}
    away = client.post(f"{LOGIN}?process={process}")
    asked = parse_qs(urlsplit(away.headers["Location"]).query)
    back = urlsplit(asked["redirect_uri"][0]).path
    return client.get(back, {"code": "xyz", "state": asked["state"][0]})


def test_without_a_service_the_log_in_page_shows_none(db, client):
    assert "Inloggen via" not in client.get(reverse("account_login")).content.decode()


def test_a_service_has_a_button_on_the_log_in_page(db, client, service):
    page = client.get(reverse("account_login")).content.decode()

    assert "Inloggen via Zorgnet" in page
    assert LOGIN in page


def test_connecting_an_account_is_offered_only_where_there_is_a_service(db, client, settings):
    client.force_login(factories.make_person(email="petra@example.nl"))
    address = f'href="{reverse("socialaccount_connections")}"'
    assert address not in client.get(reverse("account_email")).text

    with identity_provider() as service:
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": service.settings}}
        assert address in client.get(reverse("account_email")).text


def test_the_button_leads_to_the_service(db, client, service):
    answer = client.post(f"{LOGIN}?process=login")

    assert answer.status_code == HTTPStatus.FOUND
    assert answer.headers["Location"].startswith(f"{service.origin}/authorize?")


def test_an_address_that_both_sides_checked_lets_in_and_connects(db, client, service):
    person = factories.make_person(email="petra@example.nl")

    answer = come_from(service, client, email="Petra@Example.nl", email_verified=True)

    assert answer.headers["Location"] == "/start/"
    assert client.session[SESSION_KEY] == str(person.pk)
    assert SocialAccount.objects.get().user == person
    person.refresh_from_db()
    assert person.check_password(factories.PASSWORD)


def test_the_next_time_the_service_is_known_also_under_another_address(db, client, service):
    person = factories.make_person(email="petra@example.nl")
    come_from(service, client, email="petra@example.nl", email_verified=True)

    visitor = Client()
    come_from(service, visitor, email="petra.nieuw@example.nl", email_verified=True)

    assert visitor.session[SESSION_KEY] == str(person.pk)


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "niemand@example.nl", "email_verified": True},
        {"email": "petra@example.nl", "email_verified": False},
        {"email": "petra@example.nl"},
        {"email": "genodigd@example.nl", "email_verified": True},
        {},
    ],
    ids=["unknown", "not checked", "silent on checking", "known but never invited", "no address"],
)
def test_the_service_opens_no_account(db, client, service, claims):
    factories.make_person(email="petra@example.nl")
    factories.make_person(email="genodigd@example.nl", logs_in=False)

    answer = come_from(service, client, **claims)

    assert answer.headers["Location"] == reverse("account_login")
    page = client.get(reverse("account_login")).content.decode()
    assert "Wij kennen geen account bij dit adres" in page
    assert SESSION_KEY not in client.session
    assert Person.objects.count() == 2
    assert not SocialAccount.objects.exists()


def test_a_service_is_no_way_around_a_second_factor_or_a_closed_account(db, client, service):
    guarded = factories.make_person(email="petra@example.nl")
    secret = give_app(guarded)
    closed = factories.make_person(email="dicht@example.nl")
    Person.objects.filter(pk=closed.pk).update(is_active=False)

    answer = come_from(service, client, email=guarded.email, email_verified=True)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert guarded.password not in str(dict(client.session))
    answer = client.post(reverse("mfa_authenticate"), {"code": totp_code(secret)})
    assert answer.headers["Location"] == "/start/"
    assert client.session[SESSION_KEY] == str(guarded.pk)

    answer = come_from(service, Client(), sub="z-2", email=closed.email, email_verified=True)
    assert answer.headers["Location"] == reverse("account_inactive")


def test_who_is_logged_in_connects_a_service_under_another_address(log_in, db, service):
    person = factories.make_person(email="petra@example.nl")
    # Only after showing once more who she is.
    client = log_in(person)
    url = reverse("socialaccount_connections")
    client.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD, "next": url})

    answer = come_from(service, client, process="connect", email="p@werk.example")

    assert answer.headers["Location"] == url
    assert SocialAccount.objects.get().user == person
    assert "Zorgnet" in client.get(url).content.decode()


def test_who_cancels_at_the_service_gets_a_clear_page(db, client, service):
    away = client.post(f"{LOGIN}?process=login")
    state = parse_qs(urlsplit(away.headers["Location"]).query)["state"][0]

    answer = client.get(
        "/account/oidc/zorgnet/login/callback/", {"error": "access_denied", "state": state},
        follow=True,
    )  # fmt: skip

    assert answer.status_code == HTTPStatus.OK
    assert '<html lang="nl">' in answer.content.decode()


def test_a_service_that_is_away_gives_a_clear_page(db, client, settings):
    with identity_provider() as service:
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": service.settings}}

    answer = client.post(f"{LOGIN}?process=login", follow=True)

    assert answer.redirect_chain == [(reverse("account_login"), HTTPStatus.FOUND)]
    assert "Deze dienst is nu niet bereikbaar" in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[{", "geen geldige JSON"),
        ("{}", "lijst"),
        ('[{"name": "Zorgnet"}]', "bij Zorgnet ontbreekt provider_id, client_id, secret"),
        (
            '[{"provider_id": "z", "name": "Z", "client_id": "a", "secret": "b"}]',
            "settings.server_url",
        ),
    ],
)
def test_a_service_that_cannot_work_stops_the_start(text, words):
    with pytest.raises(ImproperlyConfigured, match=words) as refusal:
        read_services(text)
    assert ".env.example" in str(refusal.value)


def test_without_the_setting_there_is_no_service():
    assert read_services("") == []


def test_the_form_may_end_on_the_pages_of_the_service():
    service = {"settings": {"server_url": "https://login.example.nl/tenant/v2.0"}}

    assert origin_of(service) == "https://login.example.nl"
