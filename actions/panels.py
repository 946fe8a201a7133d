"""What this app shows on pages of the floors below."""

from typing import Any

from actions import meeting_panels, practice_panels
from portal.hooks import Panel, Place


def panels(place: Place, subject: Any, person: Any) -> list[Panel]:
    """Meetings and gems of a coalition; what lives in a municipality."""
    match place:
        case Place.COALITION:
            return [*meeting_panels.on_coalition(subject), *practice_panels.on_coalition(subject)]
        case Place.MUNICIPALITY:
            return practice_panels.on_municipality(subject)
        case _:
            return []
