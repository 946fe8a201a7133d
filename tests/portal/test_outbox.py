"""Mail from row to mail server."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail as sent
from django.db import transaction
from django.db.models.functions import Now

from portal import files, jobs, outbox
from portal.jobs import JobState
from portal.models import WIPED, Mail
from tests.brokers import dead_broker
from tests.smtp import Sink, smtp_sink


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """A real mail server, to which the portal sends."""
    with smtp_sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_USE_TLS = False
        settings.DEFAULT_FROM_EMAIL = "Portaal <portaal@example.org>"
        yield sink


def post(**changes: Any) -> Mail:
    words = {
        "purpose": "uitnodiging",
        "reference": "7",
        "recipient": "petra@example.org",
        "subject": "U bent uitgenodigd",
        "text": "Kom erbij.",
    }
    return outbox.post_text(**{**words, **changes})


@pytest.mark.django_db
def test_a_mail_is_sent_once_per_purpose_reference_and_recipient() -> None:
    first, second = post(), post(text="Een tweede keer")
    post(recipient="wim@example.org")
    post(reference="8")
    post(purpose="herinnering")
    jobs.work_due(Mail)
    jobs.work_due(Mail)

    assert first == second
    assert len(sent.outbox) == 4
    assert sent.outbox[0].body == "Kom erbij.\n"


@pytest.mark.django_db(transaction=True)
def test_the_mail_of_an_act_that_is_undone_does_not_exist() -> None:
    with dead_broker(), transaction.atomic():
        post(urgent=True)
        transaction.set_rollback(True)

    assert not Mail.objects.exists()
    assert sent.outbox == []


@pytest.mark.django_db
def test_a_code_leaves_at_once_where_the_broker_is_away_and_other_mail_waits(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with dead_broker(), django_capture_on_commit_callbacks(execute=True):
        post(urgent=True)
        post(reference="8")

    assert len(sent.outbox) == 1
    assert Mail.objects.get(reference="8").state == JobState.WAITING


@pytest.mark.django_db
def test_a_code_does_not_stay_behind_after_it_was_sent(settings: Any) -> None:
    settings.PORTAL_DEMO = False
    post(text="Uw code is 123456", holds_secret=True)
    post(reference="8", text="Geen geheim")
    jobs.work_due(Mail)

    assert "123456" in sent.outbox[0].body
    assert set(Mail.objects.values_list("text", flat=True)) == {WIPED, "Geen geheim\n"}


@pytest.mark.django_db
def test_the_demo_keeps_codes_because_it_shows_them(settings: Any) -> None:
    settings.PORTAL_DEMO = True
    mail = post(text="Uw code is 123456", holds_secret=True)
    jobs.work_due(Mail)
    mail.refresh_from_db()

    assert "123456" in mail.text
    assert mail.state == JobState.DONE


@pytest.mark.django_db
def test_a_refusal_of_the_mail_server_is_visible_and_the_mail_arrives_later(sink: Sink) -> None:
    mail = post(holds_secret=True)
    sink.refusal = "450 straks weer"
    jobs.work_due(Mail)
    mail.refresh_from_db()

    assert (mail.state, mail.attempts) == (JobState.WAITING, 1)
    assert "450" in mail.last_error
    assert mail.text == "Kom erbij.\n"

    sink.refusal = ""
    Mail.objects.update(due_at=Now())
    jobs.work_due(Mail)
    jobs.work_due(Mail)
    mail.refresh_from_db()

    assert (mail.state, mail.last_error, mail.text) == (JobState.DONE, "", WIPED)
    (message,) = sink.messages
    assert message["To"] == "petra@example.org"
    assert message["Message-ID"] == f"<mail-{mail.pk}@example.org>"


@pytest.mark.django_db
def test_a_mail_server_that_is_gone_is_a_reason_to_wait(settings: Any) -> None:
    with smtp_sink() as gone:
        port = gone.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    mail = post()
    jobs.work_due(Mail)
    mail.refresh_from_db()

    assert mail.state == JobState.WAITING
    assert "ConnectionRefusedError" in mail.last_error


@pytest.mark.django_db
def test_a_file_goes_along_with_its_mail(settings: Any) -> None:
    file = files.store_bytes(name="bewijs.pdf", content_type="application/pdf", content=b"%PDF-1.7 bewijs")
    post(attachment=file)
    jobs.work_due(Mail)
    (message,) = sent.outbox
    assert message.attachments == [("bewijs.pdf", b"%PDF-1.7 bewijs", "application/pdf")]


@pytest.mark.django_db
def test_a_long_subject_or_one_of_two_lines_does_not_stop_the_act() -> None:
    mail = post(subject="Uitnodiging voor\n" + "Kraamzorg " * 40)
    jobs.work_due(Mail)

    assert len(mail.subject) == 200
    assert mail.subject.startswith("Uitnodiging voor Kraamzorg")
    assert len(sent.outbox) == 1
