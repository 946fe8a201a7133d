"""Which figures to leave out besides the small ones, so that no small one can be worked out.

As little as possible is lost: first another cell with few persons, then a total, the least
important one first. What turns out not to be needed is shown again at the end.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from monitoring.disclosure.audit import Bounds, System, audit, first_unsafe, protected
from monitoring.disclosure.tables import Key, Shown, Table

# Cells that are tried as company for a small one, from the smallest on.
TRIED = 16


class Unprotectable(Exception):
    """What was published before already tells a small count; nothing can take that back."""

    def __init__(self, key: Key) -> None:
        self.key = key
        super().__init__(f"Een klein aantal ({key}) is uit eerder gepubliceerde totalen te berekenen.")


@dataclass(frozen=True, slots=True)
class Protection:
    """What is not shown, and what a reader then knows of every small count."""

    shown: Shown
    bounds: dict[Key, Bounds]
    secondary_cells: frozenset[Key]
    secondary_totals: frozenset[Key]


def protect(table: Table, *, withheld: Iterable[Key] = ()) -> Protection:
    """Hide what must be hidden; `withheld` are cells and totals left out for another reason.

    Raises Unprotectable where totals of earlier releases leave no way.
    """
    primary = Shown.primary(table)
    left_out = frozenset(withheld)
    primary = Shown(
        primary.hidden | (left_out & table.cells.keys()), primary.withheld | (left_out & table.totals.keys())
    )
    shown = primary
    system, doubtful = System(table, shown), protected(table, shown)
    while (found := next(system.unsafe(doubtful), None)) is not None:
        # Less is shown every time, so what was safe stays so.
        doubtful = doubtful[doubtful.index(found) :]
        system = _hide_more(system, found)
    shown = system.shown
    shown = _show_again(table, shown, primary)
    return Protection(
        shown, audit(table, shown), shown.hidden - primary.hidden, shown.withheld - primary.withheld
    )


def _hide_more(system: System, key: Key) -> System:
    """One more cell or total out of sight for an unsafe count."""
    table, shown = system.table, system.shown
    proofs = system.proofs_of(key)
    company = _company(table, shown, key, proofs)
    for cell in company:
        # Most would follow at once from a total of which nothing else is hidden.
        if cell in system.bare:
            continue
        with_cell = System(table, Shown(shown.hidden | {cell}, shown.withheld))
        if with_cell.is_safe(key):
            return with_cell
    totals = {name for proof in proofs for name in proof if not table.totals[name].is_known}
    if totals:
        given_up = max(totals, key=lambda name: importance(table, name))
        return System(table, Shown(shown.hidden, shown.withheld | {given_up}))
    # No single cell is company enough and no total can go: the largest company, and look again.
    if company:
        return System(table, Shown(shown.hidden | {company[-1]}, shown.withheld))
    raise Unprotectable(key)


def _company(table: Table, shown: Shown, key: Key, proofs: list[dict[Key, float]]) -> list[Key]:
    """Visible cells whose hiding weakens an argument about `key`, the smallest loss first."""
    weights: dict[Key, list[float]] = {}
    for number, proof in enumerate(proofs):
        for name, weight in proof.items():
            for member in table.totals[name].members - shown.hidden:
                weights.setdefault(member, [0.0] * len(proofs))[number] += weight
    # A cell in both halves of a difference cancels out of it.
    weakens = {member for member, sums in weights.items() if any(abs(one) > 1e-9 for one in sums)}
    if key in table.totals:
        # What is in sight of the total itself tells of it without any other total.
        weakens |= table.totals[key].members - shown.hidden
    found = sorted(weakens, key=lambda member: (table.cells[member].size, str(member)))
    return found[:TRIED]


def importance(table: Table, name: Key) -> tuple[int, int, str]:
    """What is given up first: the highest rank, of these the smallest loss."""
    total = table.totals[name]
    return (total.rank, -table.size_of(total), str(name))


def _show_again(table: Table, shown: Shown, primary: Shown) -> Shown:
    """Everything that is safe to show after all, the most important first."""
    totals = sorted(shown.withheld - primary.withheld, key=lambda name: importance(table, name))
    cells = sorted(shown.hidden - primary.hidden, key=lambda cell: (-table.cells[cell].size, str(cell)))
    for name in totals:
        without = Shown(shown.hidden, shown.withheld - {name})
        if first_unsafe(table, without, near=table.totals[name].members) is None:
            shown = without
    for cell in cells:
        without = Shown(shown.hidden - {cell}, shown.withheld)
        if first_unsafe(table, without, near=_smallest_around(table, cell)) is None:
            shown = without
    return shown


def _smallest_around(table: Table, cell: Key) -> frozenset[Key]:
    """What stands with the cell in the smallest total."""
    around = (total.members for total in table.totals.values() if cell in total.members)
    return min(around, key=len, default=frozenset())
