"""Whether a series rises or falls: pure functions, no database.

A trend is named only where the data leave hardly another reading (99.8 percent); everything else
is "no clear trend", and a series that is too short or broken is not judged at all.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# Points in a recent trend, and the χ² with one degree of freedom that only 0.2 percent exceeds.
POINTS = 5
CHI2_998 = 9.549535706
# A 95% interval is this many standard errors wide, as Fingertips rounds it.
WIDTH_IN_ERRORS = 3.92


class Direction(StrEnum):
    RISING = "rising"
    FALLING = "falling"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series: its value and 95% limits, in any one unit."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Trend:
    """The direction, and the slope per period and χ² that it rests on; empty where not judged."""

    direction: Direction
    slope: float | None = None
    chi2: float | None = None


NOT_JUDGED = Trend(Direction.UNKNOWN)


def recent_trend(points: Sequence[Point | None]) -> Trend:
    """The trend of the latest five points, by weighted least squares (recent trends of Fingertips).

    `points` are equal steps apart, oldest first; None is a period without a figure or a break. A
    trend also needs the same sign of slope with each of the five points left out in turn.
    """
    latest = list(points[-POINTS:])
    if len(latest) < POINTS:
        return NOT_JUDGED
    known = [point for point in latest if point is not None]
    if len(known) < POINTS or any(point.upper <= point.lower for point in known):
        return NOT_JUDGED
    slope, chi2 = _weighted_slope(list(enumerate(known, start=1)))
    without_one = [
        _weighted_slope([pair for i, pair in enumerate(enumerate(known, start=1)) if i != left_out])[0]
        for left_out in range(POINTS)
    ]
    # What is left of a flat series after rounding has a sign by accident only.
    noise = 1e-9 * max(abs(point.value) for point in known)
    slopes = (slope, *without_one)
    if chi2 > CHI2_998 and all(one > noise for one in slopes):
        return Trend(Direction.RISING, slope, chi2)
    if chi2 > CHI2_998 and all(one < -noise for one in slopes):
        return Trend(Direction.FALLING, slope, chi2)
    return Trend(Direction.NONE, slope, chi2)


def count_trend(counts: Sequence[float], denominators: Sequence[float]) -> Trend:
    """The trend in shares x/n over equal steps, from the counts (Cochran 1954; Armitage 1955).

    Raises ValueError where the series differ in length, are shorter than two, or hold an
    impossible count.
    """
    if len(counts) != len(denominators) or len(counts) < 2:
        raise ValueError("Een reeks heeft bij elke teller een noemer, en ten minste twee perioden.")
    if any(n <= 0 or not 0 <= x <= n for x, n in zip(counts, denominators, strict=True)):
        raise ValueError("Een teller ligt tussen nul en zijn noemer, en een noemer is groter dan nul.")
    total = math.fsum(denominators)
    share = math.fsum(counts) / total
    middle = math.fsum(n * t for t, n in enumerate(denominators)) / total
    lean = math.fsum(x * (t - middle) for t, x in enumerate(counts))
    spread = math.fsum(n * (t - middle) ** 2 for t, n in enumerate(denominators))
    variance = share * (1 - share) * spread
    if variance == 0:
        return NOT_JUDGED
    chi2 = lean**2 / variance
    slope = lean / spread
    if chi2 <= CHI2_998:
        return Trend(Direction.NONE, slope, chi2)
    return Trend(Direction.RISING if slope > 0 else Direction.FALLING, slope, chi2)


def _weighted_slope(pairs: Sequence[tuple[int, Point]]) -> tuple[float, float]:
    """Slope per step and its χ², each point weighing by the inverse of its variance."""
    weights = [(WIDTH_IN_ERRORS / (point.upper - point.lower)) ** 2 for _, point in pairs]
    total = math.fsum(weights)
    mean_t = math.fsum(w * t for w, (t, _) in zip(weights, pairs, strict=True)) / total
    mean_v = math.fsum(w * point.value for w, (_, point) in zip(weights, pairs, strict=True)) / total
    spread = math.fsum(w * (t - mean_t) ** 2 for w, (t, _) in zip(weights, pairs, strict=True))
    lean = math.fsum(
        w * (t - mean_t) * (point.value - mean_v) for w, (t, point) in zip(weights, pairs, strict=True)
    )
    slope = lean / spread
    # SE² of the slope is 1 / spread, so (slope / SE)² is this product.
    return slope, slope**2 * spread
