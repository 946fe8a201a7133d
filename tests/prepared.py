"""A cluster with all tables, made once for these migrations and copied wherever a test needs one."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from portal.embedded import Services

ROOT = Path(__file__).resolve().parent.parent
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


def prepare() -> None:
    """Make the cluster, unless these migrations have it already; call it before any `copy_to`."""
    if _cluster().exists():
        return
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
    return Path(os.environ["PORTAL_DATA_DIR"]) / "prepared"


def _cluster() -> Path:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in ROOT.glob(pattern)}):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return _folder() / digest.hexdigest()[:16] / "postgres"
