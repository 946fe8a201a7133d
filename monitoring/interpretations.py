"""Partners read a figure together: each writes what she sees, the coordinator fixes what all agree on."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.formats import date_format

from actions import work
from actions.models import Action
from coalitions.access import Permission, Scope, can, scopes_of
from coalitions.models import Coalition
from coalitions.models.memberships import MEMBER_STATES
from monitoring import pooling
from monitoring.models import Aggregate, Interpretation, PooledFigure, ReadingAction, Release, ReleaseFigure
from monitoring.releases import published
from monitoring.sentences import SUPPRESSED
from partners.models import Area, AreaKind, Organisation, Person
from portal.acts import Refused, act

# The code of an indicator, an area, and the first of three years.
WindowKey = tuple[str, int, int | None]


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
        window = _window_instead_of(figure)
        if window is not None:
            row.pooled_from, row.pooled_value = pooling.first_year_of(window), window.value
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


def _window_instead_of(figure: Aggregate) -> Aggregate | None:
    """The three years together that a reader sees where this year is not shown."""
    if figure.status not in SUPPRESSED:
        return None
    rows = PooledFigure.objects.published().filter(audit__indicator=figure.indicator_id, area=figure.area_id)
    return pooling.last_shown(pooling.figures(rows.for_page()))


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


def is_revised(
    interpretation: Interpretation,
    figure: Aggregate | ReleaseFigure | None,
    window: Aggregate | None = None,
) -> bool:
    """Whether the figure under it is another one now; `window` is what its three years are now."""
    if figure is None or (interpretation.value, interpretation.status) != (figure.value, figure.status):
        return True
    is_of_years = interpretation.pooled_from is not None
    return is_of_years and interpretation.pooled_value != (window.value if window else None)


def windows_under(
    found: Iterable[Interpretation], release: Release | None = None
) -> dict[WindowKey, Aggregate]:
    """The three years together that readings are about, as they are now or in one release, by the code of
    the indicator, area and first year; at most one query."""
    about = [row for row in found if row.pooled_from is not None]
    if not about:
        return {}
    rows = PooledFigure.objects.of_release(release) if release else PooledFigure.objects.published()
    rows = rows.of_indicators([row.indicator_code for row in about])
    figures = pooling.figures(rows.filter(area__in={row.area_id for row in about}).for_page())
    return {(one.indicator.code, one.area_id, pooling.first_year_of(one)): one for one in figures}


def window_key(row: Interpretation) -> WindowKey:
    """Where the three years of a reading are found among those."""
    return row.indicator_code, row.area_id, row.pooled_from


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
