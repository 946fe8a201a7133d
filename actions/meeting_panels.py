"""Meetings on pages of the floors below."""

from coalitions.models import Coalition
from portal.hooks import Panel

SHOWN = 3


def on_coalition(coalition: Coalition) -> list[Panel]:
    """The next meetings that everybody may know of."""
    found = list(coalition.meetings.to_come().filter(is_public=True).order_by("starts_at", "pk")[:SHOWN])
    if not found:
        return []
    return [
        Panel(
            title="Komende bijeenkomsten",
            template="actions/_public_meetings.html",
            context={"meetings": found},
            order=30,
        )
    ]
