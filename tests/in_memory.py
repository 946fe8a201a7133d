"""Data of tests in memory where the machine has room for it.

On a disk servers wait for what the disk confirms, and to make the thousands of files of a cluster and of each
test database takes a disk more work than the tests have with them afterwards. What becomes of data when a
machine loses its power, no test asks.
"""

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

MEMORY = Path("/dev/shm")
# A run has some hundred megabytes at a time.
ROOM = 4 * 1024**3


def use_memory() -> None:
    """Let pytest make its temporary folders there, unless somebody chose another place or room is short."""
    if _has_room():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def instead_of(folder: Path) -> Path:
    """The folder in memory that stands in for `folder`; where room is short `folder` itself."""
    if not _has_room():
        return folder
    digest = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:12]
    place = MEMORY / f"kansrijke-start-test-{os.geteuid()}-{digest}"
    place.mkdir(mode=0o700, exist_ok=True)
    # Anybody may make folders there.
    return place if place.lstat().st_uid == os.geteuid() and not place.is_symlink() else folder


def give_back(folder: Path) -> None:
    """Empty `folder` if it stands in memory."""
    if folder.is_relative_to(MEMORY):
        with suppress(OSError):
            shutil.rmtree(folder)


def _has_room() -> bool:
    return os.access(MEMORY, os.W_OK) and min(shutil.disk_usage(MEMORY).free, _available()) >= ROOM


def _available() -> int:
    """How much memory programs can still have, in bytes."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith("MemAvailable"))
