"""What a reader hands back: rows, issues and notes about one file."""

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from portal.numbers import dutch_number

Number = int | Decimal
Status = Literal[
    "reported",
    "not_delivered",
    "not_available",
    "withheld_by_source",
]
Severity = Literal["error", "warning"]

MAX_BYTES = 100 * 1024 * 1024
MAX_ROWS = 6_000_000
MAX_ISSUES = 200

# CBS's "Buitenland": a code among the municipalities that is none.
PSEUDO_MUNICIPALITY = "GM0998"
# CBS writes these where it has or gives no figure; every other negative count is an error.
NO_FIGURE = frozenset({-99999999, -99997})


class StagedRow(NamedTuple):
    """One figure as the file gives it; a tuple, so that millions can go straight into COPY.

    A row that is not `reported` has no numerator; its denominator stays where it is known.
    """

    row_number: int
    area_code: str
    period: str
    indicator_code: str
    numerator: Number | None
    denominator: Number | None
    status: Status


@dataclass(frozen=True, slots=True)
class Issue:
    """Something wrong in the file, in a Dutch sentence that names the place and the remedy."""

    row: int | None
    column: str
    value: str
    message: str
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of reading one file; nothing may be stored while it has errors."""

    rows: tuple[StagedRow, ...]
    issues: tuple[Issue, ...]
    notes: tuple[str, ...]
    sha256: str

    @property
    def errors(self) -> tuple[Issue, ...]:
        return tuple(issue for issue in self.issues if issue.severity == "error")


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

    def reading(self, content: bytes, rows: list[StagedRow]) -> Reading:
        issues = list(self.issues)
        if self.beyond:
            text = f"Er zijn nog {dutch_number(self.beyond)} fouten. Los eerst de fouten hierboven op."
            issues.append(Issue(None, "", "", text))
        return Reading(tuple(rows), tuple(issues), tuple(self.notes), sha256(content))


def sha256(content: bytes) -> str:
    """The fingerprint by which a file is recognised when it is delivered twice."""
    return hashlib.sha256(content).hexdigest()


def refused(content: bytes, sentence: str) -> Reading:
    """A reading without rows: the whole file is refused."""
    return Reading((), (Issue(None, "", "", sentence),), (), sha256(content))


def require_size(content: bytes) -> None:
    """Refuse an empty file and one that is too large."""
    if not content.strip():
        raise Unreadable("Het bestand is leeg. Kies een bestand met gegevens.")
    if len(content) > MAX_BYTES:
        raise Unreadable(
            f"Het bestand is te groot: {len(content) // 1024**2} MB."
            f" Lever ten hoogste {MAX_BYTES // 1024**2} MB per bestand aan."
        )


def skipped_pseudo(count: int) -> str:
    """The note about rows that were skipped because their code is no municipality."""
    rows = "1 rij" if count == 1 else f"{dutch_number(count)} rijen"
    return f"{rows} met {PSEUDO_MUNICIPALITY} Buitenland overgeslagen: dit is geen gemeente."


def _shorten(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
