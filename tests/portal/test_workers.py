"""Real Celery workers that are killed, and a broker that forgets everything."""

from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings

from config.celery import app
from portal.embedded import VALKEY
from tests.sites import Site, kill, site, wait_until
from tests.smtp import smtp_sink

pytestmark = pytest.mark.services

MAILS = 10
POST = """
from portal import outbox
for number in range({start}, {start} + {count}):
    outbox.post_text(purpose="proef", reference=str(number), recipient="petra@example.org",
                     subject=f"Mail {{number}}", text="Hallo", holds_secret=True)
"""
WORKER = (
    *("-m", "celery", "-A", "config"),
    *("worker", "--loglevel", "WARNING", "--concurrency", "1"),
    *("--without-mingle", "--without-gossip"),
)
SWEEPER = ("manage.py", "sweep", "--every", "0.5")


def post(here: Site, *, start: int = 0) -> None:
    here.do(POST.format(start=start, count=MAILS))


def done(here: Site) -> int:
    return len(here.rows("SELECT 1 FROM portal_mail WHERE state = 'done'"))


def connections(here: Site) -> set[object]:
    found = here.rows("SELECT pid FROM pg_stat_activity WHERE usename = 'portal_app'")
    return {pid for (pid,) in found}


def test_each_mail_leaves_once_though_the_worker_is_killed_and_the_broker_is_wiped(
    tmp_path: Path, django_db_blocker: Any
) -> None:
    with (
        django_db_blocker.unblock(),
        smtp_sink() as sink,
        site(
            tmp_path / "data",
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=str(sink.port),
            EMAIL_USE_TLS="no",
        ) as here,
    ):
        post(here)
        assert done(here) == 0
        # The fourth mail is claimed and under way when the worker dies.
        sink.silent_at = 3
        worker = here.start(*WORKER)
        assert sink.fell_silent.wait(30)
        kill(worker)
        sink.silent_at = None
        assert done(here) == 3
        assert here.rows("SELECT count(*) FROM portal_mail WHERE lease_until > now()") == [(1,)]

        with redis.Redis.from_url(here.services.addresses.redis_cache_url) as broker:
            broker.flushall()
        here.services.stop_one(VALKEY)
        here.start(*WORKER)
        # No worker can be reached, so the sweeper does what is due; the fourth is still held.
        here.start(*SWEEPER)
        wait_until(lambda: done(here) == MAILS - 1)

        here.services.start_one(VALKEY)
        here.rows("UPDATE portal_mail SET lease_until = now() WHERE state = 'waiting'")
        wait_until(lambda: done(here) == MAILS)

        assert sorted(str(message["Subject"]) for message in sink.messages) == sorted(
            f"Mail {number}" for number in range(MAILS)
        )
        assert here.rows("SELECT DISTINCT attempts FROM portal_mail ORDER BY 1") == [(1,), (2,)]
        assert here.rows("SELECT count(*) FROM portal_mail WHERE text LIKE '%Hallo%'") == [(0,)]


def test_a_worker_outlives_its_broker_and_waits_longer_for_it_than_a_page(
    tmp_path: Path, django_db_blocker: Any
) -> None:
    with (
        django_db_blocker.unblock(),
        smtp_sink() as sink,
        site(
            tmp_path / "data",
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=str(sink.port),
            EMAIL_USE_TLS="no",
        ) as here,
    ):
        worker = here.start(*WORKER)
        post(here)
        wait_until(lambda: done(here) == MAILS)
        before = connections(here)
        with here.inside():
            [conf] = app.control.inspect(timeout=5, limit=1).conf().values()
        assert conf["broker_transport_options"]["socket_timeout"] == 5
        assert settings.CELERY_BROKER_TRANSPORT_OPTIONS["socket_timeout"] < 1

        here.services.stop_one(VALKEY)
        here.services.start_one(VALKEY)
        post(here, start=MAILS)
        wait_until(lambda: done(here) == 2 * MAILS)

        assert worker.poll() is None
        assert len(sink.messages) == 2 * MAILS
        # It logs in at the database once for all tasks, and again where that was away.
        wait_until(lambda: set() < connections(here) <= before)
        here.restart_database()
        post(here, start=2 * MAILS)
        wait_until(lambda: done(here) == 3 * MAILS)
        assert len(sink.messages) == 3 * MAILS
