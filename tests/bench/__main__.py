"""`make bench`: each line ours beside its reference, measured in the same run.

Prints one JSON object a line: name, ours, reference, ratio, unit, n. Works in a database of its own.
"""

import io
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
os.environ.setdefault("PORTAL_MODE", "development")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["PORTAL_DATABASE_ROLE"] = "owner"
os.environ["PORTAL_DATA_DIR"] = str(Path(os.environ.get("PORTAL_DATA_DIR") or ROOT / ".data") / "bench")
os.environ.setdefault("PORTAL_STATIC_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")
os.environ.setdefault("PORTAL_LOG_LEVEL", "ERROR")


def main() -> None:
    """Run every benchmark, or those named on the command line."""
    from portal import embedded

    with embedded.Services(Path(os.environ["PORTAL_DATA_DIR"])):
        import django

        django.setup()
        from django.core.management import call_command

        from config import settle
        from tests import factories
        from tests.bench import (
            deliveries,
            disclosure,
            figures,
            imports,
            pages,
            programme,
            readers,
            seals,
            signing,
        )

        # The database is kept, so names go on where no earlier run came.
        factories.number_from(int(time.time() * 100))
        call_command("prepare", stdout=io.StringIO())
        settle()
        wanted = set(sys.argv[1:])
        for part in (disclosure, figures, deliveries, pages, readers, programme, signing, seals, imports):
            for name, benchmark in part.BENCHMARKS.items():
                if not wanted or name in wanted:
                    benchmark()


if __name__ == "__main__":
    main()
