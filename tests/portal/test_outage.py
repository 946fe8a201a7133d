"""PostgreSQL goes away and comes back, seen from a browser."""

import time
from pathlib import Path

import pytest

from portal.embedded import POSTGRES
from tests.sites import free_port, get, site, wait_until

pytestmark = pytest.mark.services

# A page that asks the database and one that does not.
ASKS, ASKS_NOT = "/coalities/", "/privacy/"


def test_without_database_a_page_says_so_and_works_again_as_soon_as_it_is_back(
    tmp_path: Path,
) -> None:
    port = free_port()
    with site(tmp_path / "data") as here:
        here.start(
            *("-m", "gunicorn", "config.wsgi", "--config", "config/gunicorn.py"),
            *("--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"),
            "--no-control-socket",
        )
        wait_until(lambda: answers(port))
        assert get(port, ASKS)[0] == 200

        here.services.stop_one(POSTGRES)
        stopped_at = time.monotonic()
        status, text, seconds = get(port, ASKS)
        assert status == 503
        assert "even niet bereikbaar" in text
        assert seconds < 5.5
        assert get(port, ASKS_NOT)[0] == 200
        status, text, seconds = get(port, "/gezond/")
        assert (status, "onbereikbaar" in text) == (503, True)
        assert seconds < 2
        # Long enough for a pool that waits longer after each failure to be in a long wait.
        time.sleep(max(0, 9 - (time.monotonic() - stopped_at)))

        here.services.start_one(POSTGRES)
        found = [get(port, ASKS) for _ in range(20)]
        assert [status for status, _, _ in found] == [200] * 20
        assert found[0][2] < 3

        here.services.restart(POSTGRES)
        assert [get(port, ASKS)[0] for _ in range(20)] == [200] * 20


def answers(port: int) -> bool:
    try:
        return get(port, ASKS_NOT)[0] == 200
    except ConnectionRefusedError:
        return False
