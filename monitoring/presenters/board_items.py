"""Bespreekpunten with their answers, as one person sees them: pure, no queries."""

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from monitoring.models import AnswerKind, BoardItem

# Decided and discussed are dealt with; "not yet" still waits.
DONE = frozenset({AnswerKind.DISCUSSED, AnswerKind.DECIDED})
ORDER = (AnswerKind.DECIDED, AnswerKind.DISCUSSED, AnswerKind.NOT_YET)


@dataclass(frozen=True, kw_only=True)
class ItemRow:
    """One bespreekpunt on the board page, what was answered, and the answer of who looks."""

    item: BoardItem
    own: str
    tally: str
    # Whether the buttons are for who looks.
    answers: bool


def item_rows(items: Iterable[BoardItem], *, person: Any, organisations: Container[int]) -> list[ItemRow]:
    """One row per item, for somebody who governs for these organisations."""
    return [
        ItemRow(
            item=item,
            own=next((word(one["kind"]) for one in item.given if one["person"] == person.pk), ""),
            tally=tally(one["kind"] for one in item.given),
            answers=item.organisation_id is None or item.organisation_id in organisations,
        )
        for item in items
    ]


def word(kind: str) -> str:
    """The answer as a word in a sentence."""
    return str(AnswerKind(kind).label)


def tally(kinds: Iterable[str]) -> str:
    """`Besloten: 2 · Besproken: 1`; empty where nobody answered."""
    counts = Counter(kinds)
    return " · ".join(f"{capfirst(kind.label)}: {counts[kind]}" for kind in ORDER if counts[kind])
