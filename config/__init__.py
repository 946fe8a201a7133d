"""Wiring only: settings, addresses, the queue."""

import atexit
import gc

_SMALL_PORTIONS = gc.get_threshold()
# Every process of the portal comes by here first. What it loads stays until its end: to look for garbage
# among that as often as Python does, and once more at the end, took a third of the time of a command.
gc.set_threshold(20_000, 20, 20)
atexit.register(gc.freeze)

from config.celery import app as celery_app  # noqa: E402

__all__ = ["celery_app", "load_pages", "settle"]


def load_pages() -> None:
    """To be called before a process makes children that all need pages, or their addresses: they then share
    them, and no visitor or job waits for them."""
    from django.conf import settings
    from django.urls import reverse

    reverse(settings.LOGIN_URL)


def settle() -> None:
    """To be called where everything is loaded and answers are waited for: garbage is then looked for among
    what comes later alone, in portions so small that no page waits for one."""
    gc.freeze()
    gc.set_threshold(*_SMALL_PORTIONS)
