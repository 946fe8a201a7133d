"""What this app itself shows in the blocks of a page."""

from typing import Any

from coalitions.access import Permission, can
from portal.hooks import Panel, Place


def panels(place: Place, subject: Any, person: Any) -> list[Panel]:
    """On the workplace: the ways to the register of organisations."""
    if place != Place.WORKPLACE or not can(person, Permission.ORGANISATION_MERGE, subject):
        return []
    return [
        Panel(
            title="Organisaties",
            template="coalitions/_organisations_panel.html",
            context={"coalition": subject},
            order=45,
        )
    ]
