"""What a working group does and when it meets, on its own page."""

from typing import Any

from actions import meetings
from actions.models import MeetingState
from coalitions.access import Permission, can
from coalitions.models import WorkingGroup
from portal.hooks import Panel

SHOWN = 5


def on_group(group: WorkingGroup, person: Any) -> list[Panel]:
    """Its actions, and its meetings, the latest first. Two queries."""
    found = []
    if can(person, Permission.PROGRAMME_READ, group.coalition):
        actions = group.actions.select_related("coalition").order_by("number")
        found += _panel("Acties van deze groep", "_group_actions", order=10, actions=list(actions))
    if can(person, Permission.MEETING_READ, group.coalition):
        known = meetings.readable_by(person, group.coalition).filter(group=group)
        held = known.exclude(state__in=[MeetingState.DRAFT, MeetingState.CANCELLED])
        latest = held.select_related("coalition").order_by("-starts_at", "pk")[:SHOWN]
        found += _panel("Bijeenkomsten", "_group_meetings", order=20, meetings=list(latest))
    return found


def _panel(title: str, template: str, *, order: int, **context: list[Any]) -> list[Panel]:
    if not any(context.values()):
        return []
    return [Panel(title=title, template=f"actions/{template}.html", context=context, order=order)]
