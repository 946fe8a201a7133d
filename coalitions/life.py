"""The life of a membership in one list: steps, talks and seats, the latest first."""

import datetime
from dataclasses import dataclass

from django.utils.text import capfirst

from coalitions.models import Membership


@dataclass(frozen=True, kw_only=True)
class LifeLine:
    """One thing that happened."""

    on: datetime.date
    title: str
    detail: str = ""
    by: str = ""


def life_of(membership: Membership) -> list[LifeLine]:
    """Everything that the portal knows of it. Three queries."""
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
    for seat in membership.seats.select_related("representative__person"):
        words = f"{seat.representative.person}, {seat.get_level_display()} ({seat.get_kind_display()})"
        seats.append(LifeLine(on=seat.valid_from, title="Zetel begonnen", detail=words))
        if seat.valid_to:
            seats.append(LifeLine(on=seat.valid_to, title="Zetel beëindigd", detail=words))
    # The sort is stable: of one day the later step comes first.
    return sorted([*reversed(steps), *talks, *seats], key=lambda line: line.on, reverse=True)
