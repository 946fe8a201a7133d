"""Temporary folders in memory where the machine has room for them.

Some tests start servers of their own, with all that makes a crash harmless. On a disk each of them waits for
what the disk confirms; what becomes of it when a machine loses its power, no test asks.
"""

import os
import shutil
from pathlib import Path

MEMORY = Path("/dev/shm")
# A run has some hundred megabytes at a time.
ROOM = 4 * 1024**3


def use_memory() -> None:
    """Let pytest make its temporary folders there, unless somebody chose another place or room is short."""
    if os.access(MEMORY, os.W_OK) and min(shutil.disk_usage(MEMORY).free, _available()) >= ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def _available() -> int:
    """How much memory programs can still have, in bytes."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith("MemAvailable"))
