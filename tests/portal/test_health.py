"""What load balancers and the administrator hear."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.test import Client

from portal import health, heartbeats
from portal.hooks import Place
from portal.models import Heartbeat
from portal.panels import panels
from tests.brokers import dead_broker, hung_broker


@pytest.fixture
def living(db: None) -> None:
    heartbeats.beat("sweeper")
    heartbeats.beat("beat")


@pytest.fixture
def no_database(tmp_path: Path) -> Iterator[None]:
    """The address of the database leads nowhere; what is open stays open for the test itself."""
    was = connection.settings_dict["HOST"]
    connection.settings_dict["HOST"] = str(tmp_path)
    yield
    connection.settings_dict["HOST"] = was


def test_all_is_well(client: Client, living: None, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(1):
        response = client.get("/gezond/")

    assert response.status_code == 200
    assert response.json() == {
        "status": "goed",
        "database": "goed",
        "broker": "goed",
        "sweeper": "goed",
        "beat": "goed",
    }
    assert "no-store" in response["Cache-Control"]


def test_the_answer_is_the_same_for_who_speaks_no_tls(client: Client, living: None, settings: object) -> None:
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/gezond/").status_code == 200
    assert client.get("/privacy/").status_code == 301


@pytest.mark.services
@pytest.mark.parametrize("away", [dead_broker, hung_broker])
def test_without_broker_the_portal_works_on_with_less(client: Client, living: None, away: object) -> None:
    with away():
        started = time.monotonic()
        response = client.get("/gezond/")

    assert time.monotonic() - started < 2
    assert response.status_code == 200
    assert response.json()["status"] == "verminderd"
    assert response.json()["broker"] == "weg"


def test_without_database_no_page_works(client: Client, db: None, no_database: None) -> None:
    started = time.monotonic()
    response = client.get("/gezond/")

    assert time.monotonic() - started < 2
    assert response.status_code == 503
    assert response.json()["status"] == "onbereikbaar"
    assert response.json()["database"] == "weg"


@pytest.mark.parametrize("name", ["sweeper", "beat"])
def test_a_process_that_fell_silent_shows(client: Client, living: None, name: str) -> None:
    Heartbeat.objects.filter(name=name).update(
        at=Now() - Value(health.LONGEST_SILENCE + timedelta(seconds=1))
    )
    body = client.get("/gezond/").json()

    assert body["status"] == "verminderd"
    assert [key for key, value in body.items() if value == "weg"] == [name]


@pytest.mark.django_db
def test_a_process_that_never_ran_shows(client: Client) -> None:
    body = client.get("/gezond/").json()

    assert (body["sweeper"], body["beat"]) == ("weg", "weg")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("age", "word"), [(timedelta(seconds=20), "Start op"), (timedelta(minutes=1), "Werkt niet")]
)
def test_a_process_that_just_started_is_not_called_broken(monkeypatch, age: timedelta, word: str) -> None:
    monkeypatch.setattr(health, "_age", lambda: age)
    panel = panels(Place.PLATFORM, subject=None, person=None)[0]

    shown = render_to_string(panel.template, {"panel": panel})

    assert shown.count(word) == 2, "sweeper and beat"


def test_what_lives_is_well_however_short_ago_it_started(living: None, monkeypatch) -> None:
    monkeypatch.setattr(health, "_age", lambda: timedelta(seconds=1))

    assert not any(part.is_starting for part in health.check_parts())


def test_the_administrator_sees_the_same_in_words(living: None) -> None:
    shown = panels(Place.PLATFORM, subject=None, person=None)[0].context["parts"]

    assert [part.label for part in shown if part.is_well] == [
        "Database",
        "Wachtrij",
        "Veger",
        "Klok en werkprocessen",
    ]
    assert "seconden geleden" in shown[-1].detail
