"""A cluster with all tables, made once for these migrations and copied wherever a test needs one."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from portal.child_process import tied_to_parent
from portal.embedded import Services

ROOT = Path(__file__).resolve().parent.parent
# Names the folder in which it stays for later runs, in every process of the tests.
KEPT_IN = "TESTS_KEPT_IN"
# What decides which tables there are, and which rights the restricted role has on them.
SOURCES = (
    "*/migrations/*.py",
    "*/models/*.py",
    "portal/models.py",
    "portal/management/commands/*.py",
    "requirements*.txt",
)
# In one process: each has to begin by reading the whole portal.
MAKE_TABLES = """
import django
from django.core.management import call_command

django.setup()
for command in ("migrate", "createcachetable", "grant_app_role"):
    call_command(command, verbosity=0)
"""


class Preparation:
    """Makes the cluster in another process, unless these migrations have it already."""

    def __init__(self) -> None:
        self._process = None
        if not _cluster().exists():
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.prepared"],
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                preexec_fn=tied_to_parent(signal.SIGTERM),
            )

    def wait(self) -> None:
        """Return when the cluster is there; before that nothing is copied."""
        if self._process and self._process.wait():
            raise RuntimeError("De tabellen voor de tests zijn niet gemaakt.")


def make() -> None:
    """Make the cluster, in place of those of other migrations."""
    shutil.rmtree(_folder(), ignore_errors=True)
    building = _folder() / "new"
    environment = {
        **os.environ,
        "PORTAL_DATA_DIR": str(building),
        "PORTAL_DATABASE_ROLE": "owner",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    with Services(building, durable=False):
        subprocess.run([sys.executable, "-c", MAKE_TABLES], cwd=ROOT, env=environment, check=True)
    building.rename(_cluster().parent)


def copy_to(data_dir: Path) -> None:
    """Give `data_dir` a fresh copy of the prepared cluster, in place of what it had."""
    shutil.rmtree(data_dir / "postgres", ignore_errors=True)
    shutil.copytree(_cluster(), data_dir / "postgres")


def _folder() -> Path:
    return Path(os.environ[KEPT_IN]) / "prepared"


def _cluster() -> Path:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in ROOT.glob(pattern)}):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return _folder() / digest.hexdigest()[:16] / "postgres"


if __name__ == "__main__":
    make()
