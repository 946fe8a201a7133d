"""Years put together where one year is too few: pure functions, no database.

The windows are fixed and lie side by side (2018-2020, 2021-2023). A window that moved along with the
newest year would overlap the one before, and their difference would tell what a single year hides.
Which of them are shown decides `monitoring.window_protection`.
"""

import datetime
from collections.abc import Callable, Iterable

from monitoring import intervals
from monitoring.catalogue import Definition
from monitoring.intervals import Z95, Z998, Interval
from monitoring.models import Aggregate, Comparison, Indicator, Period, PooledFigure
from partners.models import AreaKind

YEARS = 3
# A year in which a window starts. Any would do, as long as it never changes.
START = 2021
TOO_SMALL_FOR_A_YEAR = "Te klein om jaarlijks te tonen"


def window_of(year: int) -> int:
    """The first year of the window that this year lies in, the same at every moment."""
    return year - (year - START) % YEARS


def window_of_period(period: Period) -> int | None:
    """The same of a period; None where that is no year."""
    return window_of(int(period.code)) if period.code.isdecimal() else None


def label(first: int) -> str:
    """The three years that begin with this one: `2021-2023 samen`."""
    return f"{first}-{first + YEARS - 1} samen"


def first_year_of(window: Aggregate) -> int:
    """In which year one of `figures` begins."""
    return -window.period_id


def last_shown(windows: Iterable[Aggregate]) -> Aggregate | None:
    """Of windows with the oldest first, the one that stands where a year is not shown."""
    return next((one for one in reversed(list(windows)) if one.value is not None), None)


def figures(rows: Iterable[PooledFigure]) -> list[Aggregate]:
    """Three years together as a figure like those of one year: sums first, divided last, with a margin
    and beside the country, where that is among the rows. They are never saved."""
    found = list(rows)
    countries = {
        (row.audit.indicator_id, row.audit.first_year): row
        for row in found
        if row.area.kind == AreaKind.COUNTRY
    }
    return [_figure(row, countries.get((row.audit.indicator_id, row.audit.first_year))) for row in found]


def _figure(row: PooledFigure, country: PooledFigure | None) -> Aggregate:
    indicator = row.audit.indicator
    figure = Aggregate(
        indicator=indicator,
        period=_period(row.audit.first_year),
        area=row.area,
        status=row.status,
        # Of the years each has its own.
        member_count=0,
        reported_count=0,
    )
    if row.numerator is not None and row.denominator:
        count(figure, row.numerator, row.denominator)
        if country is not None and country is not row:
            figure.compared_95 = _compared(figure.lower_95, figure.upper_95, country, indicator)
            figure.compared_998 = _compared(figure.lower_998, figure.upper_998, country, indicator)
    return figure


def count(figure: Aggregate, x: float, n: float, *, has_margin: bool = True) -> None:
    """Give a figure that is no row of the view its counts, and what follows from them."""
    factor, limits = figure.indicator.factor, LIMITS[figure.indicator.interval]
    figure.numerator, figure.denominator, figure.value = x, n, factor * x / n
    at_95, at_998 = limits(x, n, factor, Z95), limits(x, n, factor, Z998)
    if has_margin and at_95 is not None and at_998 is not None:
        figure.lower_95, figure.upper_95 = at_95.lower, at_95.upper
        figure.lower_998, figure.upper_998 = at_998.lower, at_998.upper


def wide_limits(figure: Aggregate, definition: Definition) -> Interval | None:
    """The limits at 99.8 percent, of a figure that has any: from its counts, as pages do not read them."""
    if figure.lower_95 is None or figure.numerator is None or not figure.denominator:
        return None
    limits = LIMITS[definition.interval]
    return limits(figure.numerator, figure.denominator, definition.factor, Z998)


def _period(first: int) -> Period:
    last = first + YEARS - 1
    return Period(
        # No row of the table: a number that none of these has.
        pk=-first,
        code=f"{first}-{last}",
        label=label(first),
        reference_date=datetime.date(last, 1, 1),
    )


def _compared(
    lower: float | None, upper: float | None, country: PooledFigure, indicator: Indicator
) -> Comparison | None:
    if lower is None or upper is None or not country.denominator or country.numerator is None:
        return None
    return compared(Interval(lower, upper), indicator.factor * country.numerator / country.denominator)


def compared(limits: Interval | None, benchmark: float | None) -> Comparison | None:
    """Higher or lower only where the whole interval lies at one side of the benchmark."""
    if limits is None or benchmark is None:
        return None
    if limits.lower > benchmark:
        return Comparison.HIGHER
    return Comparison.LOWER if limits.upper < benchmark else Comparison.SAME


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
