"""Read in a file with observations."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from monitoring.imports import AlreadyImported, ImportRefused, import_observations
from partners.models import Person


class Command(BaseCommand):
    help = "Lees een bestand met cijfers in: CSV, XLSX of het gemeentebestand van CBS (GeoJSON)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="BESTAND")
        parser.add_argument("--by", metavar="E-MAIL", help="wie dit bestand inleest")
        parser.add_argument("--source", default="", metavar="BRON", help="van wie de cijfers zijn")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            imported = import_observations(
                content=_content(path),
                filename=path.name,
                by=_person(options["by"]),
                source_name=options["source"],
            )
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


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise CommandError(f"Het bestand {path} is niet te openen.") from None


def _person(email: str | None) -> Person | None:
    if email is None:
        return None
    person = Person.objects.filter(email=email).first()
    if person is None:
        raise CommandError(f"Er is geen account met het e-mailadres {email}.")
    return person
