"""Valkey may stop and a worker may be killed at any line: no page fails, and no work is lost."""

import os
import signal
import time
from collections.abc import Callable, Iterator

import psutil
import psycopg
import pytest
from playwright.sync_api import Browser

from portal.embedded import VALKEY, addresses, resume
from tests.browser.pages import SCREENS
from tests.browser.running import Portal
from tests.browser.signing_in import ACCOUNTS, code_in

pytestmark = pytest.mark.services

PATHS = sorted({(screen.role, screen.path, screen.status) for screen in SCREENS})
# Only against hanging, on a machine that may have other work to do.
HANGS_AFTER_SECONDS = 120
FIGURES = """
    SELECT md5(string_agg((to_jsonb(figure) - 'partition_id')::text, '|'
                          ORDER BY indicator_id, period_id, area_id))
    FROM monitoring_releasefigure figure
    WHERE release_id = (SELECT id FROM monitoring_release WHERE published_at IS NULL)
"""
ORDERED = "SELECT max(id) FROM monitoring_run"
LEFT = "SELECT count(*) FROM monitoring_partition WHERE state <> 'done'"
AUDITS_LEFT = "SELECT count(*) FROM monitoring_audit WHERE state <> 'done'"
FROM_RUN = """
    SELECT count(*) FILTER (WHERE run_id = %s), count(*)
    FROM monitoring_releasefigure JOIN monitoring_partition partition ON partition.id = partition_id
    WHERE release_id = (SELECT id FROM monitoring_release WHERE published_at IS NULL)
"""
WAITS_IN_THE_MIDDLE = """
    SELECT count(*) FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND query LIKE '%DELETE FROM monitoring_total%'
"""


@pytest.fixture
def database(demo: Portal) -> Iterator[psycopg.Connection]:
    """The database of the demo, as its owner."""
    with psycopg.connect(addresses(demo.data_dir).owner_database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def without_valkey(demo: Portal) -> Iterator[None]:
    demo.manage("services", "stop", "valkey")
    until(lambda: not runs(demo, "valkey"))
    yield
    # As the command does, which one of these tests starts it with.
    resume(demo.data_dir, VALKEY)
    until(lambda: runs(demo, "valkey"))


def test_without_valkey_every_page_answers_and_a_code_logs_in(
    chromium: Browser, demo, signed_in, open_page, database, without_valkey
):
    for role in sorted({role for role, _path, _status in PATHS}):
        context = chromium.new_context(base_url=demo.url, storage_state=signed_in(role))
        for path, status in [(path, status) for who, path, status in PATHS if who == role]:
            response = context.request.get(path, timeout=HANGS_AFTER_SECONDS * 1000)
            assert response.status == status, path
        context.close()

    page = open_page()
    page.goto("/account/login/code/")
    page.get_by_label("E-mailadres").fill(ACCOUNTS["partner"])
    page.get_by_role("button", name="Stuur mij een code").click()
    page.wait_for_url("**/confirm/**")
    text, state = database.execute("SELECT text, state FROM portal_mail ORDER BY id DESC LIMIT 1").fetchone()
    assert state == "done"
    page.get_by_label("Code").fill(code_in(text))
    page.get_by_role("button", name="Doorgaan").click()
    page.wait_for_url("**/mijn/")


def test_what_is_ordered_without_valkey_is_done_when_it_is_back(demo, database, request):
    request.getfixturevalue("without_valkey")
    demo.manage("aggregate", "--all")
    run = one(database, ORDERED)
    demo.manage("services", "start", "valkey")
    until(lambda: runs(demo, "valkey"))
    demo.manage("sweep", "--once")
    until(lambda: one(database, LEFT) == 0)
    from_this_run, all_of_them = database.execute(FROM_RUN, [run]).fetchone()
    assert from_this_run == all_of_them > 0


def test_a_worker_killed_in_the_middle_of_the_figures_leaves_the_same_table(demo, database):
    # The first calculation begins a release, the second one replaces its sums.
    demo.manage("aggregate", "--all", "--wait")
    undisturbed = one(database, FIGURES)
    # Somebody holds one row, so the worker stands still with half of its work done.
    with psycopg.connect(addresses(demo.data_dir).owner_database_url) as holder:
        holder.execute(
            "SELECT 1 FROM monitoring_total ORDER BY partition_id DESC, area_id DESC LIMIT 1 FOR UPDATE"
        )
        demo.manage("aggregate", "--all")
        run = one(database, ORDERED)
        until(lambda: one(database, WAITS_IN_THE_MIDDLE) > 0)
        killed = kill_workers(demo)
    assert killed
    assert one(database, LEFT) > 0

    until(lambda: runs(demo, "config worker"))
    # The lease of the dead runs out; the next round of the sweeper rings.
    database.execute("UPDATE monitoring_partition SET lease_until = now() WHERE state = 'waiting'")
    demo.manage("sweep", "--once")
    until(lambda: one(database, LEFT) == 0)
    # Which figures are kept back is decided after the sums.
    until(lambda: one(database, AUDITS_LEFT) == 0)

    from_this_run, all_of_them = database.execute(FROM_RUN, [run]).fetchone()
    assert from_this_run == all_of_them > 0
    assert one(database, FIGURES) == undisturbed


def one(database: psycopg.Connection, statement: str) -> object:
    return database.execute(statement).fetchone()[0]


def until(is_true: Callable[[], bool], *, seconds: float = HANGS_AFTER_SECONDS) -> None:
    """Return as soon as it is true."""
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.1)


def processes_of(demo: Portal, words: str) -> list[psutil.Process]:
    found = []
    for process in demo.processes():
        try:
            if words in " ".join(process.cmdline()):
                found.append(process)
        except (psutil.NoSuchProcess, psutil.ZombieProcess):
            continue
    return found


def runs(demo: Portal, words: str) -> bool:
    return bool(processes_of(demo, words))


def kill_workers(demo: Portal) -> list[int]:
    """Kill -9 the worker and its children, so that none can say goodbye."""
    pids = [process.pid for process in processes_of(demo, "config worker")]
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    until(lambda: not any(psutil.pid_exists(pid) for pid in pids))
    return pids
