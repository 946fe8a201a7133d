"""Dividing an amount by weight, so that the parts add up to the cent."""

from collections.abc import Sequence
from decimal import Decimal

CENT = Decimal("0.01")


def divide(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """The part of each weight, in whole cents, by the method of the largest remainder (Hamilton).

    The parts add up to `amount` exactly and each differs less than a cent from its exact part. What
    is over goes to the largest remainders, of equal ones to the first. Raises ValueError where
    `amount` is no whole number of cents or is negative, or the weights are negative or together nothing.
    """
    total = sum(weights, Decimal(0))
    cents = int(amount / CENT)
    if amount < 0 or cents * CENT != amount or total <= 0 or min(weights) < 0:
        raise ValueError("An amount in whole cents, and weights of which one is more than nothing.")
    # Whole numbers: a weight has decimals too, and nothing may be lost on the way.
    scale = 10 ** max(-int(weight.as_tuple().exponent) for weight in (*weights, Decimal(1)))
    whole = [int(weight * scale) for weight in weights]
    parts = [divmod(cents * weight, sum(whole)) for weight in whole]
    left = cents - sum(part for part, _remainder in parts)
    first = sorted(range(len(parts)), key=lambda place: -parts[place][1])[:left]
    return [(part + (place in first)) * CENT for place, (part, _remainder) in enumerate(parts)]
