"""What this app shows on pages of the floors below."""

from typing import Any

from actions import meeting_panels
from portal.hooks import Panel, Place


def panels(place: Place, subject: Any, person: Any) -> list[Panel]:
    """On the profile of a coalition: its next public meeting."""
    if place == Place.COALITION:
        return meeting_panels.on_coalition(subject)
    return []
