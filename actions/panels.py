"""What this app shows on pages of the floors below."""

from typing import Any

from actions import coalition_panels, group_panels, practice_panels, programme_panels
from portal.hooks import Panel, Place


def panels(place: Place, subject: Any, person: Any) -> list[Panel]:
    """Meetings, gems and the programme, each where it belongs."""
    match place:
        case Place.COALITION:
            return coalition_panels.on_coalition(subject)
        case Place.WORKPLACE:
            return programme_panels.on_workplace(subject, person)
        case Place.MUNICIPALITY:
            return [
                *programme_panels.on_municipality(subject, person),
                *practice_panels.on_municipality(subject),
            ]
        case Place.GROUP:
            return group_panels.on_group(subject, person)
        case Place.ORGANISATION:
            return programme_panels.on_organisation(subject, person)
        case _:
            return []
