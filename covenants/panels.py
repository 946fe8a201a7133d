"""What the covenants show on pages of the floors below."""

from typing import Any

from covenants import seal_health
from portal.hooks import Panel, Place


def panels(place: Place, subject: Any, person: Any) -> list[Panel]:
    """The seal, for who keeps the platform running."""
    if place != Place.PLATFORM:
        return []
    return [
        Panel(
            title="Zegel",
            template="portal/_health.html",
            context={"parts": seal_health.check_parts()},
            order=15,
        )
    ]
