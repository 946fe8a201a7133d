"""Who sees much shows twice who she is."""

import re
from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from coalitions.models import Coalition, Role
from partners import invitations, people
from partners.login import open_account
from partners.models import Person
from portal.models import Mail
from tests import factories
from tests.authenticators import totp_code
from tests.factories import PASSWORD

MUST_SET_UP = "Voor je rol is een tweede stap bij het inloggen nodig."
LANDING = "/start/"


@pytest.fixture(autouse=True)
def with_second_factor(without_second_factor: None, settings: object) -> None:
    settings.PORTAL_REQUIRES_SECOND_FACTOR = True


def set_up_app(client: Client) -> str:
    """Switch on codes from an app, as somebody does in her browser; the secret in the app."""
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200, page.headers.get("Location")
    secret = page.context["form"].secret
    done = client.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)})
    assert done.status_code == 302, done.content.decode()
    return secret


def log_in_by_code(client: Client, person: Person) -> HttpResponse:
    client.post(reverse("account_request_login_code"), {"email": person.email})
    code = re.search(r"^([A-Z0-9-]{6,9})$", Mail.objects.latest("pk").text, re.MULTILINE).group(1)
    return client.post(reverse("account_confirm_login_code"), {"code": code})


@pytest.mark.parametrize("name", ["coordinator", "analyst", "administrator"])
def test_role_that_sees_much_must_set_up_a_second_factor(name, request, log_in):
    client = log_in(request.getfixturevalue(name))

    answer = client.get(LANDING, follow=True)

    assert answer.redirect_chain == [(reverse("mfa_index"), 302)]
    assert MUST_SET_UP in answer.content.decode()


def test_reader_must_set_up_a_second_factor(coalition: Coalition, log_in):
    reader = factories.make_person()
    factories.give_role(reader, coalition, Role.READER)

    assert log_in(reader).get(LANDING).headers["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("name", ["partner", "alderman"])
def test_who_signs_or_governs_meets_no_wall_at_log_in(name, request, log_in):
    answer = log_in(request.getfixturevalue(name)).get(LANDING)

    assert answer.headers["Location"] != reverse("mfa_index")


def test_the_demo_asks_no_second_factor(coordinator, log_in, settings):
    settings.PORTAL_REQUIRES_SECOND_FACTOR = False

    assert log_in(coordinator).get(LANDING).headers["Location"] != reverse("mfa_index")


def test_a_role_that_ended_asks_nothing(coalition, log_in):
    person = factories.make_person()
    today = factories.LONG_AGO.replace(year=2021)
    factories.give_role(person, coalition, Role.COORDINATOR, valid_to=today)

    assert log_in(person).get(LANDING).headers["Location"] != reverse("mfa_index")


def test_recovery_codes_alone_are_no_second_factor(coordinator, log_in):
    Authenticator.objects.create(user=coordinator, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})

    assert log_in(coordinator).get(LANDING).headers["Location"] == reverse("mfa_index")


def test_a_passkey_counts_as_a_second_factor(coordinator, log_in):
    Authenticator.objects.create(user=coordinator, type=Authenticator.Type.WEBAUTHN, data={"name": "laptop"})

    assert log_in(coordinator).get(LANDING).headers["Location"] != reverse("mfa_index")


def test_public_pages_show_no_more_than_everybody_sees_until_then(coalition, coordinator, client, log_in):
    factories.make_member(
        coalition, factories.make_organisation("Nog in gesprek"), state="in_talks", joined_on=None
    )
    url = reverse("coalitions:member-list", args=[coalition.slug])
    query = f"{url}?stand=in_talks"

    assert "Nog in gesprek" not in log_in(coordinator).get(query).content.decode()

    Authenticator.objects.create(user=coordinator, type=Authenticator.Type.WEBAUTHN, data={"name": "laptop"})
    assert "Nog in gesprek" in client.get(query).content.decode()


def test_who_logs_in_by_code_and_has_no_password_sets_up_without_a_dead_end(coalition, client):
    person = open_account(person=factories.make_person(logs_in=False))
    factories.give_role(person, coalition)
    log_in_by_code(client, person)
    assert client.get(LANDING).headers["Location"] == reverse("mfa_index")

    set_up_app(client)

    # The codes for a lost telephone are shown at once, without a code of the app that is used up.
    shown = client.get(reverse("mfa_view_recovery_codes"))
    assert shown.context["unused_codes"][0] in shown.content.decode()
    assert client.get(LANDING).headers["Location"] != reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == HTTPStatus.OK


def test_who_has_just_logged_in_is_not_asked_for_her_password_again(coordinator, client):
    client.post(reverse("account_login"), {"login": coordinator.email, "password": PASSWORD})

    set_up_app(client)

    assert client.get(reverse("mfa_view_recovery_codes")).status_code == HTTPStatus.OK


def test_who_was_invited_sets_up_at_once(coalition, client):
    person = people.add_person(name="Gerda Gast", email="gerda@example.nl", by=None)
    factories.give_role(person, coalition)
    invitations.invite(person=person, reason="coördinator", by=None)
    path = re.search(r"(/uitnodiging/\S+)", Mail.objects.get().text).group(1)

    client.post(path, {"name": "Gerda", "password": PASSWORD, "password_again": PASSWORD})
    set_up_app(client)

    assert client.get(reverse("mfa_view_recovery_codes")).status_code == HTTPStatus.OK
    assert client.get(LANDING).headers["Location"] == f"/coalities/{coalition.slug}/beheer/"


def test_who_logged_in_a_while_ago_is_asked_for_her_password_before_the_set_up(coordinator, client, settings):
    client.post(reverse("account_login"), {"login": coordinator.email, "password": PASSWORD})
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    url = reverse("mfa_activate_totp")

    asked = client.get(url, follow=True)
    assert asked.redirect_chain[0][0].startswith(reverse("account_reauthenticate"))
    assert "Laat nog even zien dat jij het bent" in asked.content.decode()
    answer = client.post(asked.redirect_chain[0][0], {"password": PASSWORD, "next": url})
    assert answer.headers["Location"] == url

    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    set_up_app(client)

    assert Authenticator.objects.filter(user=coordinator, type="totp").exists()


def test_the_next_log_in_asks_the_code_of_the_app(coordinator, client, log_in):
    log_in(coordinator)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/"})
    secret = set_up_app(client)
    visitor = Client()

    half_way = visitor.post(reverse("account_login"), {"login": coordinator.email, "password": PASSWORD})
    assert half_way.headers["Location"] == reverse("mfa_authenticate")
    assert visitor.get(LANDING).headers["Location"].startswith(reverse("account_login"))
    wrong = visitor.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Ongeldige code" in wrong.content.decode()
    # The code of the set-up itself was used up; the app shows the next one.
    right = visitor.post(reverse("mfa_authenticate"), {"code": totp_code(secret, step=1)})

    assert right.headers["Location"] == LANDING


def test_a_recovery_code_lets_in_once(coordinator, client, log_in):
    log_in(coordinator)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/"})
    set_up_app(client)
    shown = client.get(reverse("mfa_view_recovery_codes"))
    codes = shown.context["unused_codes"]
    assert codes[0] in shown.content.decode()

    for number, lets_in in ((0, True), (0, False), (1, True)):
        visitor = Client()
        visitor.post(reverse("account_login"), {"login": coordinator.email, "password": PASSWORD})
        answer = visitor.post(reverse("mfa_authenticate"), {"code": codes[number]})
        assert (answer.status_code == 302) is lets_in


def test_a_code_by_mail_is_no_way_around_the_second_factor(coordinator, client, log_in):
    Authenticator.objects.create(user=coordinator, type=Authenticator.Type.WEBAUTHN, data={"name": "laptop"})

    answer = log_in_by_code(client, coordinator)

    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not client.session.get("_auth_user_id")


def test_too_many_wrong_codes_block_for_a_while(coordinator, log_in, client):
    log_in(coordinator)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/"})
    secret = set_up_app(client)
    visitor = Client()
    visitor.post(reverse("account_login"), {"login": coordinator.email, "password": PASSWORD})

    for _ in range(5):
        visitor.post(reverse("mfa_authenticate"), {"code": "000000"})
    right = visitor.post(reverse("mfa_authenticate"), {"code": totp_code(secret, step=1)})

    assert right.status_code == 422
    assert "te vaak geprobeerd" in right.content.decode()


def test_the_second_factor_costs_one_query(coordinator, log_in, django_assert_num_queries):
    Authenticator.objects.create(user=coordinator, type=Authenticator.Type.WEBAUTHN, data={"name": "laptop"})
    client = log_in(coordinator)

    # Session, person, roles, second factor.
    with django_assert_num_queries(4):
        client.get(reverse("portal:privacy"))
