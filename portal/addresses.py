"""Addresses of pages, looked up once: a list names hundreds of them."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=8192)
def address_of(name: str, *parts: str | int) -> str:
    """What `reverse` gives for the page `name` of `parts`; it never changes while a process runs."""
    return reverse(name, args=parts)
