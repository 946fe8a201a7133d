"""Years put together where one year is too few: pure functions, no database.

The windows are fixed and lie side by side (2018-2020, 2021-2023). A window that moved along with the
newest year would overlap the one before, and their difference would tell what a single year hides.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from monitoring import intervals
from monitoring.catalogue import Definition
from monitoring.intervals import Z95, Z998, Interval
from monitoring.models import Aggregate, Status

YEARS = 3
# A year in which a window starts. Any would do, as long as it never changes.
START = 2021
TOO_SMALL_FOR_A_YEAR = "Te klein om jaarlijks te tonen"
NOT_ALL_YEARS = "Niet getoond: niet elk jaar van dit tijdvak heeft een cijfer"


@dataclass(frozen=True, slots=True)
class Counts:
    """Numerator and denominator of one area in one year, as they may be shown; None where not."""

    numerator: float | None
    denominator: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """One window of years of one area: the sum of its counts, or the reason why there is none."""

    first: int
    last: int
    # How many of its years have a figure that may be shown.
    known: int
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    limits_95: Interval | None = None
    limits_998: Interval | None = None
    missing: str = ""

    @property
    def label(self) -> str:
        """`2021-2023`."""
        return f"{self.first}-{self.last}"


def window_of(year: int) -> int:
    """The first year of the window that this year lies in, the same at every moment."""
    return year - (year - START) % YEARS


def windows(
    counts: Mapping[int, Counts], *, factor: float, interval: str, missing: str = NOT_ALL_YEARS
) -> list[Pooled]:
    """The figures of each window in which a year has been, oldest first: sums first, divided last.

    A window of which a year is hidden or absent has no sum. It tells no more than its years do, so
    that nobody can subtract a shown year from it.
    """
    found = []
    for first in sorted({window_of(year) for year in counts}):
        years = [counts.get(year) for year in range(first, first + YEARS)]
        found.append(_pooled(first, years, factor=factor, interval=interval, missing=missing))
    return found


def windows_of(figures: Iterable[Aggregate], definition: Definition) -> list[Pooled]:
    """The same of the published figures of one area; a period that is no year counts for nothing.

    `missing` says why: an area whose single years are hidden is too small to show yearly.
    """
    counts, is_hidden = {}, False
    for figure in figures:
        if not figure.period.code.isdecimal():
            continue
        counts[int(figure.period.code)] = Counts(figure.numerator, figure.denominator)
        is_hidden = is_hidden or figure.status == Status.SUPPRESSED_PRIMARY
    return windows(
        counts,
        factor=definition.factor,
        interval=definition.interval,
        missing=TOO_SMALL_FOR_A_YEAR if is_hidden else NOT_ALL_YEARS,
    )


def _pooled(first: int, years: list[Counts | None], *, factor: float, interval: str, missing: str) -> Pooled:
    last = first + YEARS - 1
    known = [
        (year.numerator, year.denominator)
        for year in years
        if year is not None and year.numerator is not None and year.denominator is not None
    ]
    if len(known) < YEARS:
        return Pooled(first=first, last=last, known=len(known), missing=missing)
    x, n = sum(x for x, _ in known), sum(n for _, n in known)
    if n == 0:
        return Pooled(first=first, last=last, known=YEARS, numerator=x, denominator=n, missing="n.v.t.")
    limits = LIMITS[interval]
    return Pooled(
        first=first,
        last=last,
        known=YEARS,
        numerator=x,
        denominator=n,
        value=factor * x / n,
        limits_95=limits(x, n, factor, Z95),
        limits_998=limits(x, n, factor, Z998),
    )


def _wilson(x: float, n: float, factor: float, z: float) -> Interval | None:
    found = intervals.wilson(x, n, z=z)
    return found.times(factor) if found else None


def _byar(x: float, n: float, factor: float, z: float) -> Interval | None:
    return intervals.rate(x, n, factor=factor, z=z)


def _none(_x: float, _n: float, _factor: float, _z: float) -> Interval | None:
    """Everybody was counted: chance plays no part."""
    return None


LIMITS: dict[str, Callable[[float, float, float, float], Interval | None]] = {
    "wilson": _wilson,
    "byar": _byar,
    "none": _none,
}
