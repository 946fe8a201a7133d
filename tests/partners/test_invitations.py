"""An invitation by mail opens an account, once."""

import datetime
import re
import threading
from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection
from django.template import TemplateDoesNotExist
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners import invitations, people
from partners.login import WithoutAddress, has_account
from partners.models import Invitation, Person
from portal import jobs
from portal.models import WIPED, Mail
from tests import factories

LANDING = "/start/"
PASSWORD = "zonnebloem-fiets-kaas"


@pytest.fixture
def guest(db: None) -> Person:
    return people.add_person(name="Gerda Gast", email="Gerda@example.nl", by=None)


def link_in(text: str) -> str:
    return re.search(r"https?://[^/\s]+(/uitnodiging/\S+)", text).group(1)


def invite(person: Person, *, reason: str = "coördinator van Maas & Peel", **options) -> str:
    """Invite somebody and get the path in her mail."""
    invitations.invite(person=person, reason=reason, by=options.pop("by", None), **options)
    return link_in(Mail.objects.latest("pk").text)


def answers(**changes: str) -> dict[str, str]:
    return {"name": "Gerda Gast", "password": "", "password_again": "", **changes}


def test_the_invitation_arrives_by_mail_and_leaves_no_secret_behind(guest, administrator):
    invitation = invitations.invite(person=guest, reason="coördinator van Maas & Peel", by=administrator)
    waiting = Mail.objects.get()
    token = link_in(waiting.text).split("/")[2]

    jobs.work_due(Mail)

    sent = mail.outbox[0]
    assert sent.to == ["gerda@example.nl"]
    assert sent.subject == "Uitnodiging: coördinator van Maas & Peel"
    assert "Dag Gerda Gast," in sent.body
    assert "coördinator van Maas & Peel, door Bea Beheerder." in sent.body
    assert token in sent.body
    # 32 bytes in 43 letters; the database knows neither the link nor the mail any longer.
    assert len(token) == 43
    assert Mail.objects.get().text == WIPED
    assert token not in str(Invitation.objects.values().get(pk=invitation.pk))


def test_looking_at_the_invitation_does_not_use_it_up(guest, client):
    path = invite(guest)

    for _ in range(3):
        page = client.get(path)
        assert page.status_code == HTTPStatus.OK
    client.head(path)

    assert "gerda@example.nl" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert not Invitation.objects.filter(used_at__isnull=False).exists()
    assert not has_account(guest)


def test_accepting_with_a_password_opens_the_account_and_logs_in(guest, client):
    path = invite(guest)

    answer = client.post(path, answers(name="Gerda de Gast", password=PASSWORD, password_again=PASSWORD))

    guest.refresh_from_db()
    assert answer.headers["Location"] == LANDING
    assert client.session["_auth_user_id"] == str(guest.pk)
    assert guest.name == "Gerda de Gast"
    assert guest.check_password(PASSWORD)
    assert guest.emailaddress_set.get().verified
    # Her own act, in the history as well.
    assert guest.events.latest("pgh_id").pgh_context.metadata["user"] == guest.pk


def test_accepting_without_a_password_leaves_the_code_by_mail(guest, client):
    path = invite(guest)

    answer = client.post(path, answers())

    guest.refresh_from_db()
    assert answer.headers["Location"] == LANDING
    assert not guest.has_usable_password()
    assert has_account(guest)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Naam"),
        ({"password": "kort", "password_again": "kort"}, "12"),
        ({"password": PASSWORD, "password_again": "iets-anders-dan-dit"}, "niet gelijk"),
        ({"password": PASSWORD}, "niet gelijk"),
        ({"password": "gerda@example.nl", "password_again": "gerda@example.nl"}, "mailadres"),
    ],
)
def test_a_wrong_answer_is_explained_and_uses_nothing_up(guest, client, changes, words):
    path = invite(guest)

    page = client.post(path, answers(**changes))

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert words in page.content.decode()
    assert client.get(path).status_code == HTTPStatus.OK
    assert not has_account(guest)


def closed_paths(guest: Person) -> dict[str, str]:
    """A path for each way in which an invitation opens nothing."""
    used = invite(guest, reason="gebruikt")
    revoked = invite(guest, reason="ingetrokken")
    expired = invite(guest, reason="verlopen")
    replaced = invite(guest, reason="vervangen")
    invite(guest, reason="vervangen")
    Invitation.objects.filter(reason="verlopen").update(expires_at=timezone.now())
    invitations.revoke(invitation=Invitation.objects.get(reason="ingetrokken"), by=None)
    Client().post(used, answers())
    return {
        "used": used,
        "revoked": revoked,
        "expired": expired,
        "replaced": replaced,
        "unknown": reverse("partners:invitation-accept", args=["x" * 43]),
    }


@pytest.mark.parametrize(
    ("case", "status", "words"),
    [
        ("used", HTTPStatus.GONE, "al gebruikt"),
        ("revoked", HTTPStatus.GONE, "ingetrokken"),
        ("expired", HTTPStatus.GONE, "te oud"),
        ("replaced", HTTPStatus.GONE, "vervangen door een nieuwe"),
        ("unknown", HTTPStatus.NOT_FOUND, "hele link"),
    ],
)
def test_a_link_that_opens_nothing_says_what_to_do_and_names_nobody(guest, client, case, status, words):
    path = closed_paths(guest)[case]

    for page in (client.get(path), client.post(path, answers(password=PASSWORD))):
        text = page.content.decode()
        assert page.status_code == status
        assert "Deze uitnodiging werkt niet" in text
        assert words in text
        assert reverse("account_login") in text
        assert "Gerda" not in text
        assert "gerda@" not in text
    assert "_auth_user_id" not in client.session


def test_a_closed_account_is_not_opened_again_by_an_invitation(guest, client):
    path = invite(guest)
    Person.objects.filter(pk=guest.pk).update(is_active=False)
    guest.refresh_from_db()

    assert client.post(path, answers()).status_code == HTTPStatus.GONE
    with pytest.raises(invitations.AccountClosed):
        invitations.invite(person=guest, reason="lid", by=None)
    guest.refresh_from_db()
    assert not guest.is_active


def test_nobody_without_an_address_is_invited(db):
    with pytest.raises(WithoutAddress):
        invitations.invite(person=people.add_person(name="Jan", by=None), reason="lid", by=None)
    assert not Mail.objects.exists()


def test_nothing_is_left_behind_where_the_mail_cannot_be_written(guest, settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": []}]

    with pytest.raises(TemplateDoesNotExist):
        invitations.invite(person=guest, reason="lid", by=None)

    assert not Invitation.objects.exists()
    assert not Mail.objects.exists()


def test_somebody_may_hold_invitations_for_several_reasons(guest, client):
    first, second = invite(guest, reason="lid van A"), invite(guest, reason="lid van B")

    assert client.get(first).status_code == client.get(second).status_code == HTTPStatus.OK


def test_resending_replaces_what_was_sent_before(guest, client):
    old = invite(guest, by=None)
    invitation = invitations.resend(invitation=Invitation.objects.get(), by=None)
    new = link_in(Mail.objects.latest("pk").text)

    assert client.get(old).status_code == HTTPStatus.GONE
    assert client.get(new).status_code == HTTPStatus.OK
    left = invitation.expires_at - timezone.now()
    assert datetime.timedelta(days=13, hours=23) < left < datetime.timedelta(days=14)


def test_an_expired_invitation_can_be_sent_again(guest, client):
    invite(guest)
    Invitation.objects.update(expires_at=timezone.now())

    invitations.resend(invitation=Invitation.objects.get(), by=None)

    assert client.get(link_in(Mail.objects.latest("pk").text)).status_code == HTTPStatus.OK


def test_a_used_invitation_is_neither_sent_again_nor_taken_back(guest, client):
    client.post(invite(guest), answers())
    invitation = Invitation.objects.get()

    with pytest.raises(invitations.AlreadyUsed):
        invitations.resend(invitation=invitation, by=None)
    with pytest.raises(invitations.AlreadyUsed):
        invitations.revoke(invitation=invitation, by=None)


def test_who_has_an_account_keeps_name_password_and_second_factor(db, client):
    person = factories.make_person("Vaste Bezoeker")
    Authenticator.objects.create(user=person, type="webauthn", data={"name": "laptop"})
    path = invite(person)
    assert "Je hebt al een account" in client.get(path).content.decode()

    answer = client.post(path, answers(name="Ander", password=PASSWORD, password_again=PASSWORD), follow=True)

    person.refresh_from_db()
    # She is known, so she logs in as always: a link in a mail is no way around that.
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session
    assert person.name == "Vaste Bezoeker"
    assert person.check_password(factories.PASSWORD)
    assert client.get(path).status_code == HTTPStatus.GONE


def test_who_is_logged_in_already_goes_on_at_once(db, log_in):
    person = factories.make_person()
    client = log_in(person)
    path = invite(person)

    assert client.post(path).headers["Location"] == LANDING
    assert Invitation.objects.get().used_at


def test_who_is_logged_in_as_another_uses_nothing_up(guest, coordinator, log_in):
    path = invite(guest)
    client = log_in(coordinator)

    for page in (client.get(path), client.post(path, answers())):
        assert "voor iemand anders" in page.content.decode()
        assert "Gerda" not in page.content.decode()
    assert not Invitation.objects.get().used_at


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_wins():
    guest = people.add_person(name="Gerda Gast", email="gerda@example.nl", by=None)
    path = invite(guest)
    start = threading.Barrier(6)
    results: list[tuple[int, str]] = []

    def accept(number: int) -> None:
        client = Client()
        client.get(path)
        start.wait()
        password = f"{PASSWORD}-{number}"
        answer = client.post(path, answers(password=password, password_again=password))
        results.append((answer.status_code, password if answer.status_code == 302 else ""))
        connection.close()

    threads = [threading.Thread(target=accept, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    winners = [password for status, password in results if status == HTTPStatus.FOUND]
    losers = [status for status, _ in results if status != HTTPStatus.FOUND]
    guest.refresh_from_db()
    assert len(winners) == 1
    assert guest.check_password(winners[0])
    assert losers == [HTTPStatus.GONE] * 5
