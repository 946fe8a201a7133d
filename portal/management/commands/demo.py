"""Run the whole portal with demo data on this machine."""

import hashlib
import os
import select
import signal
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.embedded import Services
from portal.supervisor import Service, Supervisor, Task

SOURCE_KINDS = (".py", ".csv", ".json", ".toml")
PASSWORD = "kansrijke-start"  # noqa: S105 (for everybody to know: this is the demo)
ACCOUNTS = (
    ("coordinator@demo.example", "coördinator van een coalitie"),
    ("kernteam@demo.example", "lid van het kernteam, de tweede persoon bij een convenant"),
    ("partner@demo.example", "partner die nog moet ondertekenen"),
    ("wethouder@demo.example", "wethouder"),
    ("analist@demo.example", "analist"),
    ("tweede.analist@demo.example", "analist die uitgaven goedkeurt"),
    ("beheer@demo.example", "beheerder van het platform"),
)


def manage(*arguments: str) -> tuple[str, ...]:
    """The command line of one management command, in this Python."""
    return (sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments)


def module(name: str, *arguments: str) -> tuple[str, ...]:
    """The command line of an installed program, in this Python."""
    return (sys.executable, "-m", name, *arguments)


def steps(*, port: int, data_dir: Path, is_prepared: bool) -> tuple[Task | Service, ...]:
    """Everything the demo starts, in order; a prepared demo opens its doors first."""
    prepare = (
        Task(
            "database",
            "Tabellen en rechten bijwerken …",
            manage("prepare"),
            {"PORTAL_DATABASE_ROLE": "owner"},
        ),
        Task("gegevens", "Demonstratiegegevens laden …", manage("load_demo")),
    )
    workers = (
        Service(
            "worker",
            "Worker starten …",
            module(
                *("celery", "--quiet", "-A", "config", "worker"),
                *("--loglevel", "WARNING", "--concurrency", "2"),
                # The two workers need not look for each other.
                *("--without-mingle", "--without-gossip"),
            ),
            # As root Celery would print ten lines of warning.
            {"PYTHONWARNINGS": "ignore::UserWarning"},
            # Without waiting for running jobs: their lease returns them.
            stop_signal=signal.SIGQUIT,
        ),
        Service(
            "controle",
            "Worker voor de controle van kleine aantallen starten …",
            module(
                *("celery", "--quiet", "-A", "config", "worker", "--queues", "audits"),
                *("--loglevel", "WARNING", "--concurrency", "1"),
                *("--without-mingle", "--without-gossip"),
            ),
            {"PYTHONWARNINGS": "ignore::UserWarning"},
            stop_signal=signal.SIGQUIT,
        ),
        Service(
            "beat",
            "Klok voor vaste taken starten …",
            module(
                *("celery", "--quiet", "-A", "config.clock", "beat", "--loglevel", "WARNING"),
                *("--schedule", str(data_dir / "celerybeat-schedule"), "--pidfile", ""),
            ),
        ),
        Service("veger", "Veger voor achtergebleven werk starten …", manage("sweep")),
    )
    figures = Task("cijfers", "Cijfers per regio berekenen en duiden …", manage("publish_demo"))
    web = Service(
        "web",
        "Webserver starten …",
        module(
            *("gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--workers", "2", "--threads", "4", "-c", "config/gunicorn.py"),
            *("--log-level", "warning"),
        ),
        # Without waiting for browsers that keep their connection open.
        stop_signal=signal.SIGQUIT,
        is_up=FirstAnswer(port),
    )
    return (web, *workers) if is_prepared else (*prepare, *workers, figures, web)


def fingerprint(data_dir: Path) -> str:
    """Stays the same while neither code, nor the figures it carries, nor libraries, nor cluster changed."""
    others = (settings.BASE_DIR / "requirements.txt", data_dir / "postgres" / "PG_VERSION")
    sources = [
        Path(folder, name)
        # Those of libraries are not there.
        for app in settings.INSTALLED_APPS
        for folder, _folders, names in os.walk(settings.BASE_DIR / app)
        for name in names
        if name.endswith(SOURCE_KINDS)
    ]
    state = [(str(path), path.stat()) for path in (*sorted(sources), *others) if path.exists()]
    text = "".join(f"{name} {found.st_size} {found.st_mtime_ns}\n" for name, found in state)
    return hashlib.sha256(text.encode()).hexdigest()


def is_port_free(port: int) -> bool:
    """Whether the web server can listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class FirstAnswer:
    """Asks the web server for one page, once, without waiting; true when the answer begins."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection: socket.socket | None = None

    def __call__(self) -> bool:
        try:
            if self.connection is None:
                self.connection = socket.create_connection(("127.0.0.1", self.port), timeout=1)
                self.connection.sendall(b"GET /gezond/ HTTP/1.0\r\nHost: localhost\r\n\r\n")
            if not select.select([self.connection], [], [], 0)[0]:
                return False
            has_begun = bool(self.connection.recv(1))
        except OSError:
            has_begun = False
        if self.connection is not None:
            self.connection.close()
            self.connection = None
        return has_begun


def welcome(port: int) -> str:
    """What to read when the demo runs: address, accounts, how to stop."""
    width = max(len(email) for email, _role in ACCOUNTS)
    return "\n".join(
        (
            "",
            f"Het portaal draait op http://localhost:{port}/",
            "",
            f"Inloggen kan met deze accounts, wachtwoord {PASSWORD}:",
            *(f"  {email:<{width}}  {role}" for email, role in ACCOUNTS),
            "",
            "Stoppen: Ctrl-C",
        )
    )


class Command(BaseCommand):
    """One supervisor for database, broker, first steps, worker, beat, sweeper and web server."""

    help = "Draait het hele portaal met demonstratiegegevens, tot Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=settings.PORT)

    def handle(self, *, port: int, **options: Any) -> None:
        if not settings.PORTAL_DEMO:
            raise CommandError("De demo draait alleen met PORTAL_DEMO=yes (zie .env.example).")
        if not is_port_free(port):
            raise CommandError(
                f"Poort {port} is al in gebruik, misschien door een demo die nog draait. Stop die, "
                f"of kies een andere poort: make demo PORT={port + 1}"
            )
        os.chdir(settings.BASE_DIR)
        data_dir = settings.DATA_DIR
        data_dir.mkdir(parents=True, exist_ok=True)
        environment = {
            **os.environ,
            "PORTAL_LOG_LEVEL": os.environ.get("PORTAL_LOG_LEVEL", "WARNING"),
            "PORTAL_MODE": "development",
            "PORTAL_DEMO": "yes",
            "PORTAL_DATABASE_ROLE": "app",
            "PORTAL_DATA_DIR": str(data_dir),
            "PORT": str(port),
        }
        has_own_servers = bool(os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))
        # What was prepared for this code and this cluster need not be prepared again.
        stamp = data_dir / "demo.stamp"
        is_prepared = (
            not has_own_servers
            and stamp.exists()
            and stamp.read_text(encoding="ascii") == fingerprint(data_dir)
        )
        supervisor = Supervisor(
            services=None if has_own_servers else Services(data_dir), environment=environment
        )

        def welcome_visitors() -> None:
            supervisor.say(welcome(port))
            stamp.write_text(fingerprint(data_dir), encoding="ascii")

        sys.exit(
            supervisor.run(
                steps(port=port, data_dir=data_dir, is_prepared=is_prepared),
                on_up=welcome_visitors,
            )
        )
