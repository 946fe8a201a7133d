"""Rows of the programme for tests, made through operations."""

import datetime
from typing import Any

from actions import bottlenecks, programmes, rounds, themes, work
from actions.models import (
    Action,
    ActionState,
    Bottleneck,
    Programme,
    ReportingRound,
    RoundState,
    Theme,
)
from coalitions.models import Coalition, Membership
from partners.models import Person
from tests import factories

LEARNED = "Een vast gezicht werkt."


def make_programme(coalition: Coalition, by: Person) -> Programme:
    return programmes.create(
        coalition=coalition,
        by=by,
        title="Samen sterk",
        starts_on=datetime.date(2024, 1, 1),
        ends_on=datetime.date(2027, 12, 31),
    )


def make_theme(programme: Programme, by: Person, number: int = 1) -> Theme:
    return themes.add(programme=programme, by=by, number=number, title=f"Thema {number}")


def make_bottleneck(coalition: Coalition, by: Person, **facts: Any) -> Bottleneck:
    return bottlenecks.collect(coalition=coalition, by=by, **{"text": "Niemand weet wie te bellen", **facts})


def make_action(
    coalition: Coalition,
    by: Person,
    *,
    state: str = ActionState.RUNNING,
    lead: Membership | None = None,
    **facts: Any,
) -> Action:
    """An action brought to `state` by the steps that lead there."""
    action = work.propose(coalition=coalition, by=by, **{"title": "Elkaar leren kennen", **facts})
    lead = lead or factories.make_member(coalition)
    if state == ActionState.IDEA:
        return action
    action = work.plan(action=action, lead=lead, by=by)
    if state == ActionState.PLANNED:
        return action
    action = work.start(action=action, by=by)
    match state:
        case ActionState.BLOCKED:
            return work.block(action=action, reason="Geen tijd", by=by)
        case ActionState.PAUSED:
            return work.pause(action=action, reason="Na de zomer", by=by)
        case ActionState.STOPPED:
            return work.stop(action=action, reason="Te weinig animo", lesson=LEARNED, by=by)
        case ActionState.DONE | ActionState.SECURED:
            action = work.finish(action=action, lesson=LEARNED, by=by)
    if state == ActionState.SECURED:
        return work.secure(action=action, secured_by=lead, secured_funding="de begroting", by=by)
    return action


def make_round(coalition: Coalition, by: Person, *, state: str = RoundState.OPEN) -> ReportingRound:
    """A round brought to `state`."""
    today = factories.today()
    found = rounds.plan(
        coalition=coalition,
        title="Eerste halfjaar",
        opens_on=today,
        due_on=today + datetime.timedelta(days=14),
        by=by,
    )
    if state == RoundState.PLANNED:
        return found
    found = rounds.open_round(reporting_round=found, by=by)
    if state == RoundState.OPEN:
        return found
    found = rounds.close(reporting_round=found, by=by)
    if state == RoundState.CLOSING:
        return found
    rounds.fix(reporting_round=found, by=by)
    found.refresh_from_db()
    if state == RoundState.REOPENED:
        return rounds.reopen(reporting_round=found, reason="Een cijfer klopte niet", by=by)
    return found
