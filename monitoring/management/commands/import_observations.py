"""Read in a file with observations."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandError

from monitoring import deliveries
from monitoring.imports import AlreadyImported, ImportRefused, import_observations
from partners.models import Person
from portal.commands import PreparedCommand


class Command(PreparedCommand):
    help = "Lees een bestand met cijfers in: CSV, XLSX of het gemeentebestand van CBS (GeoJSON)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="BESTAND")
        parser.add_argument("--by", metavar="E-MAIL", help="wie dit bestand inleest")
        parser.add_argument("--source", default="", metavar="BRON", help="van wie de cijfers zijn")
        parser.add_argument("--reason", default="", metavar="REDEN", help="waarom klopt wat opvalt")
        parser.add_argument("--provisional", action="store_true", help="de bron noemt deze cijfers voorlopig")
        parser.add_argument(
            "--deliver",
            action="store_true",
            help="zet het bestand klaar; een analist bekijkt het op het scherm en neemt het over",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        person = _person(options["by"])
        with _opened(path) as source:
            about = {
                "source": source,
                "filename": path.name,
                "source_name": options["source"],
                "is_provisional": options["provisional"],
            }
            try:
                if options["deliver"]:
                    self._deliver(person, **about)
                    return
                imported = import_observations(by=person, reason=options["reason"], **about)
            except AlreadyImported as known:
                self.stdout.write(str(known))
                return
            except ImportRefused as refusal:
                for issue in refusal.issues:
                    self.stderr.write(issue.message)
                raise CommandError(str(refusal)) from None
        for note in imported.notes:
            self.stdout.write(note)
        self.stdout.write(
            f"{imported.name}: {imported.row_count} rijen gelezen, {imported.new_count} nieuw,"
            f" {imported.revised_count} gewijzigd, {imported.unchanged_count} gelijk."
        )

    def _deliver(self, person: Person | None, **about: Any) -> None:
        if person is None or not about["source_name"]:
            raise CommandError("Noem met --by namens wie, en met --source van wie de cijfers zijn.")
        delivery = deliveries.bring_in(by=person, **about)
        found = f"{delivery.row_count} rijen gelezen, {len(delivery.errors)} fouten."
        if delivery.is_under_way:
            found = "Het bestand staat klaar en wordt gecontroleerd."
        self.stdout.write(f"{found} Neem de cijfers over op {delivery.get_absolute_url()}")


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError:
        raise CommandError(f"Het bestand {path} is niet te openen.") from None


def _person(email: str | None) -> Person | None:
    if email is None:
        return None
    person = Person.objects.filter(email=email).first()
    if person is None:
        raise CommandError(f"Er is geen account met het e-mailadres {email}.")
    return person
