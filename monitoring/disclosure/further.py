"""Which further totals may stand beside what is shown already: those that still tell no small count.

What is shown stays. From all of them together the least important ones of each argument about a small
count are left out, until none is left; then the most important of those are tried once more.
"""

from collections.abc import Iterable

from monitoring.disclosure.audit import System, first_unsafe, protected
from monitoring.disclosure.protect import Unprotectable, importance
from monitoring.disclosure.tables import Key, Shown, Table

# Totals that were left out and are tried again: each try is a whole check.
TRIED_AGAIN = 24


def show_further(table: Table, shown: Shown, wanted: Iterable[Key]) -> Shown:
    """As much of the totals `wanted` as is safe; they are withheld in `shown`, which is safe itself.

    Raises Unprotectable where `shown` is not safe even without them.
    """
    asked = frozenset(wanted)
    trial = Shown(shown.hidden, shown.withheld - asked)
    system, doubtful = System(table, trial), protected(table, trial)
    # Less is shown every time, so what was safe stays so.
    while doubtful := list(system.unsafe(doubtful)):
        trial = Shown(trial.hidden, trial.withheld | _least_important(system, doubtful, asked))
        system = System(table, trial)
    left_out = sorted(asked & trial.withheld, key=lambda name: importance(table, name))
    for name in left_out[:TRIED_AGAIN]:
        more = Shown(trial.hidden, trial.withheld - {name})
        if first_unsafe(table, more, near=table.totals[name].members) is None:
            trial = more
    return trial


def _least_important(system: System, counts: Iterable[Key], asked: frozenset[Key]) -> set[Key]:
    """Of the arguments about each of these counts one total, the same one for many where that is enough."""
    chosen: set[Key] = set()
    for key in counts:
        named = {name for proof in system.proofs_of(key) for name in proof} & asked
        if not named:
            raise Unprotectable(key)
        if not named & chosen:
            chosen.add(max(named, key=lambda name: importance(system.table, name)))
    return chosen
