"""How narrowly a reader of everything public can work out each count that is not shown.

The unknowns are the hidden cells, each between none and its size; the equations are all public
totals. Cells in exactly the same totals are one unknown together, so that the linear programs
are few and small, and most cells need none: what is obviously wide or pinned is seen at once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import highspy

from monitoring.disclosure.tables import Key, Shown, Table, is_safe

_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a reader knows of one protected count: it lies between these."""

    low: float
    high: float
    size: int

    @property
    def is_safe(self) -> bool:
        """Too wide to recognise somebody."""
        return is_safe(self.low, self.high, self.size)


@dataclass(slots=True)
class _Class:
    """Hidden cells that stand in exactly the same totals."""

    keys: list[Key]
    size: int = 0
    count: int = 0
    low: float = 0.0
    high: float = 0.0
    is_solved: bool = False
    # What it was in one or another answer so far: it can be that for sure.
    least_seen: float = 0.0
    most_seen: float = 0.0


def audit(table: Table, shown: Shown) -> dict[Key, Bounds]:
    """The bounds of every cell and total that is too small to show, as a reader can know them.

    A bound that is wide enough may be wider still; one that is too narrow is exact.
    """
    return dict(bounds(System(table, shown)))


def bounds(system: "System", *, first: Collection[Key] = ()) -> Iterator[tuple[Key, Bounds]]:
    """The same one by one, so that who needs only some stops there; the cells `first` lead."""
    cells = [key for key, cell in system.table.cells.items() if key in system.shown.hidden and cell.is_small]
    for key in sorted(cells, key=lambda cell: cell not in first) if first else cells:
        yield key, system.bounds_of_cell(key)
    for key in system.protected_totals:
        yield key, system.bounds_of_total(key)


def first_unsafe(table: Table, shown: Shown, *, near: Collection[Key] = ()) -> Key | None:
    """The first count that a reader knows too well, None where all are safe; the cells `near` are looked at
    first, which makes a difference for how soon one is found only."""
    found = bounds(System(table, shown), first=near)
    return next((key for key, one in found if not one.is_safe), None)


class System:
    """The equations that a reader of `shown` has."""

    def __init__(self, table: Table, shown: Shown) -> None:
        self.table, self.shown = table, shown
        self.protected_totals = [
            key for key in sorted(shown.withheld, key=str) if table.is_small_total(table.totals[key])
        ]
        self._make_classes()
        self._make_equations()
        self._part()
        self._tighten()

    def bounds_of_cell(self, key: Key) -> Bounds:
        """What is known of a hidden cell."""
        cell = self.table.cells[key]
        place = self.class_of[key]
        group = self.classes[place]
        others = group.size - cell.size
        # With the class as it is, this cell alone can already trade persons with the others in it.
        low, high = max(0, group.count - others), min(cell.size, group.count)
        if is_safe(low, high, cell.size):
            return Bounds(low, high, cell.size)
        seen = Bounds(max(0.0, group.least_seen - others), min(float(cell.size), group.most_seen), cell.size)
        if seen.is_safe:
            return seen
        # Outer bounds that are too narrow already are narrow in every case, yet not exact.
        self._solve(place)
        return Bounds(max(0.0, group.low - others), min(float(cell.size), group.high), cell.size)

    def bounds_of_total(self, key: Key) -> Bounds:
        """What is known of a total that is not shown."""
        total = self.table.totals[key]
        hidden = total.members & self.shown.hidden
        visible = sum(self.table.cells[one].count for one in total.members - hidden)
        size = self.table.size_of(total)
        places = sorted({self.class_of[one] for one in hidden})
        if not places:
            return Bounds(visible, visible, size)
        low, high = self._optimise(places)
        return Bounds(visible + low, visible + high, size)

    def proofs_of(self, key: Key) -> list[dict[Key, float]]:
        """The two arguments that bound a protected cell or total from below and from above: each
        public total with its weight in the argument."""
        if key in self.table.cells:
            places = [self.class_of[key]]
        else:
            hidden = self.table.totals[key].members & self.shown.hidden
            places = sorted({self.class_of[one] for one in hidden})
        proofs = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            weights: dict[Key, float] = {}
            for component in {self.component_of[place] for place in places}:
                inside = [place for place in places if self.component_of[place] == component]
                for row, weight in self._program(component).weights(inside, sense):
                    if abs(weight) > _NOTHING:
                        weights[self.equations[row][2]] = weight
            proofs.append(weights)
        return proofs

    def _make_classes(self) -> None:
        cells, shown = self.table.cells, self.shown
        stands_in: dict[Key, list[Key]] = defaultdict(list)
        for name, total in self.table.totals.items():
            if name not in shown.withheld or name in self.protected_totals:
                for key in total.members & shown.hidden:
                    stands_in[key].append(name)
        places: dict[tuple[Key, ...], int] = {}
        self.classes: list[_Class] = []
        self.class_of: dict[Key, int] = {}
        for key in cells:
            if key not in shown.hidden:
                continue
            signature = tuple(stands_in.get(key, ()))
            place = places.setdefault(signature, len(places))
            if place == len(self.classes):
                self.classes.append(_Class([]))
            group = self.classes[place]
            group.keys.append(key)
            group.size += cells[key].size
            group.count += cells[key].count
            self.class_of[key] = place
        for group in self.classes:
            group.high = float(group.size)
            group.least_seen = group.most_seen = float(group.count)

    def _make_equations(self) -> None:
        """Each as (classes, right-hand side, name); two about the same classes are one."""
        found: dict[frozenset[int], tuple[frozenset[int], int, Key]] = {}
        for name, total in self.table.totals.items():
            if name in self.shown.withheld:
                continue
            places = frozenset(self.class_of[key] for key in total.members & self.shown.hidden)
            if places and places not in found:
                found[places] = (places, sum(self.classes[place].count for place in places), name)
        self.equations = list(found.values())

    def _part(self) -> None:
        """Classes that share no equation, even by a chain, say nothing about each other."""
        head = list(range(len(self.classes)))

        def root(place: int) -> int:
            while head[place] != place:
                head[place] = head[head[place]]
                place = head[place]
            return place

        for places, _, _ in self.equations:
            first, *rest = places
            for place in rest:
                head[root(place)] = root(first)
        self.component_of = [root(place) for place in range(len(self.classes))]
        self._programs: dict[int, _Program] = {}

    def _tighten(self) -> None:
        """Outer bounds from one equation at a time, until nothing moves: cheap, and often exact."""
        moved = True
        while moved:
            moved = False
            for places, right, _ in self.equations:
                low = sum(self.classes[place].low for place in places)
                high = sum(self.classes[place].high for place in places)
                for place in places:
                    group = self.classes[place]
                    least, most = right - (high - group.high), right - (low - group.low)
                    if least > group.low + _NOTHING:
                        low += least - group.low
                        group.low, moved = least, True
                    if most < group.high - _NOTHING:
                        high += most - group.high
                        group.high, moved = most, True

    def _solve(self, place: int) -> None:
        group = self.classes[place]
        if group.is_solved:
            return
        if group.high - group.low > _NOTHING:
            group.low, group.high = self._optimise([place])
        group.is_solved = True

    def _optimise(self, places: Iterable[int]) -> tuple[float, float]:
        low = high = 0.0
        by_component: dict[int, list[int]] = defaultdict(list)
        for place in places:
            by_component[self.component_of[place]].append(place)
        for component, inside in by_component.items():
            least, most = self._program(component).range_of(inside)
            low += least
            high += most
        return low, high

    def _program(self, component: int) -> "_Program":
        if component not in self._programs:
            places = [place for place, one in enumerate(self.component_of) if one == component]
            rows = [
                (row, equation[0], equation[1])
                for row, equation in enumerate(self.equations)
                if self.component_of[next(iter(equation[0]))] == component
            ]
            self._programs[component] = _Program(self.classes, places, rows)
        return self._programs[component]


class _QuietSolver(highspy.Highs):
    """Takes no callbacks: with them it prints who made it before anybody can ask for silence."""

    def enableCallbacks(self) -> None:  # noqa: N802
        pass


class _Program:
    """The linear program of one component, kept so that a next question starts from the last answer."""

    def __init__(
        self, classes: list[_Class], places: list[int], rows: list[tuple[int, frozenset[int], int]]
    ) -> None:
        self.column_of = {place: column for column, place in enumerate(places)}
        self.classes = [classes[place] for place in places]
        self.rows = [row for row, _, _ in rows]
        self.solver = _QuietSolver()
        self.solver.setOptionValue("output_flag", "off")
        self.solver.setOptionValue("presolve", "off")
        for place in places:
            self.solver.addVar(0.0, float(classes[place].size))
        for _, inside, right in rows:
            columns = [self.column_of[place] for place in inside]
            self.solver.addRow(float(right), float(right), len(columns), columns, [1.0] * len(columns))

    def range_of(self, places: list[int]) -> tuple[float, float]:
        """The least and the most that these classes can be together."""
        least, _ = self._run(places, highspy.ObjSense.kMinimize)
        most, _ = self._run(places, highspy.ObjSense.kMaximize)
        return least, most

    def weights(self, places: list[int], sense: highspy.ObjSense) -> list[tuple[int, float]]:
        """How much each equation stops these classes from going further."""
        _, weights = self._run(places, sense)
        return list(zip(self.rows, weights, strict=True))

    def _run(self, places: list[int], sense: highspy.ObjSense) -> tuple[float, list[float]]:
        columns = [self.column_of[place] for place in places]
        for column in columns:
            self.solver.changeColCost(column, 1.0)
        self.solver.changeObjectiveSense(sense)
        self.solver.run()
        status = self.solver.getModelStatus()
        answer = self.solver.getObjectiveValue()
        solution = self.solver.getSolution()
        weights = list(solution.row_dual)
        for column in columns:
            self.solver.changeColCost(column, 0.0)
        if status != highspy.HighsModelStatus.kOptimal:
            raise ArithmeticError(f"Het stelsel van totalen heeft geen oplossing ({status.name}).")
        for group, value in zip(self.classes, solution.col_value, strict=True):
            group.least_seen = min(group.least_seen, value)
            group.most_seen = max(group.most_seen, value)
        return float(answer), weights
