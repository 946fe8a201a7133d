"""Figures about the same persons of which some tell the others: a whole and its parts.

Who is born too early and too light counts in both parts of BIG2, and in BIG2 once. So who reads all
three of one area knows how many children are both (the parts minus the whole) and how many are only
one of the two (the whole minus the other part): counts of persons as well, that may be small. What
the parts leave unknown of a whole is how far it lies above the largest part. That is what the check
of the whole protects, and where a part is not shown, it does not show the whole either.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from monitoring.catalogue import load_definitions
from monitoring.rules import SMALLEST_COUNT

Place = TypeVar("Place")


@dataclass(frozen=True, slots=True)
class Part:
    """One part in one area: how many persons, and whether everybody reads that."""

    count: float
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Room:
    """Between which counts the whole of an area lies, for who knows the parts of that area."""

    least: float
    most: float
    is_shown: bool
    # How many persons are in each part.
    parts: tuple[float, ...] = ()

    def holds(self, count: float) -> bool:
        """Whether the parts leave anything to know; not where the source itself contradicts them."""
        return self.least <= count <= self.most and self.least < self.most

    def tells(self, count: float) -> bool:
        """Whether beside this whole some part leaves out a few persons, who are in the others alone."""
        return any(0 < count - part < SMALLEST_COUNT for part in self.parts)


@cache
def links() -> tuple[tuple[str, str], ...]:
    """Every part with its whole, by their codes."""
    return tuple(
        (part, definition.code) for definition in load_definitions() for part in definition.part_codes
    )


def parts_of(code: str) -> tuple[str, ...]:
    """The parts of an indicator, by their codes; most have none."""
    return tuple(part for part, whole in links() if whole == code)


def wholes_of(code: str) -> tuple[str, ...]:
    """The indicators that this one is a part of, by their codes."""
    return tuple(whole for part, whole in links() if part == code)


def room(parts: Iterable[Part], size: float, *, number: int) -> Room | None:
    """What `parts` leave unknown of a whole of `number` parts among `size` persons; None without parts."""
    known = list(parts)
    if not known:
        return None
    together = sum(part.count for part in known) if len(known) == number else size
    return Room(
        least=max(part.count for part in known),
        most=min(size, together),
        is_shown=all(part.is_shown for part in known),
        parts=tuple(part.count for part in known),
    )


def rooms(
    parts: Iterable[Mapping[Place, Part]], sizes: Mapping[Place, float], *, number: int
) -> dict[Place, Room]:
    """As `room`, by area; areas without a part are left out."""
    by_area: dict[Place, list[Part]] = defaultdict(list)
    for part in parts:
        for area, count in part.items():
            by_area[area].append(count)
    found = {area: room(by_area[area], size, number=number) for area, size in sizes.items()}
    return {area: left for area, left in found.items() if left is not None}
