"""How narrowly a reader of everything public can work out each count that is not shown.

The unknowns are the hidden cells, each between none and its size; the equations are all public
totals. Cells in exactly the same totals are one unknown together, so that the linear programs
are few and small, and most cells need none: what is obviously wide or pinned is seen at once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import highspy

from monitoring.disclosure.tables import Key, Shown, Table, is_safe

_NOTHING = 1e-9
_LEAST, _MOST = highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize


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

    size: int = 0
    count: int = 0
    low: float = 0.0
    high: float = 0.0
    # The directions in which these bounds are exact by now.
    solved: set[highspy.ObjSense] = field(default_factory=set)
    # What it was in one or another answer so far: it can be that for sure.
    least_seen: float = 0.0
    most_seen: float = 0.0


def audit(table: Table, shown: Shown) -> dict[Key, Bounds]:
    """The bounds of every cell and total that is too small to show, as a reader can know them.

    A bound that is wide enough may be wider still; one that is too narrow is exact.
    """
    system = System(table, shown)
    return {key: system.bounds_of(key) for key in protected(table, shown)}


def protected(table: Table, shown: Shown) -> list[Key]:
    """Every cell and total that is too small to show, always in the same order."""
    cells = [key for key, cell in table.cells.items() if key in shown.hidden and cell.is_small]
    totals = [key for key in sorted(shown.withheld, key=str) if table.is_small_total(table.totals[key])]
    return [*cells, *totals]


def first_unsafe(table: Table, shown: Shown, *, near: Collection[Key] = ()) -> Key | None:
    """The first count that a reader knows too well, None where all are safe; the cells `near` are looked at
    first, which makes a difference for how soon one is found only."""
    among = protected(table, shown)
    return next(System(table, shown).unsafe(sorted(among, key=lambda key: key not in near)), None)


class System:
    """The equations that a reader of `shown` has."""

    def __init__(self, table: Table, shown: Shown) -> None:
        self.table, self.shown = table, shown
        self._make_classes()
        self._make_equations()
        self._part()
        self._tighten()

    def bounds_of(self, key: Key) -> Bounds:
        """What is known of a hidden cell, or of a total that is not shown."""
        if key not in self.table.cells:
            return self._bounds_of_total(key)
        found = self._wide_enough(key)
        if found is None:
            self._solve(self.class_of[key], _LEAST, _MOST)
            found = self._exact(key)
        return found

    def unsafe(self, among: Iterable[Key]) -> Iterator[Key]:
        """Those of the protected counts `among` that a reader knows too well, one by one."""
        return (key for key in among if not self.is_safe(key))

    def is_safe(self, key: Key) -> bool:
        """Whether what is known of it recognises nobody; mostly one of the two bounds shows that."""
        if key not in self.table.cells:
            return self._bounds_of_total(key).is_safe
        for sense in (_MOST, _LEAST):
            if self._wide_enough(key) is not None:
                return True
            self._solve(self.class_of[key], sense)
        return self._exact(key).is_safe

    def _wide_enough(self, key: Key) -> Bounds | None:
        """Bounds of a cell that are seen at once, where these are wide enough."""
        cell = self.table.cells[key]
        group = self.classes[self.class_of[key]]
        others = group.size - cell.size
        # With the class as it is, this cell alone can already trade persons with the others in it.
        low, high = max(0, group.count - others), min(cell.size, group.count)
        if is_safe(low, high, cell.size):
            return Bounds(low, high, cell.size)
        seen = Bounds(max(0.0, group.least_seen - others), min(float(cell.size), group.most_seen), cell.size)
        # Outer bounds that are too narrow already are narrow in every case, yet not exact.
        return seen if seen.is_safe else None

    def _exact(self, key: Key) -> Bounds:
        """The bounds of a cell of which the class is solved."""
        size, group = self.table.cells[key].size, self.classes[self.class_of[key]]
        return Bounds(max(0.0, group.low - (group.size - size)), min(float(size), group.high), size)

    def _bounds_of_total(self, key: Key) -> Bounds:
        total = self.table.totals[key]
        hidden = total.members & self.shown.hidden
        visible = sum(self.table.cells[one].count for one in total.members - hidden)
        size = self.table.size_of(total)
        places = sorted({self.class_of[one] for one in hidden})
        if not places:
            return Bounds(visible, visible, size)
        low, high = self._optimise(places)
        return Bounds(visible + low, visible + high, size)

    @cached_property
    def bare(self) -> frozenset[Key]:
        """Cells in sight in a public total without anything hidden: hiding one of them changes nothing."""
        totals = self.table.totals
        return frozenset().union(
            *(totals[name].members for name, hidden in self.hidden_in.items() if not hidden)
        )

    def proofs_of(self, key: Key) -> list[dict[Key, float]]:
        """The two arguments that bound a protected cell or total from below and from above: each
        public total with its weight in the argument."""
        if key in self.table.cells:
            places = [self.class_of[key]]
        else:
            hidden = self.table.totals[key].members & self.shown.hidden
            places = sorted({self.class_of[one] for one in hidden})
        proofs = []
        for sense in (_LEAST, _MOST):
            weights: dict[Key, float] = {}
            for component in {self.component_of[place] for place in places}:
                inside = [place for place in places if self.component_of[place] == component]
                program = self._program(component, self._programs_of_proofs)
                for row, weight in program.weights(inside, sense):
                    if abs(weight) > _NOTHING:
                        weights[self.equations[row][2]] = weight
            proofs.append(weights)
        return proofs

    def _make_classes(self) -> None:
        cells, shown = self.table.cells, self.shown
        stands_in: dict[Key, list[int]] = defaultdict(list)
        # What is hidden of each public total.
        self.hidden_in: dict[Key, frozenset[Key]] = {}
        for number, (name, total) in enumerate(self.table.totals.items()):
            is_public = name not in shown.withheld
            if is_public or self.table.is_small_total(total):
                hidden = total.members & shown.hidden
                for key in hidden:
                    stands_in[key].append(number)
                if is_public:
                    self.hidden_in[name] = hidden
        places: dict[tuple[int, ...], int] = {}
        self.classes: list[_Class] = []
        self.class_of: dict[Key, int] = {}
        for key in cells:
            if key not in shown.hidden:
                continue
            signature = tuple(stands_in.get(key, ()))
            place = places.setdefault(signature, len(places))
            if place == len(self.classes):
                self.classes.append(_Class())
            group = self.classes[place]
            group.size += cells[key].size
            group.count += cells[key].count
            self.class_of[key] = place
        for group in self.classes:
            group.high = float(group.size)
            group.least_seen = group.most_seen = float(group.count)

    def _make_equations(self) -> None:
        """Each as (classes, right-hand side, name); two about the same classes are one."""
        found: dict[frozenset[int], tuple[frozenset[int], int, Key]] = {}
        for name, hidden in self.hidden_in.items():
            places = frozenset(self.class_of[key] for key in hidden)
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
        # Of several proofs the solver finds one by where it stands: what was asked of bounds must not matter.
        self._programs_of_proofs: dict[int, _Program] = {}

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

    def _solve(self, place: int, *senses: highspy.ObjSense) -> None:
        """Make the bounds of a class exact in these directions."""
        group = self.classes[place]
        for sense in senses:
            if sense in group.solved or group.high - group.low <= _NOTHING:
                continue
            program = self._program(self.component_of[place], self._programs)
            answer = program.bound([place], sense)
            if sense == _LEAST:
                group.low = answer
            else:
                group.high = answer
            group.solved.add(sense)

    def _optimise(self, places: Iterable[int]) -> tuple[float, float]:
        low = high = 0.0
        by_component: dict[int, list[int]] = defaultdict(list)
        for place in places:
            by_component[self.component_of[place]].append(place)
        for component, inside in by_component.items():
            program = self._program(component, self._programs)
            low += program.bound(inside, _LEAST)
            high += program.bound(inside, _MOST)
        return low, high

    def _program(self, component: int, programs: dict[int, "_Program"]) -> "_Program":
        if component not in programs:
            places = [place for place, one in enumerate(self.component_of) if one == component]
            rows = [
                (row, equation[0], equation[1])
                for row, equation in enumerate(self.equations)
                if self.component_of[next(iter(equation[0]))] == component
            ]
            programs[component] = _Program(self.classes, places, rows)
        return programs[component]


class _QuietSolver(highspy.Highs):
    """Takes no callbacks: with them it prints who made it before anybody can ask for silence, and making
    them takes longer than most programs."""

    def __init__(self) -> None:
        super(highspy.Highs, self).__init__()


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

    def bound(self, places: list[int], sense: highspy.ObjSense) -> float:
        """The least or the most that these classes can be together."""
        answer, _ = self._run(places, sense)
        return answer

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
            if value < group.least_seen:
                group.least_seen = value
            elif value > group.most_seen:
                group.most_seen = value
        return float(answer), weights
