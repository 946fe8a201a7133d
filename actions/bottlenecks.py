"""Bottlenecks and dreams are collected, shared, recognised, solved and dropped."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from actions.models import Bottleneck, BottleneckState, BottleneckSupport
from actions.models.bottlenecks import BOTTLENECK_MOVES
from coalitions.models import Coalition
from partners.models import Area, Person
from portal import revisions
from portal.acts import Refused, act


class IllegalBottleneckStep(Refused):
    def __init__(self, bottleneck: Bottleneck, to: str) -> None:
        super().__init__(
            f"Dit {bottleneck.get_kind_display()} staat nu op ‘{bottleneck.get_state_display()}’. "
            f"Van daar kan de stap naar ‘{BottleneckState(to).label}’ niet."
        )


class FromAnotherCoalition(Refused):
    def __init__(self) -> None:
        super().__init__("Waar dit vandaan komt, hoort bij een andere coalitie. Kies iets van deze coalitie.")


def collect(
    *, coalition: Coalition, by: Person, municipalities: Iterable[Area] = (), **facts: Any
) -> Bottleneck:
    """What somebody said, kept with where it came from."""
    with act(by=by):
        bottleneck = Bottleneck(
            coalition=coalition, collected_on=timezone.localdate(), collected_by=by, **facts
        )
        _check(bottleneck)
        bottleneck.full_clean()
        bottleneck.save(force_insert=True)
        bottleneck.municipalities.set(municipalities)
    return bottleneck


def edit(
    *,
    bottleneck: Bottleneck,
    by: Person,
    seen: int | None = None,
    municipalities: Iterable[Area] | None = None,
    **facts: Any,
) -> Bottleneck:
    """Write it better, or put it under a theme."""
    with act(by=by):
        bottleneck = _locked(bottleneck)
        revisions.refuse_if_changed(bottleneck, seen=seen, wanted=facts)
        for field, value in facts.items():
            setattr(bottleneck, field, value)
        _check(bottleneck)
        bottleneck.full_clean()
        bottleneck.save(update_fields=list(facts))
        if municipalities is not None:
            bottleneck.municipalities.set(municipalities)
    return bottleneck


def share(*, bottleneck: Bottleneck, by: Person) -> Bottleneck:
    """The coalition has seen it together."""
    return _moved(bottleneck, BottleneckState.SHARED, by=by)


def solve(*, bottleneck: Bottleneck, by: Person) -> Bottleneck:
    """It is no bottleneck any more, or the dream came true."""
    return _moved(bottleneck, BottleneckState.SOLVED, by=by)


def drop(*, bottleneck: Bottleneck, reason: str, by: Person) -> Bottleneck:
    """Nothing is done with it, and why."""
    return _moved(bottleneck, BottleneckState.DROPPED, by=by, dropped_reason=reason.strip())


def recognise(*, bottleneck: Bottleneck, by: Person) -> None:
    """`by` knows this too."""
    with act(by=by):
        BottleneckSupport.objects.get_or_create(bottleneck=bottleneck, person=by)


def unrecognise(*, bottleneck: Bottleneck, by: Person) -> None:
    """`by` does not any more."""
    with act(by=by):
        BottleneckSupport.objects.filter(bottleneck=bottleneck, person=by).delete()


def _check(bottleneck: Bottleneck) -> None:
    sources = (
        bottleneck.theme and bottleneck.theme.programme,
        bottleneck.contact,
        bottleneck.report and bottleneck.report.action,
    )
    if any(source and source.coalition_id != bottleneck.coalition_id for source in sources):
        raise FromAnotherCoalition


def _locked(bottleneck: Bottleneck) -> Bottleneck:
    return (
        Bottleneck.objects.select_for_update(of=("self",), no_key=True)
        .select_related("coalition", "theme__programme", "contact", "report__action")
        .get(pk=bottleneck.pk)
    )


def _moved(bottleneck: Bottleneck, to: str, *, by: Person, **facts: Any) -> Bottleneck:
    with act(by=by):
        bottleneck = _locked(bottleneck)
        if to not in BOTTLENECK_MOVES.get(bottleneck.state, ()):
            raise IllegalBottleneckStep(bottleneck, to)
        bottleneck.state = to
        for field, value in facts.items():
            setattr(bottleneck, field, value)
        bottleneck.full_clean()
        bottleneck.save(update_fields=["state", *facts])
    return bottleneck
