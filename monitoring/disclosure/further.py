"""Which further totals may stand beside what is shown already: those that still tell no small count.

What is shown stays. From all of them together the least important ones of each argument about a small
count are left out, until none is left; then the most important of those are tried once more.
"""

from collections.abc import Iterable

from monitoring.disclosure.audit import System, audit, first_unsafe
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
    while unsafe := [key for key, found in audit(table, trial).items() if not found.is_safe]:
        trial = Shown(trial.hidden, trial.withheld | _least_important(table, trial, unsafe, asked))
    left_out = sorted(asked & trial.withheld, key=lambda name: importance(table, name))
    for name in left_out[:TRIED_AGAIN]:
        more = Shown(trial.hidden, trial.withheld - {name})
        if first_unsafe(table, more, near=table.totals[name].members) is None:
            trial = more
    return trial


def _least_important(table: Table, shown: Shown, unsafe: Iterable[Key], asked: frozenset[Key]) -> set[Key]:
    """Of the arguments about each unsafe count one total, the same one for many where that is enough."""
    system = System(table, shown)
    chosen: set[Key] = set()
    for key in unsafe:
        named = {name for proof in system.proofs_of(key) for name in proof} & asked
        if not named:
            raise Unprotectable(key)
        if not named & chosen:
            chosen.add(max(named, key=lambda name: importance(table, name)))
    return chosen
