"""Figures of the demo: real ones of CBS, and made-up ones that say so.

Both go through the same door as a delivery of an analyst, so that the demo proves the import.
"""

import csv
import datetime
import io
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils import timezone

from monitoring import demo_board, demo_readings
from monitoring.imports import AlreadyImported, import_observations
from monitoring.models import ImportFile
from partners.models import Area, AreaSuccession
from portal.numbers import dutch_number

DATA = Path(__file__).resolve().parent / "data"
HEADER = ("gemeentecode", "periode", "indicator", "teller", "noemer")
CBS = "CBS, Kadaster (PDOK)"
MADE_UP = "Demonstratiecijfers: verzonnen, niet gebruiken"
# Enough for a trend and for a whole window of three years; before 2021 some municipality has no size here.
FIRST_YEAR, LAST_YEAR = 2021, 2025

# Made-up national shares, the spread between municipalities, and the change each year.
SHARES = {
    "vroeggeboorte": (0.067, 0.10, -0.001),
    "laag-gewicht-voor-de-duur": (0.097, 0.10, -0.002),
    "kinderen-in-bijstandsgezinnen": (0.058, 0.45, -0.002),
    "tienermoeders": (0.0036, 0.40, -0.0002),
}

Row = tuple[str, int | str, str, int, int]


def load() -> str:
    """Load what is not there yet; a sentence on what there is now."""
    _import("kerncijfers-gemeenten-2022-2023.csv", _key_figures(), CBS)
    _import("kinderen-0-4-per-gemeente.csv", _young_children(), CBS, note=_without_municipality())
    _import("demonstratiecijfers.csv", _made_up(), MADE_UP)
    demo_board.load()
    demo_readings.load()
    return f"Leveringen van cijfers: {ImportFile.objects.count()} bestanden."


def _import(filename: str, rows: Iterable[Row], source_name: str, note: str = "") -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADER)
    writer.writerows(rows)
    try:
        file = import_observations(
            source=io.BytesIO(text.getvalue().encode()), filename=filename, by=None, source_name=source_name
        )
    except AlreadyImported:
        return
    if note:
        file.notes = [*file.notes, note]
        file.save(update_fields=["notes"])


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _key_figures() -> Iterator[Row]:
    for row in _read("kerncijfers.csv"):
        inhabitants = int(row["inhabitants"])
        yield (
            row["code"],
            row["year"],
            "inwoners-per-huishouden",
            inhabitants,
            int(row["households"]),
        )
        yield row["code"], row["year"], "inwoners-per-km2", inhabitants, int(row["land_ha"])


def _young_children() -> Iterator[Row]:
    for row in _read("kinderen_0_4.csv"):
        if row["code"]:
            yield (
                row["code"],
                "onbekend",
                "kinderen-0-4",
                int(row["children"]),
                int(row["inhabitants"]),
            )


def _without_municipality() -> str:
    (row,) = (row for row in _read("kinderen_0_4.csv") if not row["code"])
    return (
        f"{dutch_number(int(row['children']))} kinderen en {dutch_number(int(row['inhabitants']))} inwoners "
        "wonen in postcodes waarvan de bron geen gemeente noemt. Zij tellen in geen enkel gebied mee."
    )


def _made_up() -> Iterator[Row]:
    # A year that is not over has no figures yet, whatever the clock of the demo says.
    last = min(LAST_YEAR, timezone.localdate().year - 1)
    for year in range(FIRST_YEAR, last + 1):
        for code, children, inhabitants in _sizes(year):
            births, women, minors = (
                children // 5,
                inhabitants * 28 // 1000,
                inhabitants * 185 // 1000,
            )
            early = _count(code, "vroeggeboorte", year, births)
            light = _count(code, "laag-gewicht-voor-de-duur", year, births)
            # A union: at least the larger of the two, at most both together.
            either = max(early, light) + round(0.7 * min(early, light))
            yield code, year, "vroeggeboorte", early, births
            yield code, year, "laag-gewicht-voor-de-duur", light, births
            yield code, year, "big2", either, births
            yield code, year, "tienermoeders", _count(code, "tienermoeders", year, women), women
            poor = _count(code, "kinderen-in-bijstandsgezinnen", year, minors)
            yield code, year, "kinderen-in-bijstandsgezinnen", poor, minors


def _sizes(year: int) -> list[tuple[str, int, int]]:
    """Code, children of 0-4 and inhabitants of each municipality of 1 January, from the real table."""
    known = {
        row["code"]: (int(row["children"]), int(row["inhabitants"])) for row in _read("kinderen_0_4.csv")
    }
    day = datetime.date(year, 1, 1)
    for link in AreaSuccession.objects.filter(kind="full", on__lte=day).select_related(
        "predecessor", "successor"
    ):
        gone, new = link.predecessor.code, link.successor.code
        children, inhabitants = known.get(new, (0, 0))
        more_children, more_inhabitants = known.get(gone, (0, 0))
        known[new] = (children + more_children, inhabitants + more_inhabitants)
    codes = Area.objects.municipalities().on(day).order_by("code").values_list("code", flat=True)
    return [(code, *known[code]) for code in codes if code in known]


def _count(code: str, indicator: str, year: int, size: int) -> int:
    """A count that is the same at every run: a local level, the trend, and a little chance."""
    share, spread, change = SHARES[indicator]
    level = share * (1 + spread * _chance(code, indicator)) + change * (year - FIRST_YEAR)
    expected = max(level, 0) * size
    return min(size, max(0, round(expected + _chance(code, indicator, str(year)) * expected**0.5)))


def _chance(*words: str) -> float:
    """A number between -1 and 1 that depends on the words alone."""
    return zlib.crc32("|".join(words).encode()) / 2**31 - 1
