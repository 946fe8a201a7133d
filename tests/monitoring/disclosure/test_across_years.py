"""An attacker lays single years beside the windows of three years: they tell no small count of a year.

A window stands only where each of its years does, so that it is no more than their sum. The last test
shows what that rule is for: with one hidden year the difference would be that year.
"""

import random
from collections.abc import Callable
from itertools import chain

import pytest

from monitoring import pooling
from monitoring.catalogue import load_definitions
from monitoring.models import Aggregate
from partners.models import Area, AreaKind
from tests import factories
from tests.monitoring.disclosure.attacker import range_of, recognises

pytestmark = pytest.mark.django_db

BIG2 = next(item for item in load_definitions() if item.code == "big2")
YEARS = (2021, 2022, 2023, 2024)
# The last year stands alone, so a window is shown of a place whose newest figure is hidden.
WINDOW = YEARS[:3]

Cell = tuple[str, int]
Sum = tuple[frozenset[Cell], int]


class Years:
    """Municipalities in four years, all regions they are in, and what is public of both."""

    def __init__(self, deliver: Callable, seed: int) -> None:
        chance = random.Random(seed)
        names = [f"Plaats {number:02}" for number in range(14)]
        self.sizes = {(name, year): chance.randint(60, 700) for name in names for year in YEARS}
        self.counts = {cell: round(size * chance.uniform(0.02, 0.18)) for cell, size in self.sizes.items()}
        self.places = {name: factories.make_area(name) for name in names}
        self.members = {
            "Nederland": frozenset(names),
            **{f"Regio {number}": frozenset(chance.sample(names, 6)) for number in range(5)},
        }
        self.areas = {name: self._region(name) for name in self.members}
        deliver(
            *(
                (self.places[name].code, year, BIG2.code, count, self.sizes[name, year])
                for (name, year), count in self.counts.items()
            )
        )
        self.figures: dict[str, list[Aggregate]] = {}
        for figure in Aggregate.objects.select_related("area", "period").order_by("period__code"):
            self.figures.setdefault(figure.area.name, []).append(figure)

    def _region(self, name: str) -> Area:
        kind = AreaKind.COUNTRY if name == "Nederland" else AreaKind.COALITION
        area = factories.make_area(name, kind=kind, code="NL" if name == "Nederland" else "")
        factories.put_in_region(area, *(self.places[one] for one in sorted(self.members[name])))
        return area

    @property
    def cells(self) -> dict[Cell, tuple[int | None, int]]:
        shown = {
            (name, int(figure.period.code)): figure.numerator
            for name in self.places
            for figure in self.figures[name]
        }
        return {
            cell: (None if shown.get(cell) is None else int(shown[cell]), size)
            for cell, size in self.sizes.items()
        }

    @property
    def yearly(self) -> list[Sum]:
        return [
            (frozenset((one, int(figure.period.code)) for one in self.members[name]), int(figure.numerator))
            for name in self.members
            for figure in self.figures[name]
            if figure.numerator is not None
        ]

    def windows(self) -> list[Sum]:
        """Every window that is shown of any municipality or region, as the exact sum under it."""
        found = []
        for name in chain(self.places, self.members):
            for window in pooling.windows_of(self.figures[name], BIG2):
                if window.numerator is not None:
                    years = range(window.first, window.last + 1)
                    cells = {(one, year) for one in self.members.get(name, {name}) for year in years}
                    found.append((frozenset(cells), int(window.numerator)))
        return found

    def recognised(self, sums: list[Sum]) -> set[Cell]:
        small = {cell for cell, x in self.counts.items() if 0 < x < 10 or 0 < self.sizes[cell] - x < 10}
        return {
            cell
            for cell in small
            if recognises(*range_of(frozenset({cell}), self.cells, sums), self.sizes[cell])
        }


@pytest.mark.parametrize("seed", [1, 2, 4])
def test_years_and_windows_together_tell_no_small_count(deliver, seed):
    there = Years(deliver, seed)
    windows = there.windows()
    assert any(count is None for count, _ in there.cells.values())
    assert windows
    assert any(
        there.figures[name][-1].value is None
        and any(window.value is not None for window in pooling.windows_of(there.figures[name], BIG2))
        for name in there.places
    )
    assert there.recognised([*there.yearly, *windows]) == set()


def test_a_window_with_one_hidden_year_would_tell_it(deliver):
    there = Years(deliver, 1)
    hidden = {
        name: [
            year for year in WINDOW if there.cells[name, year][0] is None and there.counts[name, year] < 10
        ]
        for name in there.places
    }
    name, (year,) = next((name, years) for name, years in hidden.items() if len(years) == 1)
    assert there.figures[name]
    window = pooling.windows_of(there.figures[name], BIG2)[0]
    assert (window.numerator, window.missing) == (None, pooling.TOO_SMALL_FOR_A_YEAR)
    sums: list[Sum] = [
        *there.yearly,
        (frozenset((name, one) for one in WINDOW), sum(there.counts[name, one] for one in WINDOW)),
    ]
    assert (name, year) in there.recognised(sums)
