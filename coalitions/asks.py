"""What waits for a coordinator: work on the list of her coalition, and around the power to sign."""

from typing import Any

from coalitions import group_asks, mandate_asks, request_asks
from coalitions.access import Permission, can
from coalitions.models import Coalition
from portal.hooks import Ask


def asks_of(person: Any) -> list[Ask]:
    """What is asked of `person` in every coalition that she coordinates."""
    return [*mandate_asks.asks_of(person), *request_asks.asks_of(person), *group_asks.asks_of(person)]


def asks_in(coalition: Coalition, person: Any) -> list[Ask]:
    """What waits in this coalition, for who works on it."""
    if not can(person, Permission.WORKPLACE_READ, coalition):
        return []
    return request_asks.asks_in(coalition, person)
