"""What a reader of figures hands back: rows, issues and notes about one file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from portal.findings import Findings, Issue
from portal.numbers import dutch_number
from portal.table_reader import Limits

Number = int | Decimal
Status = Literal[
    "reported",
    "not_delivered",
    "not_available",
    "withheld_by_source",
    "unreliable",
    "not_applicable",
]

LIMITS = Limits(size=100 * 1024 * 1024, rows=6_000_000, unpacked=1024 * 1024 * 1024)

# CBS's "Buitenland": a code among the municipalities that is none.
PSEUDO_MUNICIPALITY = "GM0998"
# CBS writes these where it has or gives no figure; every other negative count is an error.
NO_FIGURE = frozenset({-99999999, -99997})


# The whole country, and how CBS writes it.
COUNTRY = "NL"
COUNTRY_CODES = frozenset({"NL", "NL00", "NL01"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What somebody said of a table: which column holds what, and what holds for all of its rows."""

    # The cells of the row with the headings, by which that row is found again.
    header: tuple[str, ...]
    columns: dict[str, int]
    fixed: dict[str, str]
    decimal_mark: Literal[",", "."] | None = None


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


@dataclass(slots=True)
class Reading:
    """One file while it is read: its rows, once, and from then on what is wrong with it.

    Nothing may be stored while it has errors. A file is never held as a whole, nor are its rows.
    """

    rows: Iterator[StagedRow] = field(default_factory=lambda: iter(()))
    findings: Findings = field(default_factory=Findings)
    # How many rows there are below the headings; known from the first row on.
    total: int = 0

    @property
    def issues(self) -> list[Issue]:
        beyond = self.findings.beyond
        if not beyond:
            return list(self.findings.issues)
        text = f"Er zijn nog {dutch_number(beyond)} fouten. Los eerst de fouten hierboven op."
        return [*self.findings.issues, Issue(None, "", "", text)]

    @property
    def errors(self) -> list[Issue]:
        return [issue for issue in self.issues if issue.severity == "error"]

    @property
    def notes(self) -> list[str]:
        return list(self.findings.notes)


def skipped_pseudo(count: int) -> str:
    """The note about rows that were skipped because their code is no municipality."""
    rows = "1 rij" if count == 1 else f"{dutch_number(count)} rijen"
    return f"{rows} met {PSEUDO_MUNICIPALITY} Buitenland overgeslagen: dit is geen gemeente."
