"""What this app itself shows in the blocks of a page."""

from typing import Any

from coalitions.access import Permission, can
from portal.hooks import Panel, Place


def panels(place: Place, subject: Any, person: Any) -> list[Panel]:
    """On the workplace: the ways to the register of organisations, and to how the coalition stands."""
    if place != Place.WORKPLACE:
        return []
    found = []
    if can(person, Permission.ORGANISATION_MERGE, subject):
        found.append(_panel("Organisaties", "_organisations_panel", subject, order=45))
    if can(person, Permission.CONDITION_SCORE, subject):
        found.append(_panel("Zo staat de coalitie ervoor", "_condition_panel", subject, order=46))
    return found


def _panel(title: str, template: str, coalition: Any, *, order: int) -> Panel:
    return Panel(
        title=title,
        template=f"coalitions/{template}.html",
        context={"coalition": coalition},
        order=order,
    )
