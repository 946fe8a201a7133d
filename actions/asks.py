"""What is asked of people because of what the coalition does."""

from typing import Any

from actions import meeting_asks
from coalitions.models import Coalition
from portal.hooks import Ask


def asks_of(person: Any) -> list[Ask]:
    """Everything that is asked of `person`, in all her coalitions."""
    return meeting_asks.asks_of(person)


def asks_in(coalition: Coalition, person: Any) -> list[Ask]:
    """What waits in this coalition, for who works on it."""
    return meeting_asks.asks_in(coalition, person)
