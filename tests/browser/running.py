"""A portal that runs as its users run it: other processes, an own data folder, an own port."""

import http.client
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil

from portal.child_process import tied_to_parent

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 150
STOP_SECONDS = 20
# What makes the tests fast or separate must not reach the portal that is being tested.
OF_THE_TESTS_ALONE = (
    "PORTAL_DATABASE_ROLE",
    "PORTAL_STATIC_STORAGE",
    "PORTAL_PASSWORD_HASHER",
    "EMAIL_BACKEND",
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "REDIS_URL",
    "PYTHONWARNINGS",
)


class NotStarted(Exception):
    """The portal ended, or did not answer in time."""


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Portal:
    """One process of the portal and everything it starts.

    `environment` is added to what this process has, and goes before what follows from the rest.
    """

    def __init__(
        self, command: list[str], *, data_dir: Path, port: int, name: str = "demo", **environment: str
    ) -> None:
        self.data_dir = data_dir
        self.port = port
        self.url = f"http://localhost:{port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in OF_THE_TESTS_ALONE},
            "PORTAL_MODE": "development",
            "PORTAL_DATA_DIR": str(data_dir),
            "PORT": str(port),
            **environment,
        }
        data_dir.mkdir(parents=True, exist_ok=True)
        self.log = data_dir / f"{name}.log"
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=tied_to_parent(signal.SIGTERM),
            )

    def wait_until_it_answers(self) -> None:
        """Return when the address answers; pass on what it says meanwhile."""
        deadline = time.monotonic() + START_SECONDS
        lines_seen = 0
        while not self._answers():
            lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
            for line in lines[lines_seen:]:
                logger.info("%s", line)
            lines_seen = len(lines)
            if self.process.poll() is not None:
                raise NotStarted("\n".join(lines[-30:]))
            if time.monotonic() > deadline:
                raise NotStarted(f"No answer after {START_SECONDS} s:\n" + "\n".join(lines[-30:]))
            time.sleep(0.2)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/gezond/", headers={"Host": "localhost"})
            connection.getresponse()
        except OSError:
            return False
        finally:
            connection.close()
        return True

    def manage(self, *arguments: str, **environment: str) -> str:
        """Run a management command beside the portal and return what it prints."""
        finished = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env={**self.environment, **environment},
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert finished.returncode == 0, f"manage.py {arguments}: {finished.stdout}{finished.stderr}"
        return finished.stdout

    def processes(self) -> list[psutil.Process]:
        """Everything this portal started, at any depth."""
        with suppress(psutil.NoSuchProcess):
            return psutil.Process(self.process.pid).children(recursive=True)
        return []

    def said(self) -> str:
        """All that was printed until now."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> tuple[int, list[psutil.Process]]:
        """Press Ctrl-C; return the exit code and the processes that are left, which should be none."""
        children = self.processes()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            code = self.process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        _gone, left = psutil.wait_procs(children, timeout=3)
        for process in left:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        return code, left


def start_demo(data_dir: Path) -> Portal:
    """`make demo` without the installing: returns when the front page answers."""
    demo = Portal(
        [sys.executable, "manage.py", "demo"], data_dir=data_dir, port=free_port(), PORTAL_DEMO="yes"
    )
    try:
        demo.wait_until_it_answers()
    except BaseException:
        demo.stop()
        raise
    return demo
