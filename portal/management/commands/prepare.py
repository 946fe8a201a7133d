"""Bring the database up to date, as its owner."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal import hooks


class Command(BaseCommand):
    help = (
        "Maak de database klaar: tabellen, rechten van de beperkte rol, en de vaste gegevens van elk "
        "onderdeel (gebieden, soorten organisaties, indicatoren). Draai dit bij elke nieuwe versie."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("grant_app_role", stdout=self.stdout)
        for part in hooks.parts("fixed_facts"):
            self.stdout.write(part.load())
