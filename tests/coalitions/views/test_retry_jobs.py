"""The button that lets failed work be tried again."""

import pytest
from django.db.models.functions import Now
from django.test import Client

from partners.models import Person
from portal.models import Mail

URL = "/platform/opnieuw/portal.mail/"


@pytest.fixture
def failed_mail(db: None) -> Mail:
    return Mail.objects.create(
        purpose="proef",
        reference="1",
        recipient="petra@example.org",
        subject="Proef",
        state="failed",
        finished_at=Now(),
        attempts=8,
    )


def test_the_administrator_lets_failed_mail_be_sent_again(
    log_in: object, administrator: Person, failed_mail: Mail
) -> None:
    response = log_in(administrator).post(URL)
    failed_mail.refresh_from_db()

    assert (response.status_code, response["Location"]) == (302, "/platform/")
    assert (failed_mail.state, failed_mail.attempts) == ("waiting", 0)


def test_who_is_not_logged_in_logs_in_first(client: Client, failed_mail: Mail) -> None:
    assert client.post(URL).status_code == 302
    failed_mail.refresh_from_db()
    assert failed_mail.state == "failed"


def test_a_coordinator_may_not(log_in: object, coordinator: Person, failed_mail: Mail) -> None:
    assert log_in(coordinator).post(URL).status_code == 403
    failed_mail.refresh_from_db()
    assert failed_mail.state == "failed"


def test_an_unknown_kind_of_work_is_not_found(log_in: object, administrator: Person) -> None:
    assert log_in(administrator).post("/platform/opnieuw/auth.user/").status_code == 404


def test_following_a_link_does_nothing(log_in: object, administrator: Person, failed_mail: Mail) -> None:
    assert log_in(administrator).get(URL).status_code == 405
