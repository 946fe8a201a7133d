"""What waits because of a covenant: to sign for who may, to chase for who coordinates."""

from typing import Any

from coalitions.models import Coalition
from covenants import signing_asks, text_asks, waiting
from portal.hooks import Ask


def asks_of(person: Any) -> list[Ask]:
    """A signature for each of her organisations that can sign now and did not, a word on who wants to join, a
    text to confirm."""
    return [*signing_asks.asks_of(person), *text_asks.to_confirm(person)]


def asks_in(coalition: Coalition, person: Any) -> list[Ask]:
    """Who did not sign yet, comments to answer, and paper that waits for a second person."""
    return waiting.in_coalition(coalition, person)
