"""The test session owns its PostgreSQL and Valkey; loaded before Django reads its settings."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

os.environ.setdefault("PORTAL_MODE", "development")
os.environ.setdefault("PORTAL_DATABASE_ROLE", "owner")
os.environ.setdefault("PORTAL_STATIC_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")
os.environ.setdefault("PORTAL_PASSWORD_HASHER", "django.contrib.auth.hashers.MD5PasswordHasher")
os.environ.setdefault("EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
# Never the data of the demo.
if not os.environ.get("PYTEST_XDIST_WORKER"):
    os.environ["PORTAL_DATA_DIR"] = str(Path(os.environ.get("PORTAL_DATA_DIR") or ROOT / ".data") / "test")

from portal import embedded  # noqa: E402
from tests import prepared  # noqa: E402

# Whitenoise warns where nothing was collected, and warnings are errors.
(ROOT / "staticfiles").mkdir(exist_ok=True)

USES_OWN_SERVICES = bool(os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))

_services: embedded.Services | None = None


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Make the tables and start both servers once, before workers and before Django."""
    global _services
    if os.environ.get("PYTEST_XDIST_WORKER"):
        return
    data_dir = Path(os.environ["PORTAL_DATA_DIR"])
    if embedded.is_owned(data_dir):
        raise pytest.UsageError(
            f"Er draaien al tests op {data_dir}; kies met PORTAL_DATA_DIR een andere map."
        )
    prepared.prepare()
    if not USES_OWN_SERVICES:
        prepared.copy_to(data_dir)
        _services = embedded.Services(data_dir, durable=False)
        _services.start()


def pytest_unconfigure() -> None:
    """Stop what this session started."""
    if _services is not None:
        _services.stop()
