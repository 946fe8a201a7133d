"""What pages of figures show, made from rows that were already read: pure, no queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitoring import charts, sentences
from monitoring.catalogue import Definition
from monitoring.models import Aggregate
from partners.models import Area, AreaKind

CONTEXT = "context"
HEADLINES = 4
# The key figures of CBS carry the inhabitants as the numerator of this indicator.
INHABITANTS = "inwoners-per-huishouden"

BY_AREA = Mapping[int, Sequence[Aggregate]]


@dataclass(frozen=True, kw_only=True)
class Headline:
    """One indicator of one area on the board page."""

    definition: Definition
    url: str
    period: str
    value: str
    unit: str
    missing: str
    margin: str
    country: str
    comparison: str
    judgement: str
    coverage: str
    sentence: str
    chart: dict[str, Any] | None


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


def latest(figures: Sequence[Aggregate]) -> Aggregate | None:
    """The figure of the newest period."""
    return figures[-1] if figures else None


def same_period(figures: Sequence[Aggregate], like: Aggregate | None) -> Aggregate | None:
    """The figure of the period of `like`."""
    if like is None:
        return None
    return next((figure for figure in figures if figure.period_id == like.period_id), None)


def headline(definition: Definition, figures: BY_AREA, *, area: Area, country: Area | None) -> Headline:
    """One indicator of one area beside the country, in its newest period."""
    own = figures.get(area.pk, ())
    national = figures.get(country.pk, ()) if country else ()
    figure = latest(own)
    benchmark = same_period(national, figure)
    value = None if figure is None else figure.value
    benchmark_value = None if benchmark is None else benchmark.value
    return Headline(
        definition=definition,
        url=figure.indicator.get_absolute_url() if figure else "",
        period=figure.period.label if figure else "",
        value="" if value is None else sentences.value_text(value, definition),
        unit=sentences.unit_text(definition),
        missing=_missing(figure),
        margin=sentences.margin(figure, definition) if figure else "",
        country=""
        if benchmark_value is None
        else f"Nederland: {sentences.value_text(benchmark_value, definition)}",
        comparison=sentences.comparison(figure, benchmark, definition) if figure else "",
        judgement=sentences.judgement(figure, definition) if figure else "",
        coverage=sentences.coverage(figure) if figure else "",
        sentence=sentences.figure_sentence(figure, benchmark, definition, place=area.name),
        chart=charts.time_line(
            [(area.name, own), *([(country.name, national)] if country else [])],
            definition,
            height=110,
        )
        if any(figure.value is not None for figure in own)
        else None,
    )


def _missing(figure: Aggregate | None) -> str:
    if figure is None:
        return "Nog niet aangeleverd"
    return sentences.reason(figure.status) if figure.value is None else ""


def headlines(
    definitions: Iterable[Definition],
    figures: Mapping[str, BY_AREA],
    *,
    area: Area,
    country: Area | None,
) -> list[Headline]:
    """The first indicators about a good start that this area has figures of."""
    chosen = [
        definition
        for definition in definitions
        if definition.theme != CONTEXT and area.pk in figures.get(definition.code, {})
    ]
    return [
        headline(definition, figures[definition.code], area=area, country=country)
        for definition in chosen[:HEADLINES]
    ]


def calculated_at(figures: Iterable[Aggregate]) -> datetime | None:
    """When the newest of these figures was worked out."""
    moments = [figure.partition.finished_at for figure in figures if figure.partition.finished_at]
    return max(moments, default=None)
