"""Ask workers to work out the figures."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from monitoring import aggregation
from monitoring.models import Run


class Command(BaseCommand):
    help = "Laat de workers de cijfers uitrekenen: wat veranderd is, of met --all alles."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--all", action="store_true", help="alles, ook wat niet veranderd is")
        parser.add_argument("--if-needed", action="store_true", help="niets doen als alles klopt")
        parser.add_argument("--wait", action="store_true", help="wachten en de voortgang tonen")
        parser.add_argument(
            "--patience", type=float, default=300, help="ten hoogste zoveel seconden"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        run = aggregation.order_run(
            reason="gevraagd op de opdrachtregel",
            by=None,
            only_stale=options["if_needed"] or not options["all"],
        )
        if run is None:
            self.stdout.write("Alle cijfers zijn bijgewerkt.")
        elif options["wait"]:
            self._wait(run, options["patience"])
        else:
            self.stdout.write(f"{run} is aangevraagd. De voortgang staat op /cijfers/.")

    def _wait(self, run: Run, patience: float) -> None:
        deadline, shown = time.monotonic() + patience, None
        while time.monotonic() < deadline:
            now = Run.objects.with_progress().get(pk=run.pk)
            if (now.done, now.failed) != shown:
                shown = (now.done, now.failed)
                self.stdout.write(f"Cijfers: {now.done} van {now.total} onderdelen klaar.")
            if now.failed:
                raise CommandError("Een onderdeel is mislukt; zie /cijfers/.")
            if now.done == now.total:
                return
            time.sleep(0.25)
        raise CommandError("De workers zijn niet op tijd klaar. Draait er een worker?")
