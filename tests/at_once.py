"""Several acts at the same moment, each on a real connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection

from portal.acts import Refused


def at_the_same_time(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gave, or how it was refused; the test has `transaction=True`."""
    barrier = threading.Barrier(len(acts))
    outcomes: list[Any] = [None] * len(acts)

    def run(index: int, act: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            outcomes[index] = act()
        except (Refused, ValidationError) as refusal:
            outcomes[index] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes
