"""How far an area of a given size may lie from a common share by chance alone."""

import math
from collections.abc import Sequence

from monitoring.intervals import Z95, Z998, Interval


def proportion_limits(share: float, n: float, *, z: float = Z95) -> Interval:
    """Limits around `share` (0 to 1) for an area with denominator `n`, clipped to 0..1.

    The simple form share ∓ z·√(share·(1−share)/n); it gives the published rows of
    PHEindicatormethods. Raises ValueError for a share outside 0..1 or an empty denominator.
    """
    if not 0 <= share <= 1 or n <= 0:
        raise ValueError("Een aandeel ligt tussen 0 en 1, en een noemer is groter dan nul.")
    reach = z * math.sqrt(share * (1 - share) / n)
    return Interval(max(share - reach, 0.0), min(share + reach, 1.0))


def curve(share: float, sizes: Sequence[float]) -> list[tuple[float, Interval, Interval]]:
    """For each size the 95 and 99.8 percent limits, to draw the funnel."""
    return [(n, proportion_limits(share, n), proportion_limits(share, n, z=Z998)) for n in sizes]
