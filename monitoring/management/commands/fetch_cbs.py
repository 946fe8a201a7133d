"""Bring in figures from the open data of CBS as a delivery that waits for an analyst."""

import io
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from monitoring import deliveries, odata
from monitoring.imports import AlreadyImported, ImportRefused
from partners.models import Person
from portal.commands import PreparedCommand


class Command(PreparedCommand):
    help = "Haal één cijfer op uit een tabel van het CBS (OData v4); een analist neemt het daarna over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", metavar="TABEL", help="bijvoorbeeld 83765NED")
        parser.add_argument("--indicator", required=True, help="de code van het cijfer in het portaal")
        parser.add_argument("--numerator", required=True, help="de code van de meting voor de teller")
        parser.add_argument("--denominator", required=True, help="de code van de meting voor de noemer")
        parser.add_argument("--region", default="WijkenEnBuurten", help="de dimensie van de gebieden")
        parser.add_argument("--time", default="Perioden", help="de dimensie van de perioden")
        parser.add_argument("--by", required=True, metavar="E-MAIL", help="namens welke analist")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(email=options["by"]).first()
        if person is None:
            raise CommandError(f"Er is geen account met het e-mailadres {options['by']}.")
        try:
            content = odata.fetch_table(
                options["table"],
                indicator=options["indicator"],
                numerator=options["numerator"],
                denominator=options["denominator"],
                region=options["region"],
                time=options["time"],
            )
            delivery = deliveries.bring_in(
                source=io.BytesIO(content),
                filename=f"cbs-{options['table']}-{options['indicator']}.csv",
                by=person,
                source_name=f"CBS, tabel {options['table']}",
            )
        except AlreadyImported as known:
            self.stdout.write(str(known))
            return
        except (odata.Unavailable, ImportRefused) as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(
            f"{delivery.row_count} rijen gelezen, {len(delivery.errors)} fouten. "
            f"Neem de cijfers over op {delivery.get_absolute_url()}"
        )
