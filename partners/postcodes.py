"""From a postcode to the municipality in which it lies."""

import csv
import re
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent / "data" / "postcodes.csv"
# With or without its letters, which say no more about the municipality.
SPELLING = re.compile(r"\s*([1-9]\d{3})\s*(?:[a-z]{2})?\s*", re.IGNORECASE)


def digits_of(text: str) -> str:
    """The four digits of what is written as a postcode; empty of anything else."""
    found = SPELLING.fullmatch(text)
    return found[1] if found else ""


def municipality_code(digits: str) -> str:
    """The code of the municipality where most people with this postcode live; empty where CBS names none."""
    return _codes().get(digits, "")


@cache
def _codes() -> dict[str, str]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["postcode"]: row["municipality_code"] for row in csv.DictReader(file)}
