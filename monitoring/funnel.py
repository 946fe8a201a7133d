"""How far an area of a given size may lie from a common share by chance alone."""

import math
from collections.abc import Callable, Sequence

from monitoring.intervals import BYAR_FROM, Z95, Z998, Interval, byar


def proportion_limits(share: float, n: float, *, z: float = Z95) -> Interval:
    """Limits around `share` (0 to 1) for an area with denominator `n`, clipped to 0..1.

    The simple form share ∓ z·√(share·(1−share)/n); it gives the published rows of
    PHEindicatormethods. Raises ValueError for a share outside 0..1 or an empty denominator.
    """
    if not 0 <= share <= 1 or n <= 0:
        raise ValueError("Een aandeel ligt tussen 0 en 1, en een noemer is groter dan nul.")
    reach = z * math.sqrt(share * (1 - share) / n)
    return Interval(max(share - reach, 0.0), min(share + reach, 1.0))


def rate_limits(rate: float, n: float, *, z: float = Z95) -> Interval | None:
    """Limits around `rate` (cases per one of the denominator): the rates whose own Poisson limits just
    reach it. None where fewer than ten cases are expected, of which such limits say nothing.
    """
    if rate < 0 or n <= 0:
        raise ValueError("Een aandeel is niet negatief, en een noemer is groter dan nul.")
    expected = rate * n
    if expected < BYAR_FROM:
        return None
    low = _count_where(lambda x: _limits(x, z).upper, expected)
    return Interval(low / n, _count_where(lambda x: _limits(x, z).lower, expected) / n)


def _limits(x: float, z: float) -> Interval:
    return byar(x, z=z) or Interval(0.0, 0.0)


def _count_where(limit: Callable[[float], float], expected: float) -> float:
    """The count of which a limit is as expected, by bisection: a limit rises with its count."""
    low, high = 0.0, 4 * expected + 40
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if limit(middle) < expected else (low, middle)
    return high


def curve(
    share: float, sizes: Sequence[float], *, interval: str = "wilson"
) -> list[tuple[float, Interval, Interval]]:
    """For each size the 95 and 99.8 percent limits, to draw the funnel; of rates where there are any."""
    limits = rate_limits if interval == "byar" else proportion_limits
    found = ((n, limits(share, n), limits(share, n, z=Z998)) for n in sizes)
    return [(n, inner, outer) for n, inner, outer in found if inner is not None and outer is not None]
