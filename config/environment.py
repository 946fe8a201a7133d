"""Read settings from the environment and explain what is missing."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

YES = frozenset({"yes", "1"})
NO = frozenset({"no", "0", ""})


def text(name: str, default: str = "") -> str:
    """The value of `name`, or of the file that `name`_FILE points to; `default` where neither is set."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def required(name: str, meaning: str) -> str:
    """The value of `name`; without it the portal does not start and says why."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(
            f"{name} ontbreekt ({meaning}). Zet deze instelling in de omgeving; "
            "alle instellingen staan met uitleg in .env.example."
        )
    return value


def flag(name: str, *, default: bool = False) -> bool:
    """True for yes/1, False for no/0; any other spelling stops the start."""
    value = text(name, "yes" if default else "no").lower()
    if value in YES:
        return True
    if value in NO:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: schrijf yes of no (zie .env.example).")


def number(name: str, default: int) -> int:
    """The whole number in `name`; anything else stops the start."""
    value = text(name) or str(default)
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name}={value!r}: schrijf een getal (zie .env.example).")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """The comma-separated parts of `name`, without blanks."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]
