"""Runs the demo: embedded servers, first steps and lasting processes, under one parent.

Whatever ends this process, a Ctrl-C or a kill -9, ends everything it started.
"""

import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import IO, cast

from portal.child_process import tied_to_parent
from portal.embedded import EmbeddedError, Services

STOP_SECONDS = 4
# A process that ends within this time, this many times in a row, will not get better by itself.
SHORT_LIFE_SECONDS = 10
SHORT_LIVES = 3
SERVER_LABELS = {"postgres": "PostgreSQL", "valkey": "Valkey"}
SERVER_EVENTS = {
    "restarted": "was gestopt en draait weer",
    "paused": "staat nu stil, zoals gevraagd",
    "resumed": "draait weer, zoals gevraagd",
}


@dataclass(frozen=True)
class Task:
    """Something that must succeed before the next step."""

    name: str
    message: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Service:
    """Something that keeps running and is started again when it ends."""

    name: str
    message: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_signal: int = signal.SIGTERM
    is_up: Callable[[], bool] = lambda: True
    """The next step waits for this."""


class Failed(Exception):
    """A step did not succeed; everything stops."""


class _StopAsked(BaseException):
    """Ctrl-C, or a request to end from outside."""


class _Child:
    """One running step and what it prints."""

    def __init__(self, step: Task | Service, environment: Mapping[str, str]) -> None:
        self.step = step
        self.started_at = time.monotonic()
        self.stop_signal = getattr(step, "stop_signal", signal.SIGTERM)
        self.rest = b""
        self.is_silent = False
        self.process = subprocess.Popen(
            step.command,
            env={**environment, **step.environment, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # A session of its own: Ctrl-C reaches us alone, and its children can be ended with it.
            start_new_session=True,
            preexec_fn=tied_to_parent(self.stop_signal),  # noqa: PLW1509
        )
        self.output = cast("IO[bytes]", self.process.stdout)
        os.set_blocking(self.output.fileno(), False)

    def read_lines(self) -> list[str]:
        """The whole lines printed since the last time; at the end also an unfinished one."""
        try:
            chunk = os.read(self.output.fileno(), 65536)
        except BlockingIOError:
            chunk = b""
        else:
            self.is_silent = not chunk
        *lines, self.rest = (self.rest + chunk).split(b"\n")
        if self.rest and (self.is_silent or self.process.poll() is not None):
            lines, self.rest = [*lines, self.rest], b""
        return [line.decode("utf-8", "replace").rstrip() for line in lines]

    def signal_group(self, stop_signal: int) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, stop_signal)


class Supervisor:
    """Starts steps in order, prints what they say, and stops all of them together."""

    def __init__(self, *, services: Services | None, environment: Mapping[str, str]) -> None:
        self.services = services
        self.environment = environment
        self.children: list[_Child] = []
        self.short_lives: dict[str, int] = {}
        self.selector = selectors.DefaultSelector()

    def run(
        self,
        steps: Sequence[Task | Service],
        *,
        on_up: Callable[[], None],
    ) -> int:
        """Take the steps, call `on_up`, and run until asked to stop.

        Returns the exit code: 0 when asked to stop, 1 when a step failed.
        """
        for stop_signal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(stop_signal, _ask_to_stop)
        try:
            self._start_servers()
            for step in steps:
                self._take(step)
            on_up()
            while True:
                self._look_around(1)
        except _StopAsked:
            self.say("Alles wordt gestopt …")
            return 0
        except (Failed, EmbeddedError) as failure:
            self.say(str(failure))
            return 1
        finally:
            self._stop()

    def say(self, text: str, *, by: str = "portaal") -> None:
        """Print lines with the name of the speaker in front."""
        for line in text.splitlines() or [""]:
            # The terminal may be gone while we are still ending things.
            with suppress(OSError):
                sys.stdout.write(f"{by:>9} | {line}".rstrip() + "\n")
                sys.stdout.flush()

    def _start_servers(self) -> None:
        if self.services:
            self.say("Database (PostgreSQL) en wachtrij (Valkey) starten …")
            self.services.start()

    def _take(self, step: Task | Service) -> None:
        self.say(step.message)
        child = self._start(step)
        if isinstance(step, Service):
            while not step.is_up():
                self._look_around(0.1)
        else:
            while child in self.children:
                self._look_around(0.2)

    def _start(self, step: Task | Service) -> _Child:
        child = _Child(step, self.environment)
        self.children.append(child)
        self.selector.register(child.output, selectors.EVENT_READ, child)
        return child

    def _look_around(self, seconds: float) -> None:
        """Pass on what was printed, and deal with what ended."""
        for key, _events in self.selector.select(seconds):
            self._pass_on(key.data)
        for child in self.children[:]:
            if child.process.poll() is not None:
                self._bury(child)
        for name, event in self.services.watch() if self.services else ():
            self.say(f"{SERVER_LABELS[name]} {SERVER_EVENTS[event]}.")

    def _pass_on(self, child: _Child) -> None:
        for line in self._heard(child):
            self.say(line, by=child.step.name)

    def _heard(self, child: _Child) -> list[str]:
        """What it printed. Who closed its output is not listened to any more: that would return at once,
        each time."""
        lines = child.read_lines()
        if child.is_silent and child.output in self.selector.get_map():
            self.selector.unregister(child.output)
        return lines

    def _bury(self, child: _Child) -> None:
        """Forget a process that ended; a failed task ends all, a service starts again."""
        self._pass_on(child)
        if child.output in self.selector.get_map():
            self.selector.unregister(child.output)
        child.output.close()
        self.children.remove(child)
        child.signal_group(signal.SIGKILL)
        step, ending = child.step, _ending(child.process.returncode)
        if isinstance(step, Task):
            if child.process.returncode != 0:
                raise Failed(f"Mislukt: {step.message} ({ending}). De regels hierboven zeggen meer.")
            return
        lived = time.monotonic() - child.started_at
        is_short = lived < SHORT_LIFE_SECONDS
        self.short_lives[step.name] = self.short_lives.get(step.name, 0) + 1 if is_short else 0
        if self.short_lives[step.name] >= SHORT_LIVES:
            raise Failed(f"{step.name} stopt steeds meteen ({ending}). De regels hierboven zeggen meer.")
        self.say(f"{step.name} is gestopt ({ending}) en start opnieuw.")
        self._start(step)

    def _stop(self) -> None:
        """Ask every process to end, then end what is left, and the servers last."""
        for stop_signal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(stop_signal, signal.SIG_IGN)
        for child in self.children:
            child.process.send_signal(child.stop_signal)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline and any(child.process.poll() is None for child in self.children):
            # Read, so that nobody waits for us; what they say about ending helps nobody.
            for key, _events in self.selector.select(0.1):
                self._heard(key.data)
        for child in self.children:
            child.signal_group(signal.SIGKILL)
            child.process.wait()
            child.output.close()
        self.selector.close()
        if self.services:
            self.services.stop()
        self.say("Gestopt.")


def _ask_to_stop(_number: int, _frame: FrameType | None) -> None:
    raise _StopAsked


def _ending(code: int) -> str:
    return f"signaal {-code}" if code < 0 else f"code {code}"
