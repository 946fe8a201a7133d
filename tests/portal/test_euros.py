"""Amounts as people write and read them."""

from decimal import Decimal

import pytest

from portal.euros import euros, read_euros


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("12.500", "12500"),
        ("12.500,50", "12500.50"),
        ("€ 12 500", "12500"),
        ("12500,5", "12500.50"),
        ("12.50", "12.50"),
        ("1.234.567,89", "1234567.89"),
        ("500,-", "500"),
        ("0", "0"),
    ],
)
def test_an_amount_is_read_as_it_is_meant(written, amount):
    assert read_euros(written) == Decimal(amount)


@pytest.mark.parametrize("written", ["", "tien", "-5", "1,2,3", "12.5000", "1.23.456", "NaN", "12,345"])
def test_what_is_no_amount_is_not_guessed_at(written):
    assert read_euros(written) is None


def test_an_amount_is_written_with_cents_only_where_there_are_any():
    assert euros(Decimal("12500.00")) == "€\N{NO-BREAK SPACE}12.500"
    assert euros(Decimal("-0.50")) == "€\N{NO-BREAK SPACE}\N{MINUS SIGN}0,50"
