"""Confidence intervals of counts, proportions and rates: pure functions, no database.

Every function returns None where a count is missing: a missing figure never becomes a zero.
All formulas reproduce the published test values of the R package PHEindicatormethods 2.1.0.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

Z95 = 1.959963984540
Z998 = 3.090232306168

# Byar's approximation is used from this count on; below it the exact Poisson limits.
BYAR_FROM = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """Lower and upper confidence limit."""

    lower: float
    upper: float

    def times(self, factor: float) -> "Interval":
        """The same interval expressed per `factor`."""
        return Interval(self.lower * factor, self.upper * factor)


def wilson(x: float | None, n: float | None, *, z: float = Z95) -> Interval | None:
    """Limits of the proportion x/n by the score method (Wilson 1927, JASA 22: 209-212)."""
    if x is None or n is None:
        return None
    _require_denominator(n)
    _require_count(x)
    if x > n:
        raise ValueError(f"De teller ({_text(x)}) is groter dan de noemer ({_text(n)}).")
    middle = 2 * x + z * z
    # 4x(n-x)/n rather than 4x(1-x/n): no cancellation where x is close to n.
    spread = z * math.sqrt(z * z + 4 * x * (n - x) / n)
    # The lower limit in its conjugate form, for the same reason where x is small.
    lower = 2 * x * x / (n * (middle + spread)) if x else 0.0
    upper = (middle + spread) / (2 * (n + z * z))
    # At x = 0 and x = n the limit is 0 or 1 exactly; rounding must not move it past the share.
    return Interval(min(lower, x / n), 1.0 if x == n else max(upper, x / n))


def byar(x: float | None, *, z: float = Z95) -> Interval | None:
    """Limits of a Poisson count by Byar's approximation (Breslow & Day 1987, IARC 82, p. 69)."""
    if x is None:
        return None
    _require_count(x)
    lower = x * (1 - 1 / (9 * x) - z / (3 * math.sqrt(x))) ** 3 if x else 0.0
    above = x + 1
    upper = above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3
    return Interval(max(lower, 0.0), upper)


def exact_poisson(x: int | None, *, z: float = Z95) -> Interval | None:
    """Exact limits of a Poisson count (Garwood 1936, Biometrika 28: 437-442; Ulm 1990)."""
    if x is None:
        return None
    _require_count(x)
    if x != int(x):
        raise ValueError(f"Het aantal ({_text(x)}) is geen geheel getal.")
    return _exact_poisson(int(x), z)


def count(x: float | None, *, z: float = Z95) -> Interval | None:
    """Limits of a count: exact below 10, Byar from 10 on, as PHEindicatormethods does."""
    if x is not None and 0 <= x < BYAR_FROM and x == int(x):
        return exact_poisson(int(x), z=z)
    return byar(x, z=z)


def rate(x: float | None, n: float | None, *, factor: float = 1, z: float = Z95) -> Interval | None:
    """Limits of the crude rate factor·x/n, from the limits of the count x."""
    limits = None if n is None else count(x, z=z)
    if limits is None or n is None:
        return None
    _require_denominator(n)
    return limits.times(factor / n)


def _require_count(x: float) -> None:
    if not math.isfinite(x) or x < 0:
        raise ValueError(f"Het aantal ({_text(x)}) mag niet negatief of oneindig zijn.")


def _require_denominator(n: float) -> None:
    if not math.isfinite(n) or n <= 0:
        raise ValueError(f"De noemer ({_text(n)}) moet groter zijn dan nul.")


def _text(number: float) -> str:
    return f"{number:g}".replace(".", ",")


@lru_cache(maxsize=1024)
def _exact_poisson(x: int, z: float) -> Interval:
    tail = math.erfc(z / math.sqrt(2)) / 2
    # Limits μ with P(X ≥ x | μ) = tail and P(X ≤ x | μ) = tail: the same as the χ² quantiles.
    lower = _solve(lambda mean: 1 - _poisson_cdf(x - 1, mean) - tail, x) if x else 0.0
    upper = _solve(lambda mean: tail - _poisson_cdf(x, mean), x)
    return Interval(lower, upper)


def _poisson_cdf(x: int, mean: float) -> float:
    """P(X ≤ x) of a Poisson count, summed from the logarithms of its terms."""
    if mean == 0:
        return 1.0
    log_mean = math.log(mean)
    return math.fsum(math.exp(k * log_mean - mean - math.lgamma(k + 1)) for k in range(x + 1))


def _solve(rising: Callable[[float], float], x: int) -> float:
    """Where a function that rises with the mean is zero, by bisection to float precision."""
    low, high = 0.0, x + 20 * math.sqrt(x + 1) + 20
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2
