"""Settings come from the environment, and a wrong one stops the start with a clear sentence."""

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment
from tests import production

ROOT = Path(__file__).resolve().parents[2]
REQUIRED = sorted(set(production.SETTINGS) - {"PORTAL_MODE"})


def test_production_settings_are_safe_without_any_warning() -> None:
    check = production.run("check", "--deploy", "--fail-level", "WARNING")

    assert check.returncode == 0, check.stderr
    assert "no issues" in check.stdout


def test_a_setting_that_is_missing_stops_the_start() -> None:
    check = production.run("check", SECRET_KEY=None)

    assert check.returncode != 0
    last = check.stderr.strip().splitlines()[-1]
    assert "SECRET_KEY ontbreekt" in last
    assert ".env.example" in last


@pytest.mark.parametrize(("name", "value"), [*((name, None) for name in REQUIRED), ("SECRET_KEY", "")])
def test_production_does_not_start_without(name: str, value: str | None) -> None:
    production.read_settings()

    with pytest.raises(ImproperlyConfigured, match=rf"^{name} ontbreekt.*\.env\.example"):
        production.read_settings(**{name: value})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"PORTAL_DEMO": "yes"}, "PORTAL_DEMO=yes hoort niet in productie"),
        ({"PORTAL_DEMO": "ja"}, "PORTAL_DEMO='ja': schrijf yes of no"),
        ({"EMAIL_USE_TLS": "true"}, "EMAIL_USE_TLS='true': schrijf yes of no"),
        ({"PORTAL_MODE": "prod"}, "kies production of development"),
        ({"DATABASE_URL": "mysql://a@b/c"}, "alleen met postgresql://"),
        ({"OPENID_CONNECT_APPS": "[{"}, "geen geldige JSON"),
        ({"EMAIL_PORT": "vijf"}, "EMAIL_PORT='vijf': schrijf een getal"),
        ({"PORT": "tachtig"}, "PORT='tachtig': schrijf een getal"),
    ],
)
def test_a_wrong_setting_stops_the_start(changes: dict[str, str], sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"{re.escape(sentence)}.*\.env\.example"):
        production.read_settings(**changes)


def test_migrations_in_production_ask_for_the_address_of_the_owner() -> None:
    check = production.run("migrate")

    assert check.returncode != 0
    assert "DATABASE_OWNER_URL ontbreekt" in check.stderr


@pytest.mark.parametrize(("spelling", "expected"), [("yes", True), ("1", True), ("no", False), ("0", False)])
def test_a_switch_has_two_spellings(monkeypatch: pytest.MonkeyPatch, spelling: str, expected: bool) -> None:
    monkeypatch.setenv("PORTAL_PROEF", spelling)

    assert environment.flag("PORTAL_PROEF", default=not expected) is expected


@pytest.mark.parametrize("spelling", ["true", "false", "on", "ja", "2", "y"])
def test_any_other_spelling_of_a_switch_is_refused(monkeypatch: pytest.MonkeyPatch, spelling: str) -> None:
    monkeypatch.setenv("PORTAL_PROEF", spelling)
    with pytest.raises(ImproperlyConfigured, match=r"\.env\.example"):
        environment.flag("PORTAL_PROEF")


def test_a_secret_can_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "geheim"
    secret.write_text("uit het bestand\n", encoding="utf-8")
    monkeypatch.setenv("PORTAL_PROEF_FILE", str(secret))

    assert environment.required("PORTAL_PROEF", "proef") == "uit het bestand"


def test_the_example_explains_every_setting_and_nothing_else() -> None:
    read = set()
    for path in (*(ROOT / "config").glob("*.py"), ROOT / "manage.py"):
        source = path.read_text(encoding="utf-8")
        read |= set(re.findall(r"environment\.\w+\(\s*\"([A-Z_]+)\"", source))
    explained = re.findall(
        r"^#? ?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert set(explained) == read
    assert len(explained) == len(set(explained))
