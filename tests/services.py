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

from portal import embedded  # noqa: E402
from tests import in_memory, prepared  # noqa: E402
from tests.compiled import compile_all  # noqa: E402

# Never the data of the demo. What later runs need again is kept, the rest need not be on a disk.
if not os.environ.get("PYTEST_XDIST_WORKER"):
    kept = Path(os.environ.get("PORTAL_DATA_DIR") or ROOT / ".data") / "test"
    os.environ[prepared.KEPT_IN] = str(kept)
    os.environ["PORTAL_DATA_DIR"] = str(in_memory.instead_of(kept))

# Whitenoise warns where nothing was collected, and warnings are errors.
(ROOT / "staticfiles").mkdir(exist_ok=True)

USES_OWN_SERVICES = bool(os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))

_preparation: prepared.Preparation | None = None
_services: embedded.Services | None = None


def _refuse_a_second_run() -> Path:
    data_dir = Path(os.environ["PORTAL_DATA_DIR"])
    if embedded.is_owned(data_dir):
        raise pytest.UsageError(
            f"Er draaien al tests op {data_dir}; kies met PORTAL_DATA_DIR een andere map."
        )
    return data_dir


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Begin to make the tables, before workers and before Django; meanwhile modules are compiled and read."""
    global _preparation
    if os.environ.get("PYTEST_XDIST_WORKER"):
        return
    _refuse_a_second_run()
    in_memory.use_memory()
    _preparation = prepared.Preparation()
    compile_all(early_config)


def _start_servers() -> None:
    """Start both servers once, before the first test."""
    global _services
    if _services or _preparation is None:
        return
    _preparation.wait()
    if not USES_OWN_SERVICES:
        data_dir = _refuse_a_second_run()
        prepared.copy_to(data_dir)
        _keep_no_statistics(data_dir / "postgres")
        _services = embedded.Services(data_dir, durable=False)
        _services.start()


def _keep_no_statistics(cluster: Path) -> None:
    """What nearly every test writes is taken back: PostgreSQL, which looks now and then by itself, would find
    large tables with nothing in them, and plan for that."""
    with (cluster / "postgresql.auto.conf").open("a", encoding="ascii") as settings:
        settings.write("autovacuum = off\n")


def pytest_collection_finish() -> None:
    """Tests in this process: all of them are known."""
    _start_servers()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished() -> None:
    """Tests in processes of their own: the first of those knows all tests, and waits for us to begin."""
    _start_servers()


def pytest_unconfigure() -> None:
    """Stop what this session started."""
    if _services is not None:
        _services.stop()
        in_memory.give_back(_services.data_dir)
