"""How urban a municipality is, in the five classes of CBS: facts of a year, kept beside the code."""

import csv
import datetime
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "stedelijkheid.csv"
CLASSES = {
    1: "zeer sterk stedelijk",
    2: "sterk stedelijk",
    3: "matig stedelijk",
    4: "weinig stedelijk",
    5: "niet stedelijk",
}
SOURCE = "CBS, Kadaster (PDOK)"


def class_of(code: str, *, on: datetime.date) -> int | None:
    """The class of a municipality in the year of `on`, or in the nearest year that is known."""
    years = _by_code().get(code)
    if years is None:
        return None
    return years[min(years, key=lambda year: (abs(year - on.year), year))]


def peers_of(code: str, *, on: datetime.date) -> list[str]:
    """The codes of all municipalities of the same class, itself included; none where it has no class."""
    wanted = class_of(code, on=on)
    if wanted is None:
        return []
    return [other for other in _by_code() if class_of(other, on=on) == wanted]


@cache
def _by_code() -> dict[str, dict[int, int]]:
    found: dict[str, dict[int, int]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["code"], {})[int(row["year"])] = int(row["urbanity"])
    return found
