"""The figures of one page as a table to take along: the same rows, each with its source."""

from collections.abc import Iterable
from typing import Any

from monitoring import sentences
from monitoring.catalogue import Definition
from monitoring.models import Aggregate, Status
from monitoring.selection import Selection

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
    "teller",
    "noemer",
    "stand",
    "vergeleken_met_nederland",
    "gemeenten",
    "gemeenten_met_cijfer",
    "bron",
    "licentie",
    "opmerking",
)
KNOWN = "Cijfer bekend"
# More digits than the screen has, and none that come from binary fractions alone.
DIGITS = 6


def rows(chosen: Selection) -> list[tuple[Any, ...]]:
    """The area and the country over the periods, then its municipalities in the chosen period."""
    benchmarks = {figure.period_id: figure for figure in chosen.national}
    return [
        _row(figure, benchmarks.get(figure.period_id), chosen.definition) for figure in figures_of(chosen)
    ]


def figures_of(chosen: Selection) -> Iterable[Aggregate]:
    """Every figure of the page, each once."""
    figures = [*chosen.own, *chosen.national, *chosen.municipalities]
    return {figure.pk: figure for figure in figures}.values()


def _row(figure: Aggregate, benchmark: Aggregate | None, definition: Definition) -> tuple[Any, ...]:
    is_known = figure.value is not None
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
        _number(figure.numerator),
        _number(figure.denominator) if is_known else None,
        KNOWN if is_known else sentences.reason(figure.status),
        sentences.comparison(figure, benchmark, definition),
        figure.member_count,
        figure.reported_count,
        definition.source.name,
        definition.source.licence,
        note,
    )


def _number(value: float | None) -> float | int | None:
    """The number without a tail; a whole count stays whole."""
    if value is None:
        return None
    rounded = round(value, DIGITS)
    return int(rounded) if rounded.is_integer() else rounded


def document(chosen: Selection) -> dict[str, Any]:
    """The same table with everything about its definition, for programs."""
    definition = chosen.definition
    return {
        "indicator": {
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
        },
        "bron": {
            "naam": definition.source.name,
            "licentie": definition.source.licence,
            "opmerking": definition.source.note,
        },
        "gebied": {"code": chosen.area.code, "naam": chosen.area.name},
        "periode": chosen.period.label if chosen.period else None,
        "standen": {status.value: sentences.reason(status) for status in sentences.REASONS}
        | {Status.REPORTED.value: KNOWN},
        "cijfers": [dict(zip(HEADER, row, strict=True)) for row in rows(chosen)],
    }


def filename(chosen: Selection, extension: str) -> str:
    """Says what is in the file and of where and when."""
    period = f"-{chosen.period.code}" if chosen.period else ""
    return f"{chosen.definition.code}-{chosen.area.code.lower()}{period}.{extension}"
