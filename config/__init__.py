"""Wiring only: settings, addresses, the queue."""

from portal import garbage

# Every process of the portal comes by here first.
garbage.wait_until_loaded()

from config.celery import app as celery_app  # noqa: E402

__all__ = ["celery_app", "load_pages", "settle"]


def load_pages() -> None:
    """To be called before a process makes children that all need pages, or their addresses: they then share
    them, and no visitor or job waits for them."""
    from django.conf import settings
    from django.urls import reverse

    with garbage.loading():
        reverse(settings.LOGIN_URL)


def settle() -> None:
    """To be called where everything is loaded and answers are waited for: garbage is then looked for in
    portions so small that no page waits for one."""
    garbage.settle(garbage.SMALL_PORTIONS)
