"""Amounts of money as they are written in Dutch."""

import re
from decimal import Decimal

from django.utils.formats import number_format

# As much as a column of amounts holds.
MOST_EUROS = Decimal("9999999999.99")
# Dots between groups of three digits, then perhaps cents after a comma; or cents after a dot.
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?")
_PLAIN = re.compile(r"\d+(?:[.,]\d{1,2})?")


def euros(amount: Decimal) -> str:
    """`€ 12.500`, or `€ 12.500,25` where there are cents."""
    decimals = 0 if amount == amount.to_integral_value() else 2
    text = number_format(amount, decimals, use_l10n=True, force_grouping=True)
    return f"€\N{NO-BREAK SPACE}{text}".replace("-", "\N{MINUS SIGN}")


def read_euros(text: str) -> Decimal | None:
    """The amount that somebody wrote, such as `€ 12.500`, `12500,50` or `12.50`; None if it is none."""
    bare = re.sub(r"[€\s]|,-$|\.-$", "", text)
    if _GROUPED.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(bare):
        return Decimal(bare.replace(",", "."))
    return None
