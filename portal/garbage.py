"""How often a process looks for garbage.

What the portal loads stays until the end of its process. To look for garbage among that as often as Python
does, and once more at the end, took a third of the time of a command.
"""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager

SMALL_PORTIONS = gc.get_threshold()
PORTIONS = (20_000, 20, 20)
# More than there is of the portal with all its pages and what makes seals.
ALL_THAT_IS_LOADED = (500_000, 20, 20)


def wait_until_loaded() -> None:
    """To be called by what every process comes by first: it looks for nothing until `settle`."""
    gc.set_threshold(*ALL_THAT_IS_LOADED)
    atexit.register(gc.freeze)


def settle(portions: tuple[int, int, int] = PORTIONS) -> None:
    """To be called where everything is loaded: garbage is then looked for among what comes later alone."""
    gc.freeze()
    gc.set_threshold(*portions)


@contextmanager
def loading() -> Iterator[None]:
    """What is loaded meanwhile stays too."""
    was = gc.get_threshold()
    gc.set_threshold(*ALL_THAT_IS_LOADED)
    yield
    settle(was)
