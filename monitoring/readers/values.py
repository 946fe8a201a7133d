"""One cell at a time: municipality codes, periods, status marks and numbers."""

import math
import re
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from monitoring.readers.reading import Number, Status

DecimalMark = Literal[",", "."]

# What sources write instead of a number, or beside it. StatLine: "." is unknown or secret; others: x is
# secret; the open data of CBS has English words.
MARKS: dict[str, Status] = {
    "": "not_delivered",
    ".": "not_available",
    "x": "withheld_by_source",
    "confidential": "withheld_by_source",
    "onbetrouwbaar": "unreliable",
    "onvoldoende betrouwbaar": "unreliable",
    "unreliable": "unreliable",
    # As Eurostat writes it.
    "u": "unreliable",
    "n.v.t.": "not_applicable",
    "impossible": "not_applicable",
    "-99999999": "not_available",
    "-99997": "not_available",
}
# What a column of marks holds where there is nothing to say.
NO_MARK = frozenset({"", "none", "geen", "betrouwbaar", "reliable"})
# "<10", "< 5", "5-9", "1 - 4": the source shows a class because the count is small.
SMALL_CLASS = re.compile(r"<\s?\d{1,3}|\d{1,3}\s?[-\u2013]\s?\d{1,3}")
CODE = re.compile(r"(?:GM)?(\d{1,4})", re.IGNORECASE)
PERIOD = re.compile(r"(?:19|20)\d{2}")
CBS_YEAR = re.compile(r"((?:19|20)\d{2})JJ00")
# "2016/2017", "2019-2021": more than one year in one figure.
WINDOW = re.compile(r"(?:19|20)\d{2}\s?(?:[/\u2013-]|t/m|tot)\s?(?:(?:19|20)?\d{2})")
UNKNOWN_PERIOD = "onbekend"

WHOLE = re.compile(r"\d{1,15}")
SPACED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+")
# Two readings of a mark; a value that fits one of them only is evidence for the whole file.
FORMS: dict[DecimalMark, re.Pattern[str]] = {
    ",": re.compile(r"\d{1,15},\d{1,9}|[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,9})?"),
    ".": re.compile(r"\d{1,15}\.\d{1,9}|[1-9]\d{0,2}(?:,\d{3})+(?:\.\d{1,9})?"),
}


# Typed, because True equals 1 and 363.0 equals 363.
@lru_cache(maxsize=20_000, typed=True)
def municipality_code(written: object) -> str | None:
    """GM0363 for "363", "0363", "GM363", 363 or "GM0363 "; None where it is no such code."""
    if isinstance(written, float) and written.is_integer():
        written = int(written)
    if isinstance(written, bool) or not isinstance(written, str | int):
        return None
    match = CODE.fullmatch(str(written).strip())
    return f"GM{match[1]:0>4}" if match else None


@lru_cache(maxsize=1000, typed=True)
def period(written: object) -> str | None:
    """ "2022" for 2022 or CBS's 2022JJ00, "onbekend" as it is; None where it is no period."""
    if isinstance(written, float) and written.is_integer():
        written = int(written)
    text = str(written).strip()
    if PERIOD.fullmatch(text) or text == UNKNOWN_PERIOD:
        return text
    match = CBS_YEAR.fullmatch(text)
    return match[1] if match else None


def is_window(written: object) -> bool:
    """Whether this names more than one year."""
    return bool(WINDOW.fullmatch(str(written).strip()))


def mark(text: str) -> Status | None:
    """The status that this text stands for, or None where it is no known mark."""
    lowered = text.lower()
    if lowered in MARKS:
        return MARKS[lowered]
    return "withheld_by_source" if SMALL_CLASS.fullmatch(lowered) else None


def decimal_marks(text: str) -> frozenset[DecimalMark]:
    """The decimal marks with which this text is a number; empty where it is none."""
    return frozenset(sign for sign, form in FORMS.items() if form.fullmatch(text))


def parse_number(text: str, decimal_mark: DecimalMark) -> Number | None:
    """The number in this text, or None; a value without mark needs none."""
    if WHOLE.fullmatch(text):
        return int(text)
    if SPACED.fullmatch(text):
        return int(re.sub(r"\D", "", text))
    if not FORMS[decimal_mark].fullmatch(text):
        return None
    thousands = "." if decimal_mark == "," else ","
    return _tidy(Decimal(text.replace(thousands, "").replace(decimal_mark, ".")))


def native_number(value: float) -> Number | None:
    """The number in a spreadsheet's own number cell; None for NaN and infinity."""
    return _tidy(Decimal(repr(value))) if math.isfinite(value) else None


def _tidy(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else value
