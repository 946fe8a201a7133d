"""Bring in the borders of municipalities for the maps."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from partners.boundaries import BoundariesRefused, import_boundaries
from partners.models import Person
from portal.commands import PreparedCommand


class Command(PreparedCommand):
    help = "Lees de grenzen van alle gemeenten in één jaar in: GeoJSON van CBS of PDOK, in graden of RD."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="BESTAND")
        parser.add_argument("--year", type=int, metavar="JAAR", help="als het bestand zelf geen jaar noemt")
        parser.add_argument("--by", metavar="E-MAIL", help="wie dit bestand inleest")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        person = Person.objects.filter(email=options["by"]).first() if options["by"] else None
        if options["by"] and person is None:
            raise CommandError(f"Er is geen account met het e-mailadres {options['by']}.")
        try:
            content = path.read_bytes()
        except OSError:
            raise CommandError(f"Het bestand {path} is niet te openen.") from None
        try:
            file = import_boundaries(content=content, filename=path.name, by=person, year=options["year"])
        except BoundariesRefused as refusal:
            for issue in refusal.issues:
                self.stderr.write(issue.message)
            raise CommandError(str(refusal)) from None
        for note in file.notes:
            self.stdout.write(note)
        self.stdout.write(
            f"{file.name}: grenzen van {file.area_count} gemeenten op {file.valid_from:%d-%m-%Y}. "
            "Kaarten van die indeling tonen ze meteen."
        )
