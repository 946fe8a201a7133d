"""What is known about a set of counts that hang together: cells, and totals over them.

A cell is one count of one area in one period, `count` of the `size` persons at risk. A total is
every sum that is or was public: of a region, of a window of years, or of an earlier release.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from monitoring.rules import SMALLEST_COUNT

Key = Hashable


@dataclass(frozen=True, slots=True)
class Cell:
    """One count. Sizes are public; of a size below ten only that it is below ten."""

    key: Key
    count: int
    size: int
    # Some sources may not show a zero either.
    zero_is_sensitive: bool = False
    # Not to be shown and not to be worked out, whatever its size.
    is_sensitive: bool = False

    @property
    def is_small(self) -> bool:
        """Too small to show, by itself."""
        return self.is_sensitive or is_small(self.count, self.size, zero_is_sensitive=self.zero_is_sensitive)


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of some cells. `rank` orders what is given up: the highest first."""

    key: Key
    members: frozenset[Key]
    rank: int = 0
    # It was published before and cannot be taken back.
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Cells and the totals over them; every member of a total is one of the cells."""

    cells: dict[Key, Cell]
    totals: dict[Key, Total]

    @classmethod
    def of(cls, cells: Sequence[Cell], totals: Sequence[Total]) -> "Table":
        """A table by key. Raises ValueError for a double key or a member that is no cell."""
        table = cls({cell.key: cell for cell in cells}, {total.key: total for total in totals})
        if len(table.cells) != len(cells) or len(table.totals) != len(totals):
            raise ValueError("Elke cel en elk totaal heeft een eigen sleutel.")
        if any(total.members - table.cells.keys() for total in totals):
            raise ValueError("Een totaal telt alleen cellen op die in de tabel staan.")
        return table

    def count_of(self, total: Total) -> int:
        """The sum itself."""
        return sum(self.cells[key].count for key in total.members)

    def size_of(self, total: Total) -> int:
        """How many persons at risk the sum is about: what is lost where it is not shown."""
        return sum(self.cells[key].size for key in total.members)

    def is_small_total(self, total: Total) -> bool:
        """Too small to show, by itself."""
        sensitive = any(self.cells[key].zero_is_sensitive for key in total.members)
        return is_small(self.count_of(total), self.size_of(total), zero_is_sensitive=sensitive)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is not shown of a table: cells, and totals. Everything else is public."""

    hidden: frozenset[Key] = field(default_factory=frozenset)
    withheld: frozenset[Key] = field(default_factory=frozenset)

    @classmethod
    def primary(cls, table: Table) -> "Shown":
        """Everything but what is too small by itself."""
        return cls(
            frozenset(key for key, cell in table.cells.items() if cell.is_small),
            frozenset(
                key
                for key, total in table.totals.items()
                if not total.is_known and table.is_small_total(total)
            ),
        )


def is_small(count: int, size: int, *, zero_is_sensitive: bool = False) -> bool:
    """The primary rule: a count, or what is left beside it, of one to nine persons."""
    return (
        size < SMALLEST_COUNT
        or ((count > 0 or zero_is_sensitive) and count < SMALLEST_COUNT)
        or 0 < size - count < SMALLEST_COUNT
    )


def is_safe(low: float, high: float, size: int) -> bool:
    """Whether an interval says too little to recognise somebody: ten wide, or all that is possible.

    `low` and `high` bound a count out of `size` persons.
    """
    if high - low >= SMALLEST_COUNT - _ROUNDING:
        return True
    # A count that may be anything from none to nine, or all but none to nine of a small group.
    everything = min(SMALLEST_COUNT - 1, size)
    return (low <= _ROUNDING and high >= everything - _ROUNDING) or (
        high >= size - _ROUNDING and low <= size - everything + _ROUNDING
    )


_ROUNDING = 1e-6
