"""Dividing by the largest remainder: to the cent, fair, and the same every time."""

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.largest_remainder import CENT, divide

AMOUNTS = st.integers(0, 10**11).map(lambda cents: cents * CENT)
WEIGHTS = st.lists(st.decimals(0, 10**7, places=2), min_size=1, max_size=40).filter(any)


@given(AMOUNTS, WEIGHTS)
def test_the_parts_add_up_to_the_cent_and_differ_less_than_a_cent_from_their_exact_part(amount, weights):
    assert_fair(amount, weights)


@pytest.mark.parametrize("seed", range(10))
def test_so_they_do_for_ten_thousand_budgets(seed):
    """Hypothesis looks for the hardest cases; drawing as many of them would take it ten seconds."""
    chance = random.Random(seed)
    for _ in range(1_000):
        weights = [chance.randrange(10**9) * CENT for _ in range(chance.randrange(1, 40))]
        assert_fair(chance.randrange(10**11) * CENT, [*weights, CENT])


def assert_fair(amount, weights):
    parts = divide(amount, weights)
    assert sum(parts) == amount
    # Multiplied by the total, in whole numbers: exact as fractions are, in a tenth of their time.
    amount, total = in_cents(amount), sum(map(in_cents, weights))
    for part, weight in zip(map(in_cents, parts), map(in_cents, weights), strict=True):
        assert abs(part * total - amount * weight) < total
        assert part >= 0


def in_cents(amount):
    cents = int(amount / CENT)
    assert cents * CENT == amount
    return cents


def test_what_is_over_goes_to_the_largest_remainders_and_then_to_the_first():
    assert divide(Decimal("100.00"), [Decimal(1)] * 3) == [
        Decimal("33.34"),
        Decimal("33.33"),
        Decimal("33.33"),
    ]
    assert divide(Decimal("0.02"), [Decimal(1), Decimal("1.5"), Decimal("1.5")]) == [
        Decimal(0),
        Decimal("0.01"),
        Decimal("0.01"),
    ]
    assert divide(Decimal(10), [Decimal(0), Decimal(3)]) == [Decimal(0), Decimal(10)]


@pytest.mark.parametrize(
    ("amount", "weights"),
    [("0.005", ["1"]), ("-1", ["1"]), ("1", ["0", "0"]), ("1", ["2", "-1"]), ("1", [])],
)
def test_what_cannot_be_divided_is_refused(amount, weights):
    with pytest.raises(ValueError, match="whole cents"):
        divide(Decimal(amount), [Decimal(weight) for weight in weights])
