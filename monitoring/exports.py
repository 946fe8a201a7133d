"""The figures of one page as a table to take along: the same rows, each with its source."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from textwrap import wrap
from types import MappingProxyType
from typing import Any

from monitoring import sentences
from monitoring.catalogue import Definition
from monitoring.indicator_charts import CHARTS
from monitoring.models import Aggregate, Status
from monitoring.pooling import wide_limits
from monitoring.presenters.readings import ByArea, provisional_of
from monitoring.presenters.recoded import figure_of
from monitoring.selection import Selection
from partners.models import AreaKind
from portal.addresses import address_of

HEADER = (
    "indicator",
    "omschrijving",
    "periode",
    "gebiedssoort",
    "gebiedscode",
    "gebied",
    "waarde",
    "eenheid",
    "ondergrens_95",
    "bovengrens_95",
    "ondergrens_998",
    "bovengrens_998",
    "teller",
    "noemer",
    "stand",
    "vergeleken_met_nederland",
    "gemeenten",
    "gemeenten_met_cijfer",
    "bron",
    "licentie",
    "opmerking",
    "versie_van_omschrijving",
    "definitie_teller",
    "definitie_noemer",
    "uitgave",
    "duiding",
    "indeling",
    "herkomst",
)
# On which municipalities a figure is: those of its own time, or, worked out anew, those of now.
AS_PUBLISHED = "zoals gepubliceerd"
RECODED = "herberekend naar de gemeenten van nu"
ESTIMATED = "geschat naar de gemeenten van nu"
KNOWN = "Cijfer bekend"
PROVISIONAL = "Voorlopig: de bron kan cijfers van deze periode nog bijstellen"
# More digits than the screen has, and none that come from binary fractions alone.
DIGITS = 6


# What partners read together in a figure, by its area and period.
Shared = Mapping[tuple[int, int], str]
NOTHING_SHARED: Shared = MappingProxyType({})
# Letters on one line of the text in a picture.
LINE = 50


def rows(chosen: Selection, *, release: int | None, shared: Shared = NOTHING_SHARED) -> list[tuple[Any, ...]]:
    """The area, the country and what the area is laid beside over the periods, then the parts in the
    chosen period, then the same over three years together, and last a municipality that took over
    others as it is now."""
    benchmarks = _benchmarks([*chosen.national, *chosen.windows])
    published = [
        (
            *_row(
                figure,
                benchmarks.get(figure.period_id),
                chosen.definition,
                release,
                made_of=_caution(figure, chosen.provisional),
            ),
            shared.get((figure.area_id, figure.period_id), ""),
            AS_PUBLISHED,
            sentences.made(figure),
        )
        for figure in (*figures_of(chosen), *chosen.windows)
    ]
    return [*published, *_recoded_rows(chosen, release)]


def _caution(figure: Aggregate, provisional: Container[int]) -> str:
    return PROVISIONAL if figure.period_id in provisional else ""


def _recoded_rows(chosen: Selection, release: int | None) -> Iterator[tuple[Any, ...]]:
    """Made of published figures alone, and laid beside nothing."""
    for period in chosen.periods:
        if one := chosen.recoded.get(period.pk):
            figure = figure_of(one, chosen.indicator, period, chosen.area)
            row = _row(figure, None, chosen.definition, release, made_of=one.provenance)
            division = ESTIMATED if one.is_estimated else RECODED
            yield *row, "", division, division if figure.value is not None else ""


def rows_of_set(
    definitions: Iterable[Definition],
    figures: Mapping[str, ByArea],
    windows: Mapping[str, ByArea],
    *,
    release: int | None,
) -> list[tuple[Any, ...]]:
    """Every indicator of a set in every area that was read, over the periods and then over `windows` of
    years."""
    found = []
    for definition in definitions:
        series = (
            *figures.get(definition.code, {}).values(),
            *windows.get(definition.code, {}).values(),
        )
        every = [figure for one in series for figure in one]
        benchmarks, provisional = _benchmarks(every), provisional_of(every)
        for one in every:
            made_of = _caution(one, provisional)
            row = _row(one, benchmarks.get(one.period_id), definition, release, made_of=made_of)
            found.append((*row, "", AS_PUBLISHED, sentences.made(one)))
    return found


def _benchmarks(figures: Iterable[Aggregate]) -> dict[int, Aggregate]:
    """Of each period the figure of the country."""
    return {figure.period_id: figure for figure in figures if figure.area.kind == AreaKind.COUNTRY}


def figures_of(chosen: Selection) -> Iterable[Aggregate]:
    """Every figure of the page, each once."""
    figures = [*chosen.own, *chosen.national, *chosen.regional, *chosen.parts, *chosen.municipalities]
    return {figure.pk: figure for figure in figures}.values()


def _row(
    figure: Aggregate,
    benchmark: Aggregate | None,
    definition: Definition,
    release: int | None,
    *,
    made_of: str = "",
) -> tuple[Any, ...]:
    is_known, wide = figure.value is not None, wide_limits(figure, definition)
    note = sentences.MADE_UP if definition.is_demo else definition.source.note
    return (
        definition.code,
        definition.name,
        figure.period.label,
        figure.area.get_kind_display(),
        figure.area.code,
        figure.area.name,
        _number(figure.value),
        definition.unit,
        _number(figure.lower_95),
        _number(figure.upper_95),
        _number(wide.lower if wide else None),
        _number(wide.upper if wide else None),
        _number(figure.numerator) if definition.has_counts else None,
        _number(figure.denominator) if is_known and definition.has_counts else None,
        KNOWN if is_known else sentences.missing(figure, definition),
        # The country stands beside nothing.
        sentences.comparison(figure, benchmark, definition) if figure is not benchmark else "",
        # Of a sum; of three years together each year may have others.
        figure.member_count or None,
        figure.reported_count if figure.member_count else None,
        definition.source.name,
        definition.source.licence,
        " ".join(words for words in (made_of and f"{made_of}.", note) if words),
        definition.version,
        definition.numerator,
        definition.denominator,
        release,
    )


def _number(value: float | None) -> float | int | None:
    """The number without a tail; a whole count stays whole."""
    if value is None:
        return None
    rounded = round(value, DIGITS)
    return int(rounded) if rounded.is_integer() else rounded


def description(definition: Definition) -> dict[str, Any]:
    """What an indicator is and who published its counts, for programs."""
    return {
        "code": definition.code,
        "versie": definition.version,
        "naam": definition.name,
        "vraag": definition.question,
        "omschrijving": definition.description,
        "teller": definition.numerator,
        "noemer": definition.denominator,
        "factor": definition.factor,
        "eenheid": definition.unit,
        "demonstratiecijfer": definition.is_demo,
        "omschrijving_nagekeken": definition.is_verified,
        "landelijke_code": definition.spec_code,
        "gunstig": {"lower": "lager", "higher": "hoger", "none": "geen oordeel"}[definition.direction],
        "kleine_aantallen": sentences.disclosure(definition),
        "laagste_niveau": definition.lowest_level,
        "om_de_jaren": definition.every_years,
        "op_te_tellen": definition.has_counts,
        "drie_jaren_samen_tot": definition.pooled_level,
        "alleen_drie_jaren_samen": definition.pooled_only,
    }


def document(chosen: Selection, *, release: int | None, shared: Shared = NOTHING_SHARED) -> dict[str, Any]:
    """The same table with everything about its definition, for programs."""
    definition = chosen.definition
    return {
        "indicator": description(definition),
        "uitgave": release,
        "bron": {
            "naam": definition.source.name,
            "licentie": definition.source.licence,
            "opmerking": definition.source.note,
        },
        "gebied": {"code": chosen.area.code, "naam": chosen.area.name},
        "periode": chosen.period.label if chosen.period else None,
        "standen": {status.value: sentences.reason(status) for status in sentences.REASONS}
        | {Status.REPORTED.value: KNOWN},
        "cijfers": [
            dict(zip(HEADER, row, strict=True)) for row in rows(chosen, release=release, shared=shared)
        ],
    }


def filename(chosen: Selection, extension: str) -> str:
    """Says what is in the file and of where and when."""
    period = f"-{chosen.period.code}" if chosen.period else ""
    return f"{chosen.definition.code}-{chosen.area.code.lower()}{period}.{extension}"


def chart_files(chosen: Selection, keys: Container[str]) -> list[tuple[str, str, str]]:
    """Each chart of the page as a picture: its name, and its address as PNG and as SVG."""
    code = chosen.definition.code
    return [
        (
            label,
            address_of("monitoring:indicator-png", code, word) + chosen.query,
            address_of("monitoring:indicator-svg", code, word) + chosen.query,
        )
        for word, (key, label) in CHARTS.items()
        if key in keys
    ]


def with_origin(
    spec: Mapping[str, Any], chosen: Selection, *, release: int | None, shared: Shared = NOTHING_SHARED
) -> dict[str, Any]:
    """The chart with a title and its origin inside, for who sees the picture without the page."""
    definition = chosen.definition
    period = f", {chosen.period.label}" if chosen.period else ""
    lines = [
        f"Eenheid: {definition.unit}. Uitgave {release}. Omschrijving: versie {definition.version}.",
        f"Teller: {definition.numerator}. Noemer: {definition.denominator}.",
        f"Bron: {definition.source.name} ({definition.source.licence}).",
        *_absent(chosen),
    ]
    if definition.is_demo:
        lines.append(f"{sentences.MADE_UP}.")
    if chosen.figure and (words := shared.get((chosen.figure.area_id, chosen.figure.period_id))):
        lines.append(f"Gezamenlijke duiding: {words}")
    return {
        **spec,
        "title": {
            "text": wrap(f"{definition.name}, {chosen.area.name}{period}", LINE - 12),
            "subtitle": [part for line in lines for part in wrap(line, LINE)],
            "anchor": "start",
        },
    }


def _absent(chosen: Selection) -> list[str]:
    """Why figures are not in the picture, and of how many."""
    counted = Counter(
        sentences.missing(figure, chosen.definition) for figure in figures_of(chosen) if figure.value is None
    )
    return [f"{reason}: {count} keer." for reason, count in sorted(counted.items())]
