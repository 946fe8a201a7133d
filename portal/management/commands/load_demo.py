"""Fill the portal with made-up coalitions, organisations and people."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal import hooks


class Command(BaseCommand):
    help = "Laad de demonstratiegegevens van elk onderdeel. Dubbel draaien verandert niets."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("parts", nargs="*", help="alleen deze onderdelen; zonder: alle")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("Demonstratiegegevens horen niet in productie.")
        for part in hooks.parts("demo"):
            if not options["parts"] or part.__package__ in options["parts"]:
                self.stdout.write(part.load())
