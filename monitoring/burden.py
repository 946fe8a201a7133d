"""How many persons a difference is about, and against what it is measured: pure, no database.

A rate says how often, a burden how many: 12 children more than at the rate of the country.
"""

from dataclasses import dataclass

from monitoring.catalogue import Definition
from monitoring.models import Aggregate, Comparison
from monitoring.pooling import LIMITS, compared
from portal.numbers import dutch_number


@dataclass(frozen=True, slots=True)
class Burden:
    """The persons above what the benchmark would give."""

    count: float
    extra: float

    def sentence(self, definition: Definition, *, benchmark: str = "het landelijke cijfer") -> str:
        """`12 te vroeg geboren kinderen meer dan bij het landelijke cijfer`."""
        return f"{dutch_number(round(self.extra))} {definition.numerator_noun} meer dan bij {benchmark}"


def extra(x: float | None, n: float | None, benchmark: float | None) -> float | None:
    """x - benchmark·n, where `benchmark` is a share of 1; None where anything is missing."""
    if x is None or n is None or benchmark is None:
        return None
    return x - benchmark * n


def rest_of(total: tuple[float, float], own: tuple[float, float]) -> float | None:
    """The share of a region without one of its areas: what that area is fairly compared with.

    None where nobody is left. Raises ValueError where the area is more than the region.
    """
    x, n = total[0] - own[0], total[1] - own[1]
    if x < 0 or n < 0:
        raise ValueError("Een gebied is niet groter dan de regio waar het in ligt.")
    return x / n if n else None


def burden_of(figure: Aggregate, country: Aggregate | None) -> Burden | None:
    """The persons above the figure of the country; only where that is surely higher (99.8 percent).

    None where a count is hidden: with the rate it would tell the count.
    """
    if country is None or country.value is None or figure.compared_998 != Comparison.HIGHER:
        return None
    if not country.numerator or not country.denominator:
        return None
    more = extra(figure.numerator, figure.denominator, country.numerator / country.denominator)
    return None if more is None else Burden(figure.numerator or 0, more)


def against_rest(
    figure: Aggregate, region: Aggregate | None, definition: Definition, *, z: float
) -> Comparison | None:
    """How an area stands to the rest of its region, itself left out; `z` is how sure (Z95, Z998).

    None where either figure is not shown, for an indicator that asks for no judgement, where the area is the
    whole region, and where a source says less of the region than of the area.
    """
    counts = (
        figure.numerator,
        figure.denominator,
        region and region.numerator,
        region and region.denominator,
    )
    if region is None or any(count is None for count in counts) or not figure.denominator:
        return None
    x, n = figure.numerator or 0, figure.denominator
    all_x, all_n = region.numerator or 0, region.denominator or 0
    # What a source says of a region itself need not be what it and others say of the areas in it.
    if region.is_direct and (all_x < x or all_n < n):
        return None
    rest = rest_of((all_x, all_n), (x, n))
    limits = LIMITS[definition.interval](x, n, 1, z)
    return compared(limits, rest)
