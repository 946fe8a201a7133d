"""Ask workers to work out the figures."""

import time
from typing import Any

from django.core.management.base import CommandError

from monitoring import orders, releases
from monitoring.models import Audit, Partition, Release, WindowAudit
from partners.models import Person
from portal.acts import Refused
from portal.commands import PreparedCommand
from portal.jobs import Job, JobState


class Command(PreparedCommand):
    help = (
        "Laat de workers de cijfers uitrekenen: wat veranderd is, of met --all alles. Het resultaat is "
        "een uitgave in concept; met --publish lezen alle bezoekers haar."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--all", action="store_true", help="alles, ook wat niet veranderd is")
        parser.add_argument("--wait", action="store_true", help="wachten en de voortgang tonen")
        parser.add_argument("--patience", type=float, default=300, help="ten hoogste zoveel seconden")
        parser.add_argument(
            "--publish",
            nargs=2,
            metavar=("CONTROLEUR", "GOEDKEURDER"),
            help="wachten en publiceren, namens deze twee analisten (e-mailadressen)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        people = [_person(address) for address in options["publish"] or ()]
        if options["all"]:
            orders.order_all(reason="gevraagd op de opdrachtregel", by=None)
        else:
            orders.order_stale()
        if options["wait"] or people:
            self._wait(options["patience"])
        elif Partition.objects.filter(state=JobState.WAITING).exists():
            self.stdout.write("De workers rekenen. De voortgang staat op /cijfers/.")
        else:
            self.stdout.write("Alle cijfers zijn bijgewerkt.")
        if people:
            self._publish(*people)

    def _wait(self, patience: float) -> None:
        deadline = time.monotonic() + patience
        self._wait_for(Partition, "Cijfers: {} van {} onderdelen klaar.", deadline)
        self._wait_for(Audit, "Kleine aantallen: {} van {} onderdelen gecontroleerd.", deadline)
        self._wait_for(WindowAudit, "Drie jaren samen: {} van {} onderdelen gecontroleerd.", deadline)
        self.stdout.write("Alle cijfers zijn bijgewerkt.")

    def _wait_for(self, kind: type[Job], words: str, deadline: float) -> None:
        waiting = list(kind._default_manager.filter(state=JobState.WAITING).values_list("pk", flat=True))
        shown = 0
        while waiting and time.monotonic() < deadline:
            rows = kind._default_manager.filter(pk__in=waiting)
            done = rows.filter(state=JobState.DONE).count()
            if rows.filter(state=JobState.FAILED).exists():
                raise CommandError("Een onderdeel is mislukt; zie /cijfers/.")
            if done != shown:
                self.stdout.write(words.format(done, len(waiting)))
                shown = done
            if done == len(waiting):
                return
            time.sleep(0.25)
        if waiting:
            raise CommandError("De workers zijn niet op tijd klaar. Draait er een worker?")

    def _publish(self, checker: Person, approver: Person) -> None:
        release = Release.objects.open().first()
        if release is None:
            self.stdout.write("Er is geen nieuwe uitgave om te publiceren.")
            return
        try:
            releases.check(release=release, by=checker)
            releases.approve(release=release, by=approver)
            releases.publish(release=release, by=approver)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"{release} is gepubliceerd.")


def _person(address: str) -> Person:
    person = Person.objects.filter(email=address).first()
    if person is None:
        raise CommandError(f"Er is geen account met het e-mailadres {address}.")
    return person
