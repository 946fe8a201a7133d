"""The sweeper: nothing that is due stays behind."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail as sent
from django.core.management import call_command
from django.db.models import Value
from django.db.models.functions import Now

from portal import heartbeats, jobs
from portal.models import Heartbeat, Mail
from tests.brokers import dead_broker

ROOT = Path(__file__).resolve().parents[2]


def make_mail(**fields: object) -> Mail:
    return Mail.objects.create(
        purpose="proef", reference="1", recipient="petra@example.org", subject="Proef", **fields
    )


@pytest.mark.django_db
def test_the_sweeper_rings_and_leaves_the_work_to_the_workers() -> None:
    make_mail()

    assert jobs.sweep() == 0
    assert sent.outbox == []


@pytest.mark.django_db
def test_the_sweeper_does_the_work_while_the_broker_is_away() -> None:
    make_mail()
    with dead_broker():
        assert jobs.sweep() == 1
        assert jobs.sweep() == 0

    assert len(sent.outbox) == 1


@pytest.mark.django_db
def test_the_sweeper_takes_what_no_worker_comes_for() -> None:
    make_mail(due_at=Now() - Value(jobs.LATE + timedelta(seconds=1)))

    assert jobs.sweep() == 1
    assert len(sent.outbox) == 1


@pytest.mark.django_db
def test_one_round_gives_a_sign_of_life() -> None:
    assert heartbeats.silences() == {}
    call_command("sweep", once=True)
    first = Heartbeat.objects.get(name="sweeper").at
    call_command("sweep", once=True)

    assert Heartbeat.objects.get(name="sweeper").at >= first
    assert timedelta(0) <= heartbeats.silences()["sweeper"] < timedelta(seconds=5)


@pytest.mark.django_db
def test_the_sweeper_works_with_the_rights_of_the_app(as_app: object) -> None:
    make_mail()
    with as_app(), dead_broker():
        call_command("sweep", once=True)

    assert len(sent.outbox) == 1


@pytest.mark.services
def test_a_round_without_database_says_so_and_ends_well(tmp_path: Path) -> None:
    round_ = subprocess.run(
        [sys.executable, "manage.py", "sweep", "--once"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": f"postgresql://portal_app@/portal?host={tmp_path}"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert round_.returncode == 0, round_.stderr
    assert "PostgreSQL cannot be reached" in round_.stderr
