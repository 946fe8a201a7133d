"""Days in words, each made once: a list names the same ones over and over."""

import datetime
from functools import lru_cache

from django.utils.formats import date_format


@lru_cache(maxsize=4096)
def in_words(day: datetime.date) -> str:
    """As people write it: "3 februari 2026"."""
    return date_format(day, "j F Y")


@lru_cache(maxsize=4096)
def shortly(day: datetime.date) -> str:
    """In a few characters, for a table: "3 feb 2026"; Dutch months have no capital."""
    return date_format(day, "j M Y").lower()


def in_numbers(day: datetime.date) -> str:
    """In fewer still: "3-2-2026"."""
    return f"{day.day}-{day.month}-{day.year}"
