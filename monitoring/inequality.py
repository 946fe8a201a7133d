"""How far the districts or quantiles of an area lie apart: pure functions, no database."""

from collections.abc import Sequence

LEAST_GROUPS = 5


def slope_index(values: Sequence[float | None], populations: Sequence[float | None]) -> float | None:
    """The slope index of inequality over groups in order, the worst off first.

    Each group lies in the middle of its share of the population; the slope is weighted by that share
    (Low & Low 2004). None for fewer than five groups, or where a group has no figure: a hidden count
    would follow from the index.
    """
    if len(values) != len(populations):
        raise ValueError("Elke groep heeft een cijfer en een aantal personen.")
    known = [
        (value, size)
        for value, size in zip(values, populations, strict=True)
        if value is not None and size is not None
    ]
    if len(known) < max(LEAST_GROUPS, len(values)) or any(size <= 0 for _, size in known):
        return None
    total = sum(size for _, size in known)
    shares = [size / total for _, size in known]
    middles, below = [], 0.0
    for share in shares:
        middles.append(below + share / 2)
        below += share
    mean_place = sum(share * place for share, place in zip(shares, middles, strict=True))
    mean_value = sum(share * value for share, (value, _) in zip(shares, known, strict=True))
    lean = spread = 0.0
    for share, place, (value, _) in zip(shares, middles, known, strict=True):
        lean += share * (place - mean_place) * (value - mean_value)
        spread += share * (place - mean_place) ** 2
    return lean / spread
