"""Publish the figures of the demo, and load what people read in them."""

from typing import Any

from django.core.management import call_command

from portal.commands import PreparedCommand

# One analyst checks and another approves, as with every release.
ANALYSTS = ("analist@demo.example", "tweede.analist@demo.example")


class Command(PreparedCommand):
    """One process for two commands, as each would begin by reading the whole portal."""

    help = "Reken de cijfers van de demonstratie uit, publiceer ze, en laad de duiding die erbij hoort."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("aggregate", publish=ANALYSTS, stdout=self.stdout)
        # People read figures that are published; the rest of the demo was there before.
        call_command("load_demo", "monitoring", stdout=self.stdout)
