"""Days in words."""

import datetime
from functools import lru_cache

from django.utils.formats import date_format


@lru_cache(maxsize=4096)
def in_words(day: datetime.date) -> str:
    """A day as people write it, "3 maart 2026"; a list names the same ones over and over."""
    return date_format(day, "j F Y")
