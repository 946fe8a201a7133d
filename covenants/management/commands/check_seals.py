"""Check every seal and every chain of evidence."""

from typing import Any

from django.core.management.base import CommandError

from covenants import seal_checks, time_authorities
from covenants.models import Artefact, CovenantVersion
from portal.commands import PreparedCommand


class Command(PreparedCommand):
    help = "Controleer elk verzegeld bestand en elke bewijsketen. Eindigt met 1 als er iets niet klopt."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for revoked in time_authorities.ask():
            self.stdout.write(f"Tijdstempeldienst ingetrokken: {revoked} ({revoked.reason}).")
        for sentence in seal_checks.problems():
            count += 1
            self.stderr.write(sentence)
        files, chains = Artefact.objects.count(), CovenantVersion.objects.count()
        checked = f"{files} bestanden en {chains} bewijsketens gecontroleerd"
        if count:
            raise CommandError(f"{checked}: {count} keer klopt er iets niet.")
        self.stdout.write(f"{checked}: alles klopt.")
