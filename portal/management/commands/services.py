"""Run the embedded PostgreSQL and Valkey for development, or halt one of them for a while."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal import embedded
from portal.supervisor import Supervisor


class Command(BaseCommand):
    """`services` runs both; `services stop valkey` and `services start valkey` work beside it."""

    help = "Draait PostgreSQL en Valkey voor ontwikkeling, tot Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", nargs="?", choices=["run", "stop", "start"], default="run")
        parser.add_argument("server", nargs="?", choices=[embedded.POSTGRES, embedded.VALKEY])

    def handle(self, *, act: str, server: str | None, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError(
                "De ingebouwde database is niet voor productie. Gebruik daar een eigen PostgreSQL "
                "en Redis (zie .env.example), of zet PORTAL_MODE=development."
            )
        if act == "run":
            self._run()
        elif server is None:
            raise CommandError("Noem de server: postgres of valkey.")
        elif not embedded.is_owned(settings.DATA_DIR):
            raise CommandError(
                f"Voor {settings.DATA_DIR} draaien geen ingebouwde servers. Start eerst "
                "make demo of manage.py services."
            )
        elif act == "stop":
            embedded.pause(settings.DATA_DIR, server)
        else:
            embedded.resume(settings.DATA_DIR, server)

    def _run(self) -> None:
        supervisor = Supervisor(services=embedded.Services(settings.DATA_DIR), environment=os.environ)
        sys.exit(
            supervisor.run(
                (),
                on_up=lambda: supervisor.say("PostgreSQL en Valkey draaien. Stoppen: Ctrl-C."),
            )
        )
