"""Partners read a figure together: each writes what she sees, the coordinator fixes what all agree on."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.formats import date_format

from actions import work
from actions.models import Action
from coalitions.access import Permission, Scope, can, scopes_of
from coalitions.models import Coalition
from coalitions.models.memberships import MEMBER_STATES
from monitoring.models import Aggregate, Interpretation, ReadingAction
from monitoring.releases import published
from partners.models import Area, AreaKind, Organisation, Person
from portal.acts import Refused, act


class NoFigures(Refused):
    def __init__(self) -> None:
        super().__init__("Er zijn nog geen cijfers gepubliceerd om te duiden.")


class NotYours(Refused):
    def __init__(self) -> None:
        super().__init__("Je schrijft alleen namens je eigen organisatie.")


class OnlyCoordinator(Refused):
    def __init__(self) -> None:
        super().__init__("Alleen de coördinator legt de gezamenlijke duiding vast.")


class TakenBack(Refused):
    def __init__(self) -> None:
        super().__init__("Deze duiding is al teruggenomen.")


def organisations_of(person: Person, coalition: Coalition) -> QuerySet[Organisation]:
    """The members for which `person` may sign."""
    return (
        Organisation.objects.represented_by(person)
        .filter(memberships__coalition=coalition, memberships__state__in=MEMBER_STATES)
        .order_by("sort_key")
        .distinct()
    )


def write(
    *,
    coalition: Coalition,
    figure: Aggregate,
    text: str,
    by: Person,
    organisation: Organisation | None = None,
    is_shared: bool = False,
) -> Interpretation:
    """A signed reading of `figure` as it stands now; a new shared one takes the place of the old one."""
    if is_shared and not can(by, Permission.READING_FIX, coalition):
        raise OnlyCoordinator
    if organisation is None:
        if Scope.ALL not in scopes_of(by, Permission.READING_WRITE, coalition):
            raise NotYours
    elif organisation not in organisations_of(by, coalition):
        raise NotYours
    with act(by=by):
        release = published()
        if release is None:
            raise NoFigures
        row = Interpretation(
            coalition=coalition,
            indicator_code=figure.indicator.code,
            area=figure.area,
            period=figure.period,
            text=text.strip(),
            is_shared=is_shared,
            organisation=organisation,
            written_by=by,
            release=release,
            value=figure.value,
            status=figure.status,
        )
        if is_shared:
            Coalition.objects.select_for_update(no_key=True).get(pk=coalition.pk)
            _earlier_shared(row).update(withdrawn_at=Now(), withdrawn_by=by)
        row.full_clean(exclude=["written_at"])
        row.save(force_insert=True)
    return row


def _earlier_shared(row: Interpretation) -> QuerySet[Interpretation]:
    return Interpretation.objects.standing().filter(
        coalition=row.coalition,
        indicator_code=row.indicator_code,
        area=row.area,
        period=row.period,
        is_shared=True,
    )


def propose_action(*, interpretation: Interpretation, by: Person, **facts: Any) -> Action:
    """An action that somebody thinks of because of this reading, about the same figure."""
    with act(by=by):
        action = work.propose(coalition=interpretation.coalition, by=by, **facts)
        ReadingAction.objects.create(interpretation=interpretation, action=action)
    return action


def withdraw(*, interpretation: Interpretation, by: Person) -> None:
    """Take a reading back: its writer her own, the coordinator every one."""
    is_own = interpretation.written_by_id == by.pk
    if not is_own and not can(by, Permission.READING_FIX, interpretation.coalition):
        raise NotYours
    with act(by=by):
        found = Interpretation.objects.standing().filter(pk=interpretation.pk)
        if not found.update(withdrawn_at=Now(), withdrawn_by=by):
            raise TakenBack


def is_revised(interpretation: Interpretation, figure: Aggregate | None) -> bool:
    """Whether the figure under it is another one now."""
    if figure is None:
        return True
    return (interpretation.value, interpretation.status) != (figure.value, figure.status)


def shared_of(code: str, *, area: Area, person: Any) -> dict[tuple[int, int], str]:
    """What the coalition of `area` reads together in this indicator, by area and period; for who takes
    part in it. One query."""
    coalition = area.coalition if area.kind == AreaKind.COALITION else None
    if coalition is None or not can(person, Permission.FIGURES_READ, coalition):
        return {}
    found = coalition.interpretations.standing().filter(indicator_code=code, is_shared=True)
    return {
        (one.area_id, one.period_id): f"{one.text} ({coalition.name}, {date_format(one.written_at, 'j F Y')})"
        for one in found
    }


def newest() -> int | None:
    """Which change of any reading was the last; one query."""
    changes: Any = Interpretation
    return changes.pgh_event_model.objects.order_by("-pgh_id").values_list("pgh_id", flat=True).first()
