"""Run a command as a production site would, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path
from runpy import run_path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = {
    "PORTAL_MODE": "production",
    "SECRET_KEY": "".join(f"{number:x}kQ" for number in range(40)),
    "ALLOWED_HOSTS": "portaal.voorbeeld.nl",
    "PORTAL_ORIGIN": "https://portaal.voorbeeld.nl",
    "DATABASE_URL": "postgresql://portal_app:geheim@localhost/portal",
    "REDIS_URL": "redis://localhost:6379/0",
    "EMAIL_HOST": "mail.voorbeeld.nl",
    "PORTAL_MAIL_FROM": "portaal@voorbeeld.nl",
}
# The portal starts without these as well, and then says at its check what it misses.
SEAL = {
    "PORTAL_SEAL": "csc",
    "SEAL_TRUST": "PEM",
    "SEAL_CSC_URL": "https://zegel.voorbeeld.nl",
    "SEAL_CSC_CREDENTIAL": "portaal",
    "SEAL_TSA_URLS": "https://tijd.voorbeeld.nl,https://tijd.voorbeeld.org",
}
# Of the machine, not of the portal.
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV")


def environment(**changes: str | None) -> dict[str, str]:
    """What a production site is started with; a change to None leaves that setting out."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return kept | {
        name: value for name, value in {**SETTINGS, **SEAL, **changes}.items() if value is not None
    }


def read_settings(**changes: str | None) -> None:
    """Read the settings as a start does, in this process and for nobody."""
    with patch.dict(os.environ, environment(**changes), clear=True):
        run_path(str(ROOT / "config" / "settings.py"))


def run(*arguments: str, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """`manage.py` with production settings."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(**changes),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
