"""A portal of its own on this machine: servers, tables and processes that a test may kill."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
from django.db import connections
from django.test import override_settings

from portal.database_url import parse_database_url
from portal.embedded import POSTGRES, Services
from tests import prepared
from tests.brokers import broker_at

ROOT = Path(__file__).resolve().parent.parent


def wait_until(condition: Callable[[], bool], *, seconds: float = 20) -> None:
    """Return as soon as `condition` holds; fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        # Most conditions ask the database on a connection of their own, beside what is waited for.
        time.sleep(0.1)


class Site:
    """The servers of one data folder, and whatever runs on them."""

    def __init__(self, services: Services, **changes: str) -> None:
        self.services = services
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PORTAL_", "DATABASE_", "REDIS_", "EMAIL_", "DJANGO_", "PYTEST"))
        }
        self.environment = {
            **kept,
            "PORTAL_MODE": "development",
            "PORTAL_DATA_DIR": str(services.data_dir),
            "PORTAL_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
            # As root Celery prints ten lines of warning.
            "PYTHONWARNINGS": "ignore",
            **changes,
        }
        self.processes: list[subprocess.Popen[bytes]] = []
        self._connection: psycopg.Connection | None = None

    def run(self, *arguments: str) -> str:
        """Run Python with these arguments to its end; what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            # Only against hanging: on a busy machine all migrations take minutes.
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def inside(self) -> Iterator[None]:
        """What this process does in the block it does on this site, with the rights of the app: on its
        database, its queue and its keys. A process of its own would begin by reading the whole portal."""
        was = connections["default"]
        address = parse_database_url(self.services.addresses.app_database_url)
        # The pool is that of the tests.
        options = {name: value for name, value in was.settings_dict["OPTIONS"].items() if name != "pool"}
        connections["default"] = type(was)({**was.settings_dict, **address, "OPTIONS": options}, "default")
        try:
            with (
                override_settings(DATA_DIR=self.services.data_dir),
                broker_at(self.services.addresses.redis_url),
            ):
                yield
        finally:
            connections["default"].close()
            connections["default"] = was

    def do(self, code: str) -> None:
        """Run Python as `manage.py shell` does, inside this process."""
        with self.inside():
            exec(code, {})

    def manage(self, *arguments: str) -> str:
        """Run one management command to its end; what it printed."""
        return self.run("manage.py", *arguments)

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a lasting process in a group of its own."""
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.environment,
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Ask the database as its owner."""
        # Kept, because who waits asks ten times a second, and to connect costs more than to answer.
        if self._connection is None or self._connection.closed:
            address = self.services.addresses.owner_database_url
            self._connection = psycopg.connect(address, autocommit=True)
        cursor = self._connection.execute(query)
        return cursor.fetchall() if cursor.description else []

    def restart_database(self) -> None:
        """Stop and start PostgreSQL, under whoever uses it."""
        self._leave()
        self.services.restart(POSTGRES)

    def end(self) -> None:
        """Kill what was started and leave the database."""
        for process in self.processes:
            kill(process)
        self._leave()

    def _leave(self) -> None:
        if self._connection is not None:
            self._connection.close()


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9 of a process and its children."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def kill_children(process: subprocess.Popen[bytes]) -> None:
    """kill -9 of what a process started, which it may start anew."""
    for child in psutil.Process(process.pid).children():
        with suppress(psutil.NoSuchProcess):
            child.kill()


@contextmanager
def site(data_dir: Path, **changes: str) -> Iterator[Site]:
    """A site with all tables but no places or indicators, for as long as the block runs."""
    prepared.copy_to(data_dir)
    with Services(data_dir, durable=False) as services:
        found = Site(services, **changes)
        try:
            yield found
        finally:
            found.end()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(port: int, path: str) -> tuple[int, str, float]:
    """Status, text and seconds of one page."""
    started = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        response = connection.getresponse()
        return response.status, response.read().decode(), time.monotonic() - started
    finally:
        connection.close()
