"""One figure as words, and figures put in groups: pure, no queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitoring import sentences
from monitoring.catalogue import Definition
from monitoring.models import Aggregate, Status
from partners.models import Area, AreaKind
from portal.addresses import address_of
from portal.numbers import dutch_number

PROVISIONAL = " (voorlopig)"

ByArea = Mapping[int, Sequence[Aggregate]]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One figure as words: either a value or the reason why there is none."""

    value: str = ""
    unit: str = ""
    missing: str = ""
    margin: str = ""
    period: str = ""
    numerator: str = ""
    denominator: str = ""
    comparison: str = ""
    short_comparison: str = ""
    judgement: str = ""
    coverage: str = ""

    @property
    def full(self) -> str:
        """Value and unit in one, or the reason."""
        return self.missing or f"{self.value} {self.unit}".strip()


def read(figure: Aggregate | None, definition: Definition, *, country: Aggregate | None = None) -> Reading:
    """The words of one figure, beside the country where that is given."""
    if figure is None:
        return Reading(missing=sentences.reason(Status.NOT_DELIVERED))
    common = {"period": period_of(figure), "coverage": sentences.coverage(figure)}
    if figure.value is None or figure.numerator is None or figure.denominator is None:
        return Reading(missing=sentences.missing(figure, definition), **common)
    return Reading(
        value=sentences.value_text(figure.value, definition),
        unit=sentences.unit_text(definition),
        margin=sentences.limits_text(figure, definition),
        numerator=dutch_number(figure.numerator) if definition.has_counts else "",
        denominator=dutch_number(figure.denominator) if definition.has_counts else "",
        comparison=sentences.comparison(figure, country, definition),
        short_comparison=sentences.short_comparison(figure, country, definition),
        judgement=sentences.judgement(figure, definition),
        **common,
    )


def period_of(figure: Aggregate) -> str:
    """`2025`, or `2025 (voorlopig)` where a source may still change figures of that year."""
    return f"{figure.period.label}{PROVISIONAL if _is_provisional(figure) else ''}"


def provisional_of(figures: Iterable[Aggregate]) -> set[int]:
    """The periods of which a source may still change figures."""
    return {figure.period_id for figure in figures if _is_provisional(figure)}


def _is_provisional(figure: Aggregate) -> bool:
    # What was never read from the database, such as three years together, does not know.
    return getattr(figure, "is_provisional", False)


def address(definition: Definition, area: Area | None) -> str:
    """Where the page of one indicator shows this area."""
    url = address_of("monitoring:indicator-detail", definition.code)
    return f"{url}?gebied={area.code}" if area else url


def by_indicator(figures: Iterable[Aggregate]) -> dict[str, dict[int, list[Aggregate]]]:
    """Figures by the code of their indicator and then by area, in the order they came in."""
    found: dict[str, dict[int, list[Aggregate]]] = defaultdict(lambda: defaultdict(list))
    for figure in figures:
        found[figure.indicator.code][figure.area_id].append(figure)
    return found


def country_of(figures: Iterable[Aggregate]) -> Area | None:
    """The country among the areas of these figures."""
    areas = (figure.area for figure in figures)
    return next((area for area in areas if area.kind == AreaKind.COUNTRY), None)


def calculated_at(figures: Iterable[Aggregate]) -> datetime | None:
    """When the newest of these figures was worked out; they come from `with_moment`."""
    return max((figure.calculated_at for figure in figures if figure.calculated_at), default=None)


def same_period(figures: Sequence[Aggregate], like: Aggregate | None) -> Aggregate | None:
    """The figure of the period of `like`."""
    if like is None:
        return None
    return next((figure for figure in figures if figure.period_id == like.period_id), None)
