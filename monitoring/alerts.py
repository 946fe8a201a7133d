"""Who hears that a release changed a judgement, or a figure under a reading."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from coalitions.models import Coalition, CoalitionRole, Role
from monitoring import interpretations, release_changes
from monitoring.catalogue import load_definitions
from monitoring.models import Aggregate, Interpretation, Release, ReleaseAlert, ReleaseFigure
from monitoring.release_changes import Alike, Change, alike
from partners.models import AreaMember
from portal import jobs, outbox
from portal.enumeration import listed

MOST_LINES = 20
MOST_PLACES = 8
LISTENERS = (Role.COORDINATOR, Role.ANALYST)


@dataclass
class Found:
    """What one coalition has to hear."""

    changes: list[Change] = field(default_factory=list)
    readings: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """A line for each change with all places that share it; those of the coalition itself first."""
        return [_line(one) for one in alike(sorted(self.changes, key=lambda one: one.place.kind))]

    @property
    def shown(self) -> list[str]:
        """The first lines."""
        return self.lines[:MOST_LINES]

    @property
    def more(self) -> int:
        """How many lines are left out."""
        return max(0, len(self.lines) - MOST_LINES)


def _line(one: Alike) -> str:
    places = one.places
    if len(places) > MOST_PLACES:
        places = [*places[: MOST_PLACES - 1], f"{len(places) - MOST_PLACES + 1} andere gebieden"]
    return f"{one.indicator} in {listed(places)}, {one.period}: was {one.old}, nu {one.new}"


def order(*, old: Release | None, new: Release) -> None:
    """Remember to tell it, in the transaction that moves the pointer."""
    if old is None or old.pk == new.pk:
        return
    ReleaseAlert.objects.create(old=old, new=new)
    jobs.ring(ReleaseAlert)


def tell(alert: ReleaseAlert) -> None:
    """One mail for each coordinator and analyst of a coalition for which something changed."""
    with transaction.atomic():
        found = _found(alert.old, alert.new)
        coalitions = Coalition.objects.in_bulk(list(found))
        listeners = CoalitionRole.objects.current().filter(
            coalition__in=found, role__in=LISTENERS, person__email__isnull=False
        )
        for coalition_id, email in set(listeners.values_list("coalition", "person__email")):
            outbox.post(
                purpose="figures_changed",
                reference=f"release:{alert.old_id}:{alert.new_id}:{coalition_id}",
                recipient=email,
                context={
                    "coalition": coalitions[coalition_id],
                    "found": found[coalition_id],
                    "release": alert.new,
                },
            )
        alert.finish()


def _found(old: Release, new: Release) -> dict[int, Found]:
    found: dict[int, Found] = defaultdict(Found)
    around = _coalitions_around()
    changes, _ = release_changes.between(old, new)
    for change in changes:
        # What is new, or gone as a whole, changes no judgement.
        for coalition_id in around[change.place.pk] if change.is_of_a_known_figure else ():
            found[coalition_id].changes.append(change)
    names = {item.code: item.name for item in load_definitions()}
    for row in _moved(old, new):
        name = names.get(row.indicator_code, row.indicator_code)
        found[row.coalition_id].readings.append(
            f"{name} in {row.area}, {row.period}: duiding van {row.written_by.name}"
        )
    return dict(found)


def _coalitions_around() -> dict[int, set[int]]:
    """By area the coalitions to which it matters: its own, and those that it is a part of; two queries."""
    found: dict[int, set[int]] = defaultdict(set)
    regions = dict(Coalition.objects.values_list("area", "pk"))
    for area, pk in regions.items():
        found[area].add(pk)
    members = AreaMember.objects.on(timezone.localdate()).filter(region__in=regions)
    for area, region in members.values_list("member", "region"):
        found[area].add(regions[region])
    return found


def _moved(old: Release, new: Release) -> list[Interpretation]:
    """The readings whose figure this release makes another one than it was, and than they were written on;
    at most five queries."""
    rows = Interpretation.objects.standing().select_related("area", "period", "written_by")
    readings = list(rows.order_by("coalition", "indicator_code", "pk"))
    were, are = _figures_under(readings, old), _figures_under(readings, new)
    windows_were = interpretations.windows_under(readings, old)
    windows_are = interpretations.windows_under(readings, new)
    found = []
    for row in readings:
        place, key = (row.indicator_code, row.area_id, row.period_id), interpretations.window_key(row)
        figure, window = are.get(place), windows_are.get(key)
        is_other = _number(were.get(place)) != _number(figure) or _number(windows_were.get(key)) != _number(
            window
        )
        if is_other and interpretations.is_revised(row, figure, window):
            found.append(row)
    return found


def _figures_under(
    readings: Sequence[Interpretation], release: Release
) -> dict[tuple[str, int, int], ReleaseFigure]:
    figures = ReleaseFigure.objects.filter(
        release=release,
        indicator__is_current=True,
        indicator__code__in={row.indicator_code for row in readings},
        area__in={row.area_id for row in readings},
        period__in={row.period_id for row in readings},
    ).select_related("indicator")
    return {(one.indicator.code, one.area_id, one.period_id): one for one in figures}


def _number(figure: ReleaseFigure | Aggregate | None) -> tuple[float | None, str] | None:
    return (figure.value, figure.status) if figure else None
