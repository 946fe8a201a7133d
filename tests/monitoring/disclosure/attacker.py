"""A reader who wants to know small counts, with linear programs of her own.

She sees numbers and sums of numbers and nothing of the engine: cells as `(count or None, size)`,
and totals as `(members, count)`.
"""

from collections.abc import Hashable, Mapping, Sequence

import numpy as np

Seen = Mapping[Hashable, tuple[int | None, int]]
Sums = Sequence[tuple[frozenset[Hashable], int]]


def range_of(wanted: frozenset[Hashable], cells: Seen, sums: Sums) -> tuple[float, float]:
    """The least and the most that the sum over `wanted` can be, from what she sees."""
    # Every process of the tests comes by here, and few need it.
    from scipy.optimize import Bounds, LinearConstraint, milp

    unknown = [key for key, (count, _) in cells.items() if count is None]
    place = {key: number for number, key in enumerate(unknown)}
    rows, right = [], []
    for members, total in sums:
        row = np.zeros(len(unknown))
        rest = total
        for key in members:
            count, _ = cells[key]
            if count is None:
                row[place[key]] = 1
            else:
                rest -= count
        if row.any():
            rows.append(row)
            right.append(rest)
    goal = np.zeros(len(unknown))
    seen = 0
    for key in wanted:
        count, _ = cells[key]
        if count is None:
            goal[place[key]] = 1
        else:
            seen += count
    if not goal.any():
        return seen, seen
    # Without whole numbers it is a linear program like any other, asked with half the ado of `linprog`.
    rules = LinearConstraint(np.array(rows), right, right) if rows else ()
    limits = Bounds(0, [cells[key][1] for key in unknown])
    least, most = (milp(one, constraints=rules, bounds=limits) for one in (goal, -goal))
    assert least.status == most.status == 0, (least.message, most.message)
    return seen + least.fun, seen - most.fun


def recognises(low: float, high: float, size: int) -> bool:
    """Whether this narrows a count down below the house rule: not ten wide, and not all of 0 to 9."""
    if high - low >= 10 - 1e-6:
        return False
    reach = min(9, size)
    zero_to_nine = low <= 1e-6 and high >= reach - 1e-6
    nine_to_all = high >= size - 1e-6 and low <= size - reach + 1e-6
    return not (zero_to_nine or nine_to_all)
