"""Readings of a figure beside the figure of now: pure, no queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from monitoring import sentences
from monitoring.catalogue import Definition
from monitoring.interpretations import is_revised
from monitoring.models import Aggregate, Interpretation
from portal.numbers import dutch_number

HEADER = (
    "indicator",
    "gebied",
    "periode",
    "duiding",
    "gezamenlijk",
    "namens",
    "geschreven_door",
    "geschreven_op",
    "uitgave",
    "cijfer_toen",
    "cijfer_nu",
    "gewijzigd",
)
FOR_ALL = "De coalitie"


@dataclass(frozen=True, kw_only=True)
class ReadingRow:
    """One reading: whose it is, the figure then, and whether it changed since."""

    interpretation: Interpretation
    definition: Definition
    signed: str
    then: str
    now: str
    is_revised: bool


def reading_rows(
    found: Iterable[Interpretation], figures: Iterable[Aggregate], definition: Definition
) -> list[ReadingRow]:
    """One row for each, in the order given."""
    current = {(figure.area_id, figure.period_id): figure for figure in figures}
    return [_row(one, current.get((one.area_id, one.period_id)), definition) for one in found]


def _row(one: Interpretation, figure: Aggregate | None, definition: Definition) -> ReadingRow:
    return ReadingRow(
        interpretation=one,
        definition=definition,
        signed=f"{one.written_by.name}, {one.organisation.name}" if one.organisation else one.written_by.name,
        then=_words(one.value, one.status, definition),
        now=_words(figure.value, figure.status, definition) if figure else "geen cijfer",
        is_revised=is_revised(one, figure),
    )


def _words(value: float | None, status: str, definition: Definition) -> str:
    if value is None:
        return sentences.reason(status)
    number = sentences.value_text(value, definition)
    # A change that the rounded number hides is told in full.
    return f"{number} ({dutch_number(value, definition.decimals + 2)})"


def file_rows(rows: Iterable[ReadingRow]) -> Iterator[tuple[Any, ...]]:
    """The same as cells of a file."""
    for row in rows:
        one = row.interpretation
        yield (
            row.definition.name,
            one.area.name,
            one.period.label,
            one.text,
            one.is_shared,
            one.organisation.name if one.organisation else FOR_ALL,
            one.written_by.name,
            timezone.localdate(one.written_at),
            one.release_id,
            row.then,
            row.now,
            row.is_revised,
        )
