"""What is found while a file is read: issues, each with its place and remedy, and notes."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Literal

Severity = Literal["error", "warning"]

MAX_ISSUES = 200
PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Issue:
    """Something wrong in the file, in a Dutch sentence that names the place and the remedy."""

    row: int | None
    column: str
    value: str
    message: str
    severity: Severity = "error"


class Unreadable(Exception):
    """The file as a whole cannot be read; the message is the Dutch sentence for the user."""


@dataclass(slots=True)
class Findings:
    """Issues and notes while they are collected; issues beyond a limit are only counted."""

    issues: list[Issue] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    beyond: int = 0

    def error(self, row: int | None, column: str, value: object, problem: str) -> None:
        """Note an error; `problem` says what is wrong and what to do about it."""
        if len(self.issues) >= MAX_ISSUES:
            self.beyond += 1
            return
        shown = _shorten(str(value))
        place = "" if row is None else f"Rij {row}, kolom {column}: "
        self.issues.append(Issue(row, column, shown, f"{place}{problem}"))

    def refuse(self, sentence: str) -> None:
        """Note that the file as a whole cannot be read; what was found until then says nothing more."""
        self.issues = [Issue(None, "", "", sentence)]
        self.notes = []
        self.beyond = 0


def sha256(content: bytes) -> str:
    """The fingerprint by which a file is recognised when it is delivered twice."""
    return hashlib.sha256(content).hexdigest()


def fingerprint(source: BinaryIO) -> str:
    """The same of an open file, without holding it."""
    found = hashlib.sha256()
    for piece in pieces_of(source):
        found.update(piece)
    return found.hexdigest()


def pieces_of(source: BinaryIO) -> Iterator[bytes]:
    """All of a file, from its beginning, a megabyte at a time."""
    source.seek(0)
    while piece := source.read(PIECE):
        yield piece


def _shorten(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
