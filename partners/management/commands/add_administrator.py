"""Make the first administrator of a new portal."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from partners.administrators import add_administrator
from partners.models import Invitation
from portal.acts import Refused
from portal.commands import PreparedCommand
from portal.models import Mail


class Command(PreparedCommand):
    help = (
        "Maak iemand platformbeheerder en stuur een uitnodiging. Met --print-link komt de link ook "
        "op het scherm, voor als de mail nog niet werkt."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="naam van de beheerder")
        parser.add_argument("--email", required=True, help="mailadres waarmee die inlogt")
        parser.add_argument("--print-link", action="store_true", help="toon de link uit de mail")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            # Before the commit no worker can have sent the mail and wiped its link.
            with transaction.atomic():
                invitation = add_administrator(name=options["name"], email=options["email"], by=None)
                link = _link_of(invitation)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"De uitnodiging gaat naar {invitation.person.email}.")
        if options["print_link"]:
            self.stdout.write(link)


def _link_of(invitation: Invitation) -> str:
    text = Mail.objects.get(reference=f"invitation:{invitation.pk}").text
    return next(word for word in text.split() if word.startswith(settings.PORTAL_ORIGIN))
