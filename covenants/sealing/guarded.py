"""Checking a file of a stranger, without it being able to take the web server down."""

import atexit
import hashlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from django.conf import settings

from covenants.sealing import handing_over
from covenants.sealing.findings import MAGIC_WITHIN, PDF_MAGIC, SealReport, SealVerdict
from portal.acts import Refused

if TYPE_CHECKING:
    from asn1crypto import x509

# Named and not imported: the web server itself needs none of what a check does.
PROCESS = "covenants.sealing.checking_process"
LONGEST_WAIT = 8


class TooBusy(Refused):
    def __init__(self) -> None:
        super().__init__("Er worden nu veel bestanden gecontroleerd. Probeer het over een minuut opnieuw.")


class _Checker:
    """The process beside this one that does the checking, started at the first file."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.lock = threading.Lock()
        self.places = threading.BoundedSemaphore(handing_over.PLACES)
        self.control: socket.socket | None = None
        self.process: subprocess.Popen[bytes] | None = None

    @contextmanager
    def ask(self, content: bytes, roots: list[bytes]) -> Iterator[Callable[[], dict[str, Any] | None]]:
        """Hand over a file; then ask what a child of the process found, which is None where it came to
        its limits."""
        with self._place(), self._child() as child:
            child.settimeout(handing_over.WALL_SECONDS + 2)
            # A child that ended while it read ends without an answer too.
            with suppress(OSError):
                handing_over.send(child, roots=roots, content=content)

            def answer() -> dict[str, Any] | None:
                try:
                    return handing_over.answer(child)
                except OSError:
                    return None

            yield answer

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self.places.acquire(timeout=LONGEST_WAIT):
            raise TooBusy
        try:
            yield
        finally:
            self.places.release()

    @contextmanager
    def _child(self) -> Iterator[socket.socket]:
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                self._hand_over(theirs)
            yield ours

    def _hand_over(self, end: socket.socket) -> None:
        """Give the process its end of a new connection; start it where it does not run."""
        with self.lock:
            for _ in range(2):
                if self.control is None or self.process is None or self.process.poll() is not None:
                    self.control = self._start()
                try:
                    socket.send_fds(self.control, [b"f"], [end.fileno()])
                    return
                except OSError:
                    self.stop()
        raise TooBusy

    def _start(self) -> socket.socket:
        self.stop()
        ours, theirs = socket.socketpair()
        with theirs:
            words = (theirs.fileno(), handing_over.CPU_SECONDS)
            self.process = subprocess.Popen(
                [sys.executable, "-m", PROCESS, *map(str, words)],
                cwd=settings.BASE_DIR,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                # Ctrl-C is for the server; this process ends with the connection.
                start_new_session=True,
            )
        return ours

    def stop(self) -> None:
        """End the process; a next file starts a new one."""
        if self.control is not None:
            self.control.close()
            self.control = None
        if self.process is not None and self.owner == os.getpid():
            # Children that are busy finish what they do, within their limits.
            self.process.terminate()
            self.process.wait(timeout=5)
            self.process = None


_checker = _Checker()


@atexit.register
def stop() -> None:
    """End the process that checks for this one; a next file starts a new one."""
    _checker.stop()


@contextmanager
def checking(content: bytes, *, roots: "tuple[x509.Certificate, ...]") -> Iterator[Callable[[], SealReport]]:
    """As `check_file`, for a file from outside: limited in time and memory, whatever is in it. The report
    is asked for at the end of what else there is to do meanwhile."""
    global _checker
    facts: dict[str, Any] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    if PDF_MAGIC not in content[:MAGIC_WITHIN]:
        yield lambda: SealReport(verdict=SealVerdict.NOT_PDF, **facts)
        return
    if _checker.owner != os.getpid():
        _checker = _Checker()
    with _checker.ask(content, [root.dump() for root in roots]) as answer:

        def report() -> SealReport:
            found = answer()
            if found is None:
                return SealReport(verdict=SealVerdict.TOO_HEAVY, **facts)
            return SealReport(**{**found, "verdict": SealVerdict(found["verdict"])})

        yield report
