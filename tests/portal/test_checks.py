"""Each rule between settings fails when it is broken, and `manage.py check` asks it."""

from typing import Any

import pytest
from django.core.checks import run_checks

from portal import jobs


@pytest.fixture
def production(settings: Any) -> Any:
    settings.IS_PRODUCTION = True
    settings.PORTAL_DEMO = False
    settings.PORTAL_REQUIRES_SECOND_FACTOR = True
    settings.PORTAL_ORIGIN = "https://portaal.voorbeeld.nl"
    settings.ALLOWED_HOSTS = ["portaal.voorbeeld.nl"]
    settings.APP_DATABASE_ROLE = "een_andere_rol"
    return settings


def found() -> list[str]:
    return [str(message.id) for message in run_checks() if str(message.id).startswith("portal.")]


def test_these_settings_are_fine(settings: Any) -> None:
    assert found() == []


def test_production_is_fine(production: Any) -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("setting", "value"), [("PORTAL_DEMO", True), ("PORTAL_REQUIRES_SECOND_FACTOR", False)]
)
def test_production_is_no_demo(production: Any, setting: str, value: object) -> None:
    setattr(production, setting, value)

    assert found() == ["portal.E001"]


@pytest.mark.parametrize(
    "origin",
    [
        "http://portaal.voorbeeld.nl",
        "https://elders.voorbeeld.nl",
        "https://portaal.voorbeeld.nl/",
        "portaal.voorbeeld.nl",
        "",
    ],
)
def test_links_in_mail_lead_to_a_page_of_the_portal(production: Any, origin: str) -> None:
    production.PORTAL_ORIGIN = origin

    assert found() == ["portal.E002"]


@pytest.mark.parametrize(("limit", "keeps"), [(3600, 3600), (200, 3600)])
def test_time_limits_fit_in_each_other(settings: Any, limit: int, keeps: int) -> None:
    settings.CELERY_TASK_TIME_LIMIT = limit
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": keeps}

    assert found() == ["portal.E003"]


def test_a_shift_of_a_worker_ends_before_its_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "SHIFT_SECONDS", 890.0)

    assert found() == ["portal.E004"]


def test_web_and_workers_do_not_own_the_evidence(production: Any) -> None:
    production.RUNS_AS_OWNER = True
    production.APP_DATABASE_ROLE = production.DATABASES["default"]["USER"]

    assert found() == ["portal.E005"]
