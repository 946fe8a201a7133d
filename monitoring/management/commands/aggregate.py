"""Ask workers to work out the figures."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from monitoring import aggregation
from monitoring.models import Partition
from portal.jobs import JobState


class Command(BaseCommand):
    help = "Laat de workers de cijfers uitrekenen: wat veranderd is, of met --all alles."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--all", action="store_true", help="alles, ook wat niet veranderd is")
        parser.add_argument("--wait", action="store_true", help="wachten en de voortgang tonen")
        parser.add_argument("--patience", type=float, default=300, help="ten hoogste zoveel seconden")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["all"]:
            aggregation.order_all(reason="gevraagd op de opdrachtregel", by=None)
        else:
            aggregation.order_stale()
        if options["wait"]:
            self._wait(options["patience"])
        elif Partition.objects.filter(state=JobState.WAITING).exists():
            self.stdout.write("De workers rekenen. De voortgang staat op /cijfers/.")
        else:
            self.stdout.write("Alle cijfers zijn bijgewerkt.")

    def _wait(self, patience: float) -> None:
        waiting = list(Partition.objects.filter(state=JobState.WAITING).values_list("pk", flat=True))
        deadline, shown = time.monotonic() + patience, 0
        while waiting and time.monotonic() < deadline:
            rows = Partition.objects.filter(pk__in=waiting)
            done = rows.filter(state=JobState.DONE).count()
            if rows.filter(state=JobState.FAILED).exists():
                raise CommandError("Een onderdeel is mislukt; zie /cijfers/.")
            if done != shown:
                self.stdout.write(f"Cijfers: {done} van {len(waiting)} onderdelen klaar.")
                shown = done
            if done == len(waiting):
                break
            time.sleep(0.25)
        else:
            if waiting:
                raise CommandError("De workers zijn niet op tijd klaar. Draait er een worker?")
        self.stdout.write("Alle cijfers zijn bijgewerkt.")
