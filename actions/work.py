"""An action is thought of, planned, done, and learned from; each step is recorded."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.utils import timezone

from actions.models import (
    Action,
    ActionPartner,
    ActionState,
    ActionStep,
    Bottleneck,
    BottleneckState,
    Origin,
)
from actions.models.actions import ACTION_MOVES, OVER_STATES
from coalitions.models import Coalition, Membership
from coalitions.models.memberships import MEMBER_STATES
from partners.models import Area, Person
from portal import revisions
from portal.acts import Refused, act

# When a step was taken, where that was not today.
Day = datetime.date | None


class IllegalActionStep(Refused):
    def __init__(self, action: Action, to: str) -> None:
        super().__init__(
            f"‘{action}’ staat nu op ‘{action.get_state_display()}’. "
            f"Van daar kan de stap naar ‘{ActionState(to).label}’ niet."
        )


class ActionIsOver(Refused):
    def __init__(self, action: Action) -> None:
        super().__init__(f"‘{action}’ is {action.get_state_display().lower()}. Er verandert niets meer aan.")


class FromElsewhere(Refused):
    def __init__(self, thing: object) -> None:
        super().__init__(f"‘{thing}’ hoort niet bij deze coalitie. Kies iets van de coalitie zelf.")


class NoMember(Refused):
    def __init__(self, membership: Membership) -> None:
        super().__init__(
            f"{membership.organisation} is geen lid van deze coalitie. Kies een lid dat nu meedoet."
        )


def propose(
    *,
    coalition: Coalition,
    by: Person,
    areas: Iterable[Area] = (),
    bottlenecks: Iterable[Bottleneck] = (),
    on: Day = None,
    **facts: Any,
) -> Action:
    """An action that may come; it gets the next number of its coalition."""
    with act(by=by):
        # Numbers follow each other, so that two people do not get the same one.
        coalition = Coalition.objects.select_for_update(no_key=True).get(pk=coalition.pk)
        last = coalition.actions.aggregate(last=Max("number"))["last"] or 0
        action = Action(
            coalition=coalition,
            number=last + 1,
            proposed_by=by,
            state_since=on or timezone.localdate(),
            **facts,
        )
        _check(action)
        action.full_clean()
        action.save(force_insert=True)
        _record(action, "", by=by)
        action.areas.set(areas)
        _answer(action, bottlenecks)
    return action


def edit(
    *,
    action: Action,
    by: Person,
    seen: int | None = None,
    areas: Iterable[Area] | None = None,
    **facts: Any,
) -> Action:
    """Write what the action is; its state moves by the steps below."""
    with act(by=by):
        action = _locked(action)
        revisions.refuse_if_changed(action, seen=seen, wanted=facts)
        for field, value in facts.items():
            setattr(action, field, value)
        _check(action)
        action.full_clean()
        action.save(update_fields=list(facts))
        if areas is not None:
            action.areas.set(areas)
    return action


def plan(*, action: Action, by: Person, on: Day = None, **facts: Any) -> Action:
    """The action will come: who pulls it, and from when till when."""
    return _moved(action, ActionState.PLANNED, by=by, on=on, **facts)


def start(*, action: Action, by: Person, on: Day = None) -> Action:
    """The action runs."""
    return _moved(action, ActionState.RUNNING, by=by, on=on, only_from=(ActionState.PLANNED,))


def block(*, action: Action, reason: str, by: Person, needs_help: str = "", on: Day = None) -> Action:
    """The action is stuck, and on what."""
    return _moved(
        action, ActionState.BLOCKED, by=by, on=on, state_reason=reason.strip(), needs_help=needs_help.strip()
    )


def pause(*, action: Action, reason: str, by: Person, on: Day = None) -> Action:
    """The action waits on purpose."""
    return _moved(action, ActionState.PAUSED, by=by, on=on, state_reason=reason.strip())


def resume(*, action: Action, by: Person, on: Day = None) -> Action:
    """The action goes on after it was stuck or waited."""
    return _moved(
        action,
        ActionState.RUNNING,
        by=by,
        on=on,
        only_from=(ActionState.BLOCKED, ActionState.PAUSED),
        needs_help="",
    )


def finish(*, action: Action, lesson: str, by: Person, on: Day = None) -> Action:
    """The action is done, and this was learned."""
    return _moved(action, ActionState.DONE, by=by, on=on, lesson=lesson.strip())


def secure(
    *, action: Action, secured_by: Membership, secured_funding: str, by: Person, on: Day = None
) -> Action:
    """What was done goes on after the project: somebody does it and it is paid for."""
    return _moved(
        action,
        ActionState.SECURED,
        by=by,
        on=on,
        secured_by=secured_by,
        secured_funding=secured_funding.strip(),
    )


def stop(*, action: Action, reason: str, lesson: str, by: Person, on: Day = None) -> Action:
    """The coalition lets the action go, and says what it learned."""
    return _moved(
        action, ActionState.STOPPED, by=by, on=on, state_reason=reason.strip(), lesson=lesson.strip()
    )


def answer(*, action: Action, bottleneck: Bottleneck, by: Person) -> None:
    """The action is there because of this too."""
    with act(by=by):
        _answer(_locked(action), [bottleneck])


def answer_no_longer(*, action: Action, bottleneck: Bottleneck, by: Person) -> None:
    """The action has nothing to do with it after all."""
    with act(by=by):
        action.origins.filter(bottleneck=bottleneck).delete()


def set_partner(
    *,
    action: Action,
    membership: Membership,
    role: str,
    by: Person,
    promise: str = "",
    hours: int | None = None,
) -> ActionPartner:
    """A member takes part in the action, or does so in another way."""
    with act(by=by):
        action = _open(action)
        _check_member(action.coalition_id, membership)
        partner = action.partners.filter(membership=membership).first() or ActionPartner(
            action=action, membership=membership
        )
        partner.role, partner.promise, partner.hours = role, promise.strip(), hours
        partner.full_clean()
        partner.save()
    return partner


def remove_partner(*, partner: ActionPartner, by: Person) -> None:
    """The member takes part no longer; the history knows that it did."""
    with act(by=by):
        _open(partner.action)
        partner.delete()


def _answer(action: Action, bottlenecks: Iterable[Bottleneck]) -> None:
    """The action answers these; what was only known becomes what is worked on."""
    known = set(action.origins.values_list("bottleneck", flat=True))
    for bottleneck in bottlenecks:
        if bottleneck.coalition_id != action.coalition_id:
            raise FromElsewhere(bottleneck)
        if bottleneck.pk not in known:
            Origin.objects.create(action=action, bottleneck=bottleneck)
        Bottleneck.objects.filter(
            pk=bottleneck.pk, state__in=[BottleneckState.COLLECTED, BottleneckState.SHARED]
        ).update(state=BottleneckState.TRANSLATED)


def _check(action: Action) -> None:
    """Everything the action points at belongs to its own coalition."""
    coalition = action.coalition_id
    if action.theme and action.programme is None:
        action.programme = action.theme.programme
    parts = (action.programme, action.group)
    for part in parts:
        if part is not None and part.coalition_id != coalition:
            raise FromElsewhere(part)
    for member in (action.lead, action.secured_by):
        if member is not None:
            _check_member(coalition, member, is_new=action.state not in OVER_STATES)


def _check_member(coalition_id: int, membership: Membership, *, is_new: bool = True) -> None:
    if membership.coalition_id != coalition_id or (is_new and membership.state not in MEMBER_STATES):
        raise NoMember(membership)


def _locked(action: Action) -> Action:
    return (
        Action.objects.select_for_update(of=("self",), no_key=True)
        .select_related("coalition", "programme", "theme__programme", "lead__organisation", "group")
        .get(pk=action.pk)
    )


def _open(action: Action) -> Action:
    action = _locked(action)
    if action.state in OVER_STATES:
        raise ActionIsOver(action)
    return action


def _moved(
    action: Action, to: str, *, by: Person, on: Day = None, only_from: tuple[str, ...] = (), **facts: Any
) -> Action:
    with act(by=by):
        action = _locked(action)
        start = action.state
        if to not in ACTION_MOVES.get(start, ()) or (only_from and start not in only_from):
            raise IllegalActionStep(action, to)
        # The reason belongs to the state it led to.
        facts.setdefault("state_reason", "")
        action.state, action.state_since = to, on or timezone.localdate()
        for field, value in facts.items():
            setattr(action, field, value)
        _check(action)
        action.full_clean()
        action.save(update_fields=["state", "state_since", *facts])
        _record(action, start, by=by, lesson=facts.get("lesson", ""))
    return action


def _record(action: Action, start: str, *, by: Person, lesson: str = "") -> None:
    ActionStep.objects.create(
        action=action,
        from_state=start,
        to_state=action.state,
        reason=action.state_reason,
        lesson=lesson,
        happened_on=action.state_since,
        recorded_by=by,
    )
