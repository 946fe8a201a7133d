"""The audit of one indicator in one year at the scale of the country, beside two programs per cell."""

import os
import random
import sys
from collections.abc import Callable

from monitoring.disclosure import Bounds, Cell, Shown, Table, Total, audit
from tests.bench.measure import memory, report, seconds
from tests.monitoring.disclosure.attacker import range_of, recognises

ROUNDS = 3
MUNICIPALITIES = 345
# GGD regions, provinces, COROP regions and coalitions; the first three cover the country.
COVERS = (25, 12, 40)
COALITIONS = 69


def national_table() -> Table:
    """A rare event among all municipalities, with every kind of region; the same at every run."""
    chance = random.Random(5)
    sizes = [round(60 * 10 ** chance.uniform(0, 2)) for _ in range(MUNICIPALITIES)]
    cells = [
        Cell(number, min(size, round(size * chance.uniform(0.0, 0.03))), size)
        for number, size in enumerate(sizes)
    ]
    totals = [Total("country", frozenset(range(MUNICIPALITIES)), -1)]
    for rank, parts in enumerate(COVERS, start=1):
        limits = [0, *sorted(chance.sample(range(1, MUNICIPALITIES), parts - 1)), MUNICIPALITIES]
        totals += [
            Total((rank, place), frozenset(range(limits[place], limits[place + 1])), rank)
            for place in range(parts)
        ]
    for place in range(COALITIONS):
        start = chance.randrange(MUNICIPALITIES - 20)
        members = frozenset(range(start, start + chance.randint(3, 15)))
        totals.append(Total(("coalition", place), members, 0))
    return Table.of(cells, totals)


def reference(table: Table, shown: Shown) -> dict[object, Bounds]:
    """Two linear programs for every protected cell and total."""
    cells = {
        key: (None if key in shown.hidden else cell.count, cell.size) for key, cell in table.cells.items()
    }
    sums = [
        (total.members, table.count_of(total))
        for key, total in table.totals.items()
        if key not in shown.withheld
    ]
    wanted = {key: frozenset({key}) for key in shown.hidden if table.cells[key].is_small} | {
        key: table.totals[key].members for key in shown.withheld if table.is_small_total(table.totals[key])
    }
    return {
        key: Bounds(*range_of(members, cells, sums), sum(table.cells[one].size for one in members))
        for key, members in wanted.items()
    }


def audit_partition() -> None:
    """Ours beside the reference, on what is public after the primary rule alone."""
    table = national_table()
    shown = Shown.primary(table)
    _without_banner(lambda: audit(table, shown))
    left, right = [], []
    for _ in range(ROUNDS):
        left.append(seconds(lambda: audit(table, shown)))
        right.append(seconds(lambda: reference(table, shown)))
    ours, theirs = audit(table, shown), reference(table, shown)
    verdicts = {key: recognises(found.low, found.high, found.size) for key, found in theirs.items()}
    if verdicts != {key: not found.is_safe for key, found in ours.items()}:
        raise SystemExit("De controle oordeelt anders dan haar vergelijking.")
    report(
        "audit_partition",
        left,
        right,
        unit="s",
        of="median",
        protected=len(verdicts),
        leaks=sum(verdicts.values()),
        memory_mb=memory(),
    )


def _without_banner(work: Callable[[], object]) -> None:
    """The solver greets once per process, on the stream that holds one JSON object a line."""
    sys.stdout.flush()
    kept, nothing = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    try:
        work()
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nothing)


BENCHMARKS = {"audit_partition": audit_partition}
