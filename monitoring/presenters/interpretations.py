"""Readings of a figure beside the figure of now: pure, no queries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from monitoring import pooling, sentences
from monitoring.catalogue import Definition
from monitoring.interpretations import WindowKey, is_revised, window_key
from monitoring.models import Aggregate, Interpretation, Status
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
    found: Iterable[Interpretation],
    figures: Iterable[Aggregate],
    windows: Mapping[WindowKey, Aggregate],
    definition: Definition,
) -> list[ReadingRow]:
    """One row for each, in the order given; the windows come from `windows_under`."""
    current = {(figure.area_id, figure.period_id): figure for figure in figures}
    return [
        _row(one, current.get((one.area_id, one.period_id)), windows.get(window_key(one)), definition)
        for one in found
    ]


def _row(
    one: Interpretation, figure: Aggregate | None, window: Aggregate | None, definition: Definition
) -> ReadingRow:
    then = _words(one.value, one.status, definition)
    now = _words(figure.value, figure.status, definition) if figure else "geen cijfer"
    if one.pooled_from is not None:
        years = f"{pooling.label(one.pooled_from)}:"
        status = window.status if window else Status.SUPPRESSED_SECONDARY
        then = f"{then}; {years} {_words(one.pooled_value, one.status, definition)}"
        now = f"{now}; {years} {_words(window.value if window else None, status, definition)}"
    return ReadingRow(
        interpretation=one,
        definition=definition,
        signed=f"{one.written_by.name}, {one.organisation.name}" if one.organisation else one.written_by.name,
        then=then,
        now=now,
        is_revised=is_revised(one, figure, window),
    )


def _words(value: float | None, status: str, definition: Definition) -> str:
    if value is None:
        return sentences.reason(status).lower()
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
