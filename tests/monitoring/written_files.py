"""Files as sources write them, for the tests of the readers."""

import io
import json
from typing import NamedTuple

from openpyxl import Workbook

from monitoring.readers import read_cbs_geojson, read_observation_table

HEADER = ["gemeentecode", "periode", "indicator", "teller", "noemer"]


def csv_of(*rows, header=HEADER, sep=";"):
    return "\r\n".join(sep.join(map(str, row)) for row in [header, *rows]).encode()


def one(x="8", n="55", code="GM0944", when="2022", indicator="vroeggeboorte"):
    return [code, when, indicator, x, n]


class Outcome(NamedTuple):
    """A file that was read to its end."""

    rows: tuple
    issues: tuple
    notes: tuple


def outcome_of(reading):
    return Outcome(tuple(reading.rows), tuple(reading.issues), tuple(reading.notes))


def read_table(content, filename, **options):
    return outcome_of(read_observation_table(io.BytesIO(content), filename, **options))


def read_places(content):
    return outcome_of(read_cbs_geojson(io.BytesIO(content)))


def read(*rows, **options):
    return read_table(csv_of(*rows, **options), "levering.csv")


def message(outcome):
    """The one Dutch sentence of a reading that has exactly one error."""
    assert [issue.severity for issue in outcome.issues] == ["error"], outcome.issues
    return outcome.issues[0].message


def xlsx_of(*rows, header=HEADER, sheet="Blad1", more=()):
    book = Workbook()
    book.active.title = sheet
    for row in [header, *rows]:
        book.active.append(row)
    for title, lines in more:
        extra = book.create_sheet(title)
        for line in lines:
            extra.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def geojson_of(*features):
    return json.dumps({"features": [{"properties": properties} for properties in features]}).encode()


def cbs(code="GM0944", water="NEE", people=7932, homes=3546, land=1736, **more):
    return {
        "gemeentecode": code,
        "water": water,
        "aantalInwoners": people,
        "aantalHuishoudens": homes,
        "oppervlakteLandInHa": land,
        "jaar": 2022,
    } | more
