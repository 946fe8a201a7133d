"""Claimed jobs on real PostgreSQL and Valkey; mail stands for every kind."""

import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from celery import current_app
from django.conf import settings
from django.core import mail as outbox_of_test
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Now

from portal import jobs, tasks
from portal.jobs import JobState, LeaseLost
from portal.models import Mail
from tests.brokers import broker_at, dead_broker, hung_broker, refusing_broker
from tests.factories import make_person
from tests.smtp import smtp_sink

Rings = Callable[[], int]
Commit = Callable[[], AbstractContextManager[Any]]


def make_mail(number: int = 1, **fields: Any) -> Mail:
    values = {"purpose": "proef", "subject": "Proef", "text": "Hallo", **fields}
    return Mail.objects.create(reference=str(number), recipient=f"persoon{number}@example.org", **values)


def let_leases_pass() -> None:
    Mail.objects.filter(lease_until__isnull=False).update(lease_until=Now() - Value(timedelta(seconds=1)))


@pytest.fixture
def rings(monkeypatch: pytest.MonkeyPatch) -> Iterator[Rings]:
    """How often the bell rang for mail: the length of a queue that no worker empties."""
    queue = f"proef-{uuid.uuid4().hex}"
    monkeypatch.setattr(Mail, "queue", queue)
    monkeypatch.setattr(jobs, "_quiet_until", 0.0)

    def count() -> int:
        with current_app.connection_for_write() as broker:
            return broker.default_channel.client.llen(queue)

    yield count
    with current_app.connection_for_write() as broker:
        broker.default_channel.client.delete(queue)


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds for which the broker was asked to take a message, whether it did or not."""
    asked = []
    send = tasks.work.apply_async

    def ask(*, kwargs: dict[str, str], **options: Any) -> Any:
        asked.append(kwargs["kind"])
        return send(kwargs=kwargs, **options)

    monkeypatch.setattr(tasks.work, "apply_async", ask)
    return asked


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Commit:
    """`with commit():` runs at its end what waits for a commit."""
    return partial(django_capture_on_commit_callbacks, execute=True)


# --- Claiming -------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_eight_workers_claim_two_hundred_rows_each_exactly_once() -> None:
    expected = {make_mail(number).pk for number in range(200)}
    connection.close()
    start = threading.Barrier(8)

    def claim_until_empty(_: int) -> list[int]:
        start.wait()
        found = []
        try:
            while claimed := Mail.objects.claim(3):
                found += [row.pk for row in claimed]
        finally:
            connection.close()
        return found

    with ThreadPoolExecutor(8) as workers:
        claims = list(workers.map(claim_until_empty, range(8)))
    counts = Counter(pk for found in claims for pk in found)

    assert set(counts) == expected
    assert set(counts.values()) == {1}
    assert sum(bool(found) for found in claims) > 1, "only one worker got any work"
    assert set(Mail.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_being_claimed_is_passed_over_and_not_waited_for() -> None:
    first, second = make_mail(1), make_mail(2)
    with transaction.atomic():
        Mail.objects.select_for_update().get(pk=first.pk)
        with ThreadPoolExecutor(1) as worker:
            claimed = worker.submit(claim_and_hang_up).result(timeout=3)

    assert claimed == [second.pk]


def claim_and_hang_up() -> list[int]:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # Who waits for the lock fails, instead of waiting for the test that waits for her.
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            return [row.pk for row in Mail.objects.claim(5)]
    finally:
        connection.close()


@pytest.mark.django_db
def test_rows_that_are_held_finished_or_for_later_are_not_due() -> None:
    make_mail(1, due_at=Now() + Value(timedelta(minutes=1)))
    make_mail(2, state=JobState.DONE, finished_at=Now())
    make_mail(3, state=JobState.FAILED, finished_at=Now())
    make_mail(4, state=JobState.CANCELLED)
    held = make_mail(5)

    assert Mail.objects.claim(9) == [held]
    assert Mail.objects.claim(9) == []


@pytest.mark.django_db
def test_the_first_holder_of_an_expired_lease_can_change_nothing() -> None:
    make_mail(holds_secret=True)
    (first,) = Mail.objects.claim()
    let_leases_pass()
    (second,) = Mail.objects.claim()
    before = Mail.objects.values().get()

    for late_act in (lambda: first.finish(text="van de eerste"), lambda: first.fail(ValueError())):
        with pytest.raises(LeaseLost):
            late_act()

    assert Mail.objects.values().get() == before
    assert before["attempts"] == 2
    second.finish()
    assert Mail.objects.get().state == JobState.DONE


@pytest.mark.django_db
def test_work_in_the_transaction_of_a_lost_lease_is_undone() -> None:
    make_mail()
    (first,) = Mail.objects.claim()
    let_leases_pass()
    Mail.objects.claim()

    def work_of_the_first() -> None:
        with transaction.atomic():
            make_mail(2)
            first.finish()

    with pytest.raises(LeaseLost):
        work_of_the_first()

    assert not Mail.objects.filter(reference="2").exists()


@pytest.mark.django_db
def test_finishing_twice_counts_once() -> None:
    make_mail()
    (row,) = Mail.objects.claim()
    row.finish()
    finished = Mail.objects.values().get()

    with pytest.raises(LeaseLost):
        row.finish(text="nog eens")

    assert Mail.objects.values().get() == finished


# --- Trying again ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_each_failure_waits_longer_and_the_last_one_is_final(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_USE_TLS = False
    make_mail()
    waits = []
    with smtp_sink() as sink:
        sink.refusal = "451 straks weer"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        for attempt in range(1, Mail.max_attempts + 1):
            assert jobs.work_due(Mail) == 1
            row = Mail.objects.annotate(wait=F("due_at") - Now()).get()
            assert row.attempts == attempt
            assert "451" in row.last_error
            waits.append(row.wait)
            assert jobs.work_due(Mail) == 0, "it may not be tried again before its time"
            Mail.objects.filter(state=JobState.WAITING).update(due_at=Now())

    assert waits[:-1] == sorted(waits[:-1])
    assert waits[0] > timedelta(seconds=25)
    assert max(waits) <= timedelta(hours=1)
    row.refresh_from_db()
    assert (row.state, row.lease_until, row.finished_at is None) == (JobState.FAILED, None, False)


@pytest.mark.django_db
def test_a_failed_row_gets_new_tries_when_somebody_asks() -> None:
    make_mail(1, state=JobState.FAILED, finished_at=Now(), attempts=8, last_error="stuk")
    make_mail(2, state=JobState.CANCELLED)

    assert jobs.retry(Mail, by=make_person()) == 1
    assert jobs.work_due(Mail) == 1
    assert [message.to for message in outbox_of_test.outbox] == [["persoon1@example.org"]]
    assert jobs.retry(Mail, by=make_person()) == 0


@pytest.mark.django_db
def test_a_row_that_kills_its_worker_each_time_is_given_up() -> None:
    make_mail()
    for _ in range(Mail.max_attempts):
        assert len(Mail.objects.claim()) == 1
        assert jobs.sweep() == 0
        assert Mail.objects.get().state == JobState.WAITING, "the last try is still being made"
        let_leases_pass()

    assert Mail.objects.claim() == []
    jobs.sweep()
    row = Mail.objects.get()
    assert (row.state, row.last_error) == (JobState.FAILED, jobs.LOST_WORKERS)


@pytest.mark.django_db
def test_an_error_of_one_row_leaves_the_next_alone(settings: Any) -> None:
    make_mail(1, subject="Regel\neen")
    make_mail(2)

    assert jobs.work_due(Mail) == 2
    assert set(Mail.objects.values_list("reference", "state")) == {("1", "waiting"), ("2", "done")}


# --- The bell -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_bell_rings_after_commit_and_once_per_kind(rings: Rings, commit: Commit) -> None:
    with commit():
        for _ in range(80):
            jobs.ring(Mail)
        assert rings() == 0
    assert rings() == 1


@pytest.mark.django_db
def test_the_bell_calls_as_many_workers_as_the_largest_ring_asked(rings: Rings, commit: Commit) -> None:
    with commit():
        jobs.ring(Mail, times=2)
        jobs.ring(Mail, times=4)
        jobs.ring(Mail)
    assert rings() == 4


@pytest.mark.django_db(transaction=True)
def test_a_short_lease_is_kept_through_a_long_transaction_and_runs_out_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Mail, "lease", timedelta(milliseconds=300))
    make_mail()
    (mail,) = Mail.objects.claim()
    with mail.held(), transaction.atomic():
        time.sleep(0.8)
        with ThreadPoolExecutor(1) as worker:
            assert worker.submit(claim_and_hang_up).result(timeout=3) == []
    time.sleep(0.4)
    assert claim_and_hang_up() == [mail.pk]


@pytest.mark.django_db(transaction=True)
def test_a_lease_that_somebody_took_is_not_kept(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Mail, "lease", timedelta(milliseconds=60))
    make_mail()
    (mail,) = Mail.objects.claim()
    with mail.held():
        Mail.objects.update(lease_token=None, lease_until=None)
        time.sleep(0.2)
    assert Mail.objects.get().lease_until is None
    assert "Lease not kept" in caplog.text
    with pytest.raises(LeaseLost):
        mail.finish()


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_is_rolled_back_rings_nothing(rings: Rings) -> None:
    with transaction.atomic():
        jobs.ring(Mail)
        transaction.set_rollback(True)
    assert rings() == 0


@pytest.mark.django_db
def test_a_savepoint_that_is_rolled_back_takes_only_its_own_ring_along(rings: Rings, commit: Commit) -> None:
    with commit():
        with transaction.atomic():
            jobs.ring(Mail, times=3)
            transaction.set_rollback(True)
        jobs.ring(Mail)
    assert rings() == 1


@pytest.mark.django_db(transaction=True)
def test_an_error_in_the_bell_stays_out_of_the_act(caplog: pytest.LogCaptureFixture) -> None:
    with broker_at("bestaatniet://"), transaction.atomic():
        jobs.ring(Mail)
        make_mail()

    assert Mail.objects.count() == 1
    assert "Error calling" in caplog.text


@pytest.mark.django_db
def test_with_the_broker_dead_an_act_goes_on_and_urgent_rows_are_worked_at_once(
    commit: Commit, attempts: list[str]
) -> None:
    with dead_broker():
        with commit():
            make_mail(1)
            jobs.ring(Mail)
            jobs.ring(Mail, urgent=make_mail(2))
            jobs.ring(Mail, urgent=make_mail(3))
        assert len(attempts) == 1
        assert [message.to[0] for message in outbox_of_test.outbox] == [
            "persoon2@example.org",
            "persoon3@example.org",
        ]
        assert jobs.sweep() == 1
    assert not Mail.objects.exclude(state=JobState.DONE).exists()


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_hung_broker_is_waited_for_once_and_then_left_alone(attempts: list[str]) -> None:
    with hung_broker():
        jobs.ring(Mail, urgent=make_mail())
        # Worked by who rang, as soon as the one attempt ended without an answer.
        assert len(outbox_of_test.outbox) == 1
        for _ in range(80):
            jobs.ring(Mail)

    assert len(attempts) == 1


def test_one_attempt_at_the_broker_lasts_less_than_a_second() -> None:
    limits = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    assert limits["socket_connect_timeout"] < 1
    assert limits["socket_timeout"] < 1
    assert (limits["max_retries"], limits["retry_on_timeout"]) == (0, False)
    assert not settings.CELERY_TASK_PUBLISH_RETRY


@pytest.mark.services
@pytest.mark.django_db
def test_a_broker_that_answers_and_stores_nothing_is_a_broker_that_is_away(
    commit: Commit,
) -> None:
    with refusing_broker(), commit():
        jobs.ring(Mail, urgent=make_mail())

    assert len(outbox_of_test.outbox) == 1


@pytest.mark.django_db
def test_with_the_broker_there_urgent_rows_are_left_to_the_workers(rings: Rings, commit: Commit) -> None:
    with commit():
        jobs.ring(Mail, urgent=make_mail())

    assert rings() == 1
    assert outbox_of_test.outbox == []
