"""Bringing in deliveries in tests, and looking at what they left."""

import io

from openpyxl import Workbook

from monitoring import deliveries
from monitoring.models import ImportFile, Observation, Partition, StagedFigure

HEADER = "gemeentecode;periode;indicator;teller;noemer"


def one(code="GM0983", when="2022", indicator="vroeggeboorte", x="136", n="919"):
    return f"{code};{when};{indicator};{x};{n}"


def table(*rows, header=HEADER):
    return "\n".join([header, *rows]).encode()


def bring(analyst, *rows, header=HEADER, name="levering.csv", source="JGZ"):
    return deliveries.bring_in(
        source=io.BytesIO(table(*rows, header=header)), filename=name, by=analyst, source_name=source
    )


def accepted(analyst, *rows, reason="", **more):
    return deliveries.accept(delivery=bring(analyst, *rows, **more), by=analyst, reason=reason)


def messages_of(delivery, severity="error"):
    return [issue["message"] for issue in delivery.issues if issue["severity"] == severity]


def current():
    found = Observation.objects.current().order_by("area__code", "period__code")
    return list(found.values_list("area__code", "numerator", "denominator", "status"))


def nothing_is_stored():
    return not (
        Observation.objects.exists()
        or ImportFile.objects.exists()
        or StagedFigure.objects.exists()
        or Partition.objects.exists()
    )


def workbook(*rows, sheets=1):
    book = Workbook()
    for number in range(sheets):
        sheet = book.active if not number else book.create_sheet(f"Blad {number}")
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
