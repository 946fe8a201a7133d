"""The supervisor, with small stand-in programs that really run."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from portal import embedded
from portal.management.commands import demo
from portal.supervisor import Service, Supervisor
from tests import prepared

pytestmark = pytest.mark.services

ROOT = Path(__file__).resolve().parents[2]
# Runs the steps that the test writes; `NAME` below stands in for a program.
SCRIPT = """
import os, sys
from pathlib import Path
from portal.embedded import Services
from portal.supervisor import Service, Supervisor, Task

def python(code):
    return (sys.executable, "-c", code)

data_dir = Path(sys.argv[1])
services = Services(data_dir, durable=False) if "servers" in sys.argv else None
supervisor = Supervisor(services=services, environment=os.environ)
steps = {steps}
sys.exit(supervisor.run(steps, on_up=lambda: supervisor.say("alles draait")))
"""
# A program with a child of its own; both would live on for a minute.
FAMILY = (
    "import subprocess, sys, time; "
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
    "print('kind', child.pid); time.sleep(60)"
)
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('doof'); time.sleep(60)"

Start = Callable[..., "Running"]


class Running:
    """A supervisor in a process of its own, and the lines it prints."""

    def __init__(self, data_dir: Path, steps: str, *options: str) -> None:
        script = SCRIPT.format(steps=steps)
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", script, str(data_dir), *options],
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.lines: list[str] = []
        self.family: list[psutil.Process] = []

    def read_until(self, text: str) -> None:
        """Read lines until one holds `text`; fails where the supervisor ends before."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            if text in line:
                break
        else:
            pytest.fail(f"{text!r} was never printed:\n" + "\n".join(self.lines))
        self.family = psutil.Process(self.process.pid).children(recursive=True)

    def end(self, stop_signal: int) -> tuple[int, float]:
        """Send a signal; gives the exit code and the seconds until the end."""
        begin = time.monotonic()
        self.process.send_signal(stop_signal)
        rest, _nothing = self.process.communicate(timeout=30)
        self.lines += rest.splitlines()
        return self.process.returncode, time.monotonic() - begin

    def survivors(self, seconds: float = 5) -> list[psutil.Process]:
        """Who of the family is still alive after at most so many seconds."""
        deadline = time.monotonic() + seconds
        while (alive := [p for p in self.family if _is_alive(p)]) and time.monotonic() < deadline:
            time.sleep(0.05)
        return alive


def _is_alive(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    started = []

    def run(steps: str, *options: str) -> Running:
        if "servers" in options and not embedded.is_owned(tmp_path / "data"):
            prepared.copy_to(tmp_path / "data")
        started.append(Running(tmp_path / "data", steps, *options))
        return started[-1]

    yield run
    for running in started:
        running.process.kill()
        running.process.communicate()
        assert running.survivors() == []


def test_tasks_run_in_order_and_each_line_names_its_speaker(start: Start) -> None:
    running = start(
        "(Task('een', 'Eerste stap', python('print(1); print(2, end=str())')),"
        " Task('twee', 'Tweede stap', python('print(3)')))"
    )
    running.read_until("alles draait")

    assert [line.strip() for line in running.lines] == [
        "portaal | Eerste stap",
        "een | 1",
        "een | 2",
        "portaal | Tweede stap",
        "twee | 3",
        "portaal | alles draait",
    ]


def test_a_failed_task_stops_everything_and_says_which(start: Start) -> None:
    running = start(
        f"(Service('web', 'Web start', python({FAMILY!r})),"
        " Task('gegevens', 'Gegevens laden', python('print(0); raise SystemExit(3)')))"
    )
    running.read_until("Mislukt: Gegevens laden (code 3)")

    assert running.end(0)[0] == 1
    assert running.survivors() == []
    assert "alles draait" not in "\n".join(running.lines)


@pytest.mark.parametrize("stop_signal", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_request_ends_programs_their_children_and_servers(
    start: Start, stop_signal: int, tmp_path: Path
) -> None:
    running = start(f"(Service('web', 'Web start', python({FAMILY!r})),)", "servers")
    running.read_until("kind")
    assert embedded.is_running(tmp_path / "data")

    code, seconds = running.end(stop_signal)

    assert code == 0
    assert seconds < 5
    assert running.lines[-1].endswith("Gestopt.")
    assert len(running.family) > 4
    assert running.survivors(0) == []


def test_a_program_that_ignores_the_request_is_ended_by_force(start: Start) -> None:
    running = start(f"(Service('web', 'Web start', python({DEAF!r})),)")
    running.read_until("doof")

    code, seconds = running.end(signal.SIGINT)

    assert (code, running.survivors(0)) == (0, [])
    assert seconds < 10


def test_programs_and_servers_end_when_the_supervisor_is_killed(start: Start) -> None:
    lasting = "import time; print('loopt'); time.sleep(60)"
    running = start(f"(Service('web', 'Web start', python({lasting!r})),)", "servers")
    running.read_until("loopt")

    running.end(signal.SIGKILL)

    assert len(running.family) > 3
    assert running.survivors() == []


def test_a_service_that_is_killed_starts_again(start: Start) -> None:
    lasting = "import os, time; print('ik ben', os.getpid()); time.sleep(60)"
    running = start(f"(Service('worker', 'Worker start', python({lasting!r})),)")
    running.read_until("ik ben")

    os.kill(int(running.lines[-1].split()[-1]), signal.SIGKILL)
    running.read_until("worker is gestopt (signaal 9) en start opnieuw.")
    running.read_until("ik ben")


def test_a_service_that_keeps_failing_stops_everything(start: Start) -> None:
    running = start("(Service('worker', 'Worker start', python('raise SystemExit(2)')),)")
    running.read_until("worker stopt steeds meteen (code 2)")

    assert running.end(0)[0] == 1


def test_a_server_that_is_killed_starts_again(start: Start, tmp_path: Path) -> None:
    running = start("()", "servers")
    running.read_until("alles draait")
    pid = int((tmp_path / "data" / "valkey.lock").read_text(encoding="ascii"))

    os.kill(pid, signal.SIGKILL)

    running.read_until("Valkey was gestopt en draait weer.")
    assert embedded.is_running(tmp_path / "data")


def test_a_second_demo_on_the_same_data_is_refused(start: Start, tmp_path: Path) -> None:
    prepared.copy_to(tmp_path / "data")
    with embedded.Services(tmp_path / "data", durable=False):
        running = start("()", "servers")
        running.read_until("kies met PORTAL_DATA_DIR een andere map")

        assert running.end(0)[0] == 1
        assert embedded.is_running(tmp_path / "data")


def test_a_long_output_without_end_blocks_nothing(start: Start) -> None:
    running = start(
        "(Service('veel', 'Veel tekst', python('while True: print(1 * \"x\")')),"
        " Task('taak', 'Taak', python('print(123)')))"
    )
    running.read_until("taak | 123")
    running.read_until("alles draait")

    code, seconds = running.end(signal.SIGINT)

    assert code == 0
    assert seconds < 5


def test_who_closed_its_output_is_not_listened_to_any_more() -> None:
    silent = "import os, time; os.close(1); os.close(2); time.sleep(60)"
    supervisor = Supervisor(services=None, environment=os.environ)
    child = supervisor._start(Service("stil", "Stil programma", (sys.executable, "-c", silent)))
    try:
        assert supervisor.selector.select(30)
        assert supervisor._heard(child) == []
        # Otherwise it would be asked again and again, as fast as the machine can.
        assert not supervisor.selector.get_map()
    finally:
        child.process.kill()
        child.process.wait()
        child.output.close()
        supervisor.selector.close()


def test_demo_with_a_taken_port_says_which_port_to_choose(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "manage.py", "demo"],
            cwd=ROOT,
            env={
                **os.environ,
                "PORT": str(port),
                "PORTAL_DATA_DIR": str(tmp_path),
                "PORTAL_DEMO": "yes",
            },
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode == 1
    assert f"Poort {port} is al in gebruik" in done.stderr
    assert f"PORT={port + 1}" in done.stderr
    assert not embedded.is_owned(tmp_path)


def test_demo_prepares_before_it_serves_and_names_every_account(tmp_path: Path) -> None:
    first = demo.steps(port=8000, data_dir=tmp_path, is_prepared=False)
    names = [step.name for step in first]
    text = demo.welcome(8000)

    assert names.index("database") < names.index("gegevens") < names.index("web")
    assert "http://localhost:8000/" in text
    for account in ("coordinator", "partner", "wethouder", "analist", "tweede.analist", "beheer"):
        assert f"{account}@demo.example" in text
    assert "kansrijke-start" in text


def test_a_prepared_demo_opens_its_doors_first(tmp_path: Path) -> None:
    steps = demo.steps(port=8000, data_dir=tmp_path, is_prepared=True)

    assert [step.name for step in steps] == ["web", "worker", "controle", "beat", "veger"]


def test_a_demo_is_prepared_again_when_its_database_was_removed(tmp_path: Path) -> None:
    cluster = tmp_path / "postgres"
    cluster.mkdir()
    (cluster / "PG_VERSION").write_text("18\n", encoding="ascii")
    before = demo.fingerprint(tmp_path)
    assert demo.fingerprint(tmp_path) == before

    (cluster / "PG_VERSION").unlink()
    assert demo.fingerprint(tmp_path) != before


def test_the_first_answer_of_a_web_server_is_awaited_without_blocking() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        is_up = demo.FirstAnswer(server.getsockname()[1])
        assert not is_up()
        visitor, _address = server.accept()
        assert visitor.recv(1000).startswith(b"GET /gezond/")
        assert not is_up()

        visitor.sendall(b"HTTP/1.0 503 Service Unavailable\r\n")
        visitor.close()
        assert is_up()

    assert not is_up()
