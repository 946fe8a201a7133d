"""Every indicator of a coalition on one screen, what clearly differs first: pure, no queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitoring import burden, sentences, trends
from monitoring.catalogue import Definition
from monitoring.models import Aggregate
from monitoring.presenters.pooled import NO_WINDOWS, Pooled, pooled_of
from monitoring.presenters.readings import ByArea, Reading, address, read, same_period
from monitoring.trends import Direction
from partners.models import Area


@dataclass(frozen=True, kw_only=True)
class TrendWords:
    """How a series goes, as an icon and words."""

    icon: str
    words: str


TREND_WORDS = {
    Direction.RISING: TrendWords(icon="up", words="Stijgt duidelijk"),
    Direction.FALLING: TrendWords(icon="down", words="Daalt duidelijk"),
    Direction.NONE: TrendWords(icon="dot", words="Geen duidelijke stijging of daling"),
    Direction.UNKNOWN: TrendWords(icon="dot", words="Nog niet te zeggen"),
}
# Without a margin nobody can say whether a difference is more than chance.
NO_TREND = TrendWords(icon="", words="Wordt niet beoordeeld")


@dataclass(frozen=True, kw_only=True)
class RegionRow:
    """One indicator of an area, in its newest period."""

    definition: Definition
    url: str
    reading: Reading
    country: Reading
    trend: TrendWords
    burden: str
    # What three years together say, where the newest year is not shown.
    pooled: Pooled | None

    @property
    def judgement(self) -> str:
        """Better or worse than the country, of three years together where the year is not shown."""
        return self.reading.judgement or (self.pooled.reading.judgement if self.pooled else "")

    @property
    def is_signal(self) -> bool:
        """Whether chance alone hardly explains the difference with the country."""
        return bool(self.judgement)


@dataclass(frozen=True, kw_only=True)
class RegionPage:
    """The rows in three groups."""

    signals: list[RegionRow]
    others: list[RegionRow]
    # What no source delivered for this area yet.
    without: list[Definition]

    @property
    def rows(self) -> list[RegionRow]:
        """All of them in one list, the signals first."""
        return [*self.signals, *self.others]


def region_page(
    definitions: Iterable[Definition],
    figures: Mapping[str, ByArea],
    *,
    area: Area,
    country: Area | None,
    windows: Mapping[str, ByArea] = NO_WINDOWS,
) -> RegionPage:
    """The definitions in their order; first the signals, the unfavourable ones on top. `windows` are the
    figures of three years together."""
    rows, without = [], []
    for definition in definitions:
        by_area = figures.get(definition.code, {})
        own = by_area.get(area.pk, ())
        if own:
            national = by_area.get(country.pk, ()) if country else ()
            pooled = pooled_of(own[-1], windows.get(definition.code, {}), definition, area, country)
            rows.append(_row(definition, own, national, area, pooled))
        else:
            without.append(definition)
    signals = [row for row in rows if row.is_signal]
    return RegionPage(
        signals=sorted(signals, key=lambda row: row.judgement != "ongunstiger"),
        others=[row for row in rows if not row.is_signal],
        without=without,
    )


def _row(
    definition: Definition,
    own: Sequence[Aggregate],
    national: Sequence[Aggregate],
    area: Area,
    pooled: Pooled | None,
) -> RegionRow:
    figure = own[-1]
    benchmark = same_period(national, figure)
    more = burden.burden_of(figure, benchmark)
    return RegionRow(
        definition=definition,
        url=address(definition, area),
        reading=read(figure, definition, country=benchmark),
        country=read(benchmark, definition),
        trend=TREND_WORDS[trend_of(own).direction] if sentences.has_margin(definition) else NO_TREND,
        burden=more.sentence(definition) if more else "",
        pooled=pooled,
    )


def trend_of(figures: Sequence[Aggregate]) -> trends.Trend:
    """The recent trend of one area; a year without a figure, or missing from the row, breaks it."""
    return trends.recent_trend([_point(figure) for figure in years_of(figures)])


def years_of(figures: Sequence[Aggregate]) -> list[Aggregate | None]:
    """The figures of one area from the first year to the last; None where a year has no number."""
    by_year = {int(figure.period.code): figure for figure in figures if figure.period.code.isdecimal()}
    if not by_year:
        return []
    found = (by_year.get(year) for year in range(min(by_year), max(by_year) + 1))
    return [figure if figure and figure.value is not None else None for figure in found]


def _point(figure: Aggregate | None) -> trends.Point | None:
    if figure is None or figure.value is None or figure.lower_95 is None or figure.upper_95 is None:
        return None
    return trends.Point(value=figure.value, lower=figure.lower_95, upper=figure.upper_95)


@dataclass(frozen=True, kw_only=True)
class CompareRow:
    """One indicator in several areas, all in one period."""

    definition: Definition
    url: str
    period: str
    # Of each area by its name, and of three years together where the year is not shown.
    readings: list[tuple[str, Reading, Pooled | None]]
    country: Reading
    # Where the middle half of municipalities that are as urban is.
    peers: str


def compare_rows(
    definitions: Iterable[Definition],
    figures: Mapping[str, ByArea],
    *,
    areas: Sequence[Area],
    country: Area | None,
    middles: Mapping[tuple[str, int], tuple[int, int, Sequence[float]]],
    windows: Mapping[str, ByArea] = NO_WINDOWS,
) -> list[CompareRow]:
    """The newest period that any of the areas has, for each indicator with a figure there."""
    found = []
    for definition in definitions:
        by_area = figures.get(definition.code, {})
        newest = [by_area[area.pk][-1] for area in areas if by_area.get(area.pk)]
        if not newest:
            continue
        last = max(newest, key=lambda figure: (figure.period.reference_date, figure.period.code))
        national = same_period(by_area.get(country.pk, ()) if country else (), last)
        of_years = windows.get(definition.code, {})
        own = [(area, same_period(by_area.get(area.pk, ()), last)) for area in areas]
        readings = [
            (
                area.name,
                read(figure, definition, country=national),
                pooled_of(figure, of_years, definition, area, country) if figure else None,
            )
            for area, figure in own
        ]
        found.append(
            CompareRow(
                definition=definition,
                url=address(definition, areas[0]),
                period=last.period.label,
                readings=readings,
                country=read(national, definition),
                peers=_middle(middles.get((definition.code, last.period_id)), definition),
            )
        )
    return found


def _middle(found: tuple[int, int, Sequence[float]] | None, definition: Definition) -> str:
    if found is None or not sentences.has_middle(known=found[0], total=found[1]):
        return "Te weinig cijfers"
    known, total, (low, high) = found
    words = f"{sentences.value_text(low, definition)} tot {sentences.value_text(high, definition)}"
    return f"{words} ({known} van {total} gemeenten)"
