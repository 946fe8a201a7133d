"""Fill the portal with made-up coalitions, organisations and people."""

import logging
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import CommandError
from django.db import transaction

from portal import hooks
from portal.commands import PreparedCommand

logger = logging.getLogger(__name__)

OLDER = (
    "Deze map heeft gegevens van een oudere demo; die blijven zoals ze zijn. "
    "Wil je de nieuwe? Kies met PORTAL_DATA_DIR een lege map."
)


class Command(PreparedCommand):
    help = "Laad de demonstratiegegevens van elk onderdeel. Dubbel draaien verandert niets."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("parts", nargs="*", help="alleen deze onderdelen; zonder: alle")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("Demonstratiegegevens horen niet in productie.")
        was_there = get_user_model()._default_manager.filter(is_demo=True).exists()
        for part in hooks.parts("demo"):
            if not options["parts"] or part.__package__ in options["parts"]:
                try:
                    # What is added to a demo that is there comes whole or not at all.
                    with transaction.atomic() if was_there else nullcontext():
                        sentence = part.load()
                except Exception:
                    if not was_there:
                        raise
                    # Whatever it is that does not fit; the parts above build on this one.
                    logger.debug("The demo of today does not fit on what is there.", exc_info=True)
                    self.stdout.write(OLDER)
                    return
                self.stdout.write(sentence)
