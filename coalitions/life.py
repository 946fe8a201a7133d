"""What happened in a membership on this floor: steps, talks and seats."""

from typing import Any

from django.utils.text import capfirst

from coalitions.models import Membership
from portal.hooks import LifeLine


def life_of(membership: Membership, person: Any) -> list[LifeLine]:
    """Steps, of one day the later first, talks, and the seats that came with it. Two queries."""
    steps = [
        LifeLine(
            on=step.happened_on,
            title=f"{'Stand' if step.from_state else 'Op de lijst gezet'}: {step.get_to_state_display()}",
            detail=step.reason,
            by=str(step.recorded_by or ""),
        )
        for step in membership.steps.select_related("recorded_by")
    ]
    talks = [
        LifeLine(
            on=talk.on,
            title=capfirst(talk.get_channel_display()),
            detail=talk.next_step and f"Volgende stap: {talk.next_step}",
            by=str(talk.by),
        )
        for talk in membership.coalition.contacts.filter(
            organisation=membership.organisation_id
        ).select_related("by")
    ]
    seats = []
    for seat in membership.seats.all():
        words = f"{seat.representative.person}, {seat.get_level_display()} ({seat.get_kind_display()})"
        seats.append(LifeLine(on=seat.valid_from, title="Zetel begonnen", detail=words))
        if seat.valid_to:
            seats.append(LifeLine(on=seat.valid_to, title="Zetel beëindigd", detail=words))
    return [*reversed(steps), *talks, *seats]
