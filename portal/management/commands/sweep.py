"""The sweeper: looks in PostgreSQL for work that is due, whatever happens to Redis."""

import logging
import time
from typing import Any

from django.db import close_old_connections

from portal import heartbeats, jobs
from portal.commands import PreparedCommand
from portal.health import OUTAGES

logger = logging.getLogger(__name__)


class Command(PreparedCommand):
    help = "Kijk elke halve minuut of er werk ligt, bel de workers, en doe het zelf als de wachtrij weg is."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--every", type=float, default=30.0, help="seconden tussen twee rondes")
        parser.add_argument("--once", action="store_true", help="één ronde en dan klaar")

    def handle(self, *args: Any, every: float, once: bool, **options: Any) -> None:
        while True:
            try:
                heartbeats.beat("sweeper")
                has_worked = jobs.sweep() > 0
            except OUTAGES:
                logger.exception("PostgreSQL cannot be reached; trying again")
                has_worked = False
            if once:
                return
            close_old_connections()
            if not has_worked:
                time.sleep(every)
