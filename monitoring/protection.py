"""What is left out of one indicator and period, so that nobody can work a small count out.

It reads every cell and every total at once, regions of all kinds, what earlier releases told, and of a
whole what its parts tell.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection, transaction

from monitoring import parts, rules, window_orders
from monitoring.disclosure import Cell, Protection, Shown, Table, protect
from monitoring.disclosure import Total as Sum
from monitoring.disclosure.tables import is_small
from monitoring.models import Audit, Edition, HiddenFigure, Observation, Partition, Told, Total
from partners.models import Area, AreaKind, AreaMember
from portal import jobs

# What is given up first: the highest. Coalitions are what this portal is for.
RANKS = {
    AreaKind.COUNTRY: -1,
    AreaKind.COALITION: 0,
    AreaKind.MUNICIPALITY: 0,
    AreaKind.GGD_REGION: 1,
    AreaKind.PROVINCE: 2,
}
LOWEST_RANK = 3

Observed = frozenset[int]
# By observation: the count, and how many persons it is out of.
Counts = dict[int, tuple[float, float]]


class Outdated(Exception):
    """The members of a region changed after its sum was made; the sums are made anew first."""


@dataclass
class Known:
    """Everything that is or was public of one indicator in one period, by observation."""

    zero_is_sensitive: bool
    # Observation by area, and the sums by area, of the version under audit.
    observation_of: dict[int, int] = field(default_factory=dict)
    sums: dict[int, tuple[Observed, int]] = field(default_factory=dict)
    too_few: set[int] = field(default_factory=set)
    # Municipalities, and regions of one of them, where figures stand by region only.
    too_local: set[int] = field(default_factory=set)
    # What earlier releases told: observations by themselves, and sums.
    told_cells: set[int] = field(default_factory=set)
    told_sums: set[Observed] = field(default_factory=set)
    # What the parts of an observation leave unknown of it.
    rooms: dict[int, parts.Room] = field(default_factory=dict)

    def table(self, counts: Counts) -> tuple[Table, set[object]]:
        """The table for the engine, and what is not shown for another reason."""
        cells = [self._cell(key, *pair) for key, pair in counts.items()]
        totals = [
            Sum(("sum", area), members, rank, is_known=members in self.told_sums)
            for area, (members, rank) in self.sums.items()
        ]
        told = self.told_sums - {members for members, _ in self.sums.values()}
        told |= {frozenset({key}) for key in self.told_cells}
        totals += [
            Sum(("told", number), members, is_known=True)
            for number, members in enumerate(sorted(told, key=sorted))
        ]
        current = set(self.observation_of.values())
        not_shown: set[object] = {("sum", area) for area in self.too_few | self.too_local}
        not_shown |= {self.observation_of[area] for area in self.too_local & self.observation_of.keys()}
        return Table.of(cells, totals), not_shown | (counts.keys() - current - self.told_cells)

    def is_small(self, counts: Counts, observed: Iterable[int]) -> bool:
        """Whether the sum of these observations is too small to show, by itself."""
        pairs = [counts[key] for key in observed]
        count, size = (sum(pair[place] for pair in pairs) for place in (0, 1))
        return self.is_small_count(count, size)

    def is_small_count(self, count: float, size: float) -> bool:
        """Whether this many of that many persons are too few to show, by themselves."""
        return is_small(whole(count), whole(size), zero_is_sensitive=self.zero_is_sensitive)

    def _cell(self, key: int, count: float, size: float) -> Cell:
        room = self.rooms.get(key)
        # What was told cannot be taken back by what its parts tell.
        if room is None or key in self.told_cells or not room.holds(count):
            return Cell(key, whole(count), whole(size), zero_is_sensitive=self.zero_is_sensitive)
        return Cell(
            key,
            whole(count - room.least),
            whole(room.most - room.least),
            is_sensitive=not room.is_shown or room.tells(count) or is_small(whole(count), whole(size)),
        )


def protect_partition(audit: Audit) -> None:
    """Decide what is left out of one partition; keep that, what is told, and how sure a reader can be.

    Raises Outdated where regions changed meanwhile, and Unprotectable where earlier releases already
    told too much.
    """
    partition = audit.partition
    edition = Edition.objects.filter(partition=partition).order_by("release_id").first()
    if edition is None:
        audit.finish()
        return
    known, counts = everything_known(partition, edition)
    protection = protected(known, counts)
    hidden = hidden_areas(known, counts, protection.shown)
    with transaction.atomic():
        keep(partition, known, protection.shown, hidden)
        check_wholes_again(partition)
        audit.finish(
            protected_count=len(protection.bounds),
            hidden_count=len(hidden),
            narrowest=_narrowest(protection),
        )
        window_orders.order_window(partition)


def everything_known(partition: Partition, edition: Edition) -> tuple[Known, Counts]:
    """What is or was public of one indicator in one period, with what its parts tell of it; and the
    counts themselves."""
    known, counts = _known(partition, edition)
    known.rooms = _rooms(partition, edition, known, counts)
    return known, counts


def protected(known: Known, counts: Counts) -> Protection:
    """What is left out of it, by itself."""
    table, not_shown = known.table(counts)
    return protect(table, withheld=not_shown)


def _rooms(partition: Partition, edition: Edition, known: Known, counts: Counts) -> dict[int, parts.Room]:
    """What the parts of this indicator tell of each observation, as they will be shown beside it."""
    codes = parts.parts_of(partition.indicator.code)
    editions = Edition.objects.filter(
        release=edition.release_id,
        period=partition.period_id,
        indicator__code__in=codes,
        indicator__is_current=True,
    )
    found = []
    for part in editions.select_related("partition__indicator", "partition__period"):
        # Worked out and not read: whether that check was done already makes no difference then.
        part_known, part_counts = _known(part.partition, part)
        hidden = protected(part_known, part_counts).shown.hidden
        # Three years together may ask for more than that; the whole is then checked once more.
        also = set(part.partition.hidden_figures.values_list("area", flat=True))
        found.append(
            {
                area: parts.Part(part_counts[key][0], is_shown=key not in hidden and area not in also)
                for area, key in part_known.observation_of.items()
            }
        )
    sizes = {area: counts[key][1] for area, key in known.observation_of.items()}
    rooms = parts.rooms(found, sizes, number=len(codes))
    return {known.observation_of[area]: room for area, room in rooms.items()}


def check_wholes_again(partition: Partition) -> None:
    """What this indicator is a part of is checked once more, as it may have been checked too early."""
    again = Audit.objects.filter(
        partition__indicator__code__in=parts.wholes_of(partition.indicator.code),
        partition__period=partition.period_id,
        partition__editions__release__published_at__isnull=True,
    ).exclude(partition__editions__release__published_at__isnull=False)
    if Audit.objects.filter(pk__in=again.values("pk")).wait_again():
        jobs.ring(Audit)


def _known(partition: Partition, edition: Edition) -> tuple[Known, Counts]:
    known = Known(zero_is_sensitive=partition.indicator.is_zero_at_risk)
    counts = {}
    for key, area, count, size in _observed(edition):
        known.observation_of[area] = key
        counts[key] = (count, size)
    if partition.indicator.is_by_region:
        known.too_local = _municipalities(known.observation_of)
    _read_sums(known, counts, partition)
    _read_told(known, partition)
    earlier = set().union(known.told_cells, *known.told_sums) - counts.keys()
    counts |= {
        key: (count, size)
        for key, count, size in Observation.objects.filter(pk__in=earlier).values_list(
            "pk", "numerator", "denominator"
        )
    }
    return known, counts


_OBSERVED = f"""
    SELECT o.id, o.area_id, o.numerator, o.denominator FROM monitoring_observation o
    WHERE o.indicator_id = %(indicator)s AND o.period_id = %(period)s AND o.status = 'reported'
      AND {rules.KNOWN_TO.format(count="o", through="%(through)s", as_of="%(as_of)s")}
"""


def _observed(edition: Edition) -> list[tuple[int, int, float, float]]:
    with connection.cursor() as cursor:
        cursor.execute(
            _OBSERVED,
            {
                "indicator": edition.indicator_id,
                "period": edition.period_id,
                "through": edition.through_id,
                "as_of": edition.as_of,
            },
        )
        return cursor.fetchall()


def _municipalities(areas: Iterable[int]) -> set[int]:
    """Those of the areas that are one, or lie in one."""
    local = Area.objects.filter(pk__in=areas, kind__in=(AreaKind.MUNICIPALITY, AreaKind.DISTRICT))
    return set(local.values_list("pk", flat=True))


def _read_sums(known: Known, counts: Counts, partition: Partition) -> None:
    members: dict[int, list[int]] = defaultdict(list)
    links = AreaMember.objects.on(partition.period.reference_date)
    for region, member in links.values_list("region_id", "member_id"):
        members[region].append(member)
    totals = Total.objects.filter(partition=partition, numerator__isnull=False).select_related("area")
    # Municipalities known by their districts come first: regions count on them.
    for total in sorted(totals, key=lambda row: row.area.kind != AreaKind.MUNICIPALITY):
        observed: set[int] = set()
        for member in members[total.area_id]:
            if member in known.observation_of:
                observed.add(known.observation_of[member])
            elif member in known.sums:
                observed |= known.sums[member][0]
        if abs(sum(counts[key][0] for key in observed) - (total.numerator or 0)) > 1e-6:
            raise Outdated(f"De gemeenten van {total.area} zijn gewijzigd na het optellen.")
        known.sums[total.area_id] = (
            frozenset(observed),
            RANKS.get(AreaKind(total.area.kind), LOWEST_RANK),
        )
        if total.member_count > 1 and total.reported_count < rules.LEAST_MEMBERS:
            known.too_few.add(total.area_id)
        is_local = total.member_count == 1 or total.area.kind == AreaKind.MUNICIPALITY
        if is_local and partition.indicator.is_by_region:
            known.too_local.add(total.area_id)


def _read_told(known: Known, partition: Partition) -> None:
    """What was public at some time, in a release of before or in the one of now."""
    earlier = Told.objects.filter(
        partition__indicator=partition.indicator_id,
        partition__period=partition.period_id,
        partition__editions__release__published_at__isnull=False,
    ).exclude(partition=partition)
    for area, observations in earlier.values_list("area_id", "observations"):
        if area is None:
            known.told_cells.update(observations)
        else:
            known.told_sums.add(frozenset(observations))


def _narrowest(protection: Protection) -> float | None:
    """The least that a reader is unsure of a protected count; of fewer than ten persons nobody can be
    that unsure."""
    known = protection.bounds.values()
    return min((one.high - one.low for one in known if one.size >= rules.SMALLEST_COUNT), default=None)


def hidden_areas(known: Known, counts: Counts, shown: Shown) -> set[int]:
    """Where a figure is left out that is large enough by itself."""
    of_cells = {
        area
        for area, key in known.observation_of.items()
        if key in shown.hidden and not known.is_small(counts, {key})
    }
    return of_cells | {
        area
        for area, (members, _) in known.sums.items()
        if ("sum", area) in shown.withheld
        and area not in known.too_few
        and not known.is_small(counts, members)
    }


def keep(partition: Partition, known: Known, shown: Shown, hidden: set[int]) -> None:
    """Store what is left out of a partition, and what it tells; in the transaction of its check."""
    HiddenFigure.objects.filter(partition=partition).delete()
    Told.objects.filter(partition=partition).delete()
    HiddenFigure.objects.bulk_create(
        HiddenFigure(partition=partition, area_id=area) for area in sorted(hidden)
    )
    cells = sorted(key for key in known.observation_of.values() if key not in shown.hidden)
    Told.objects.bulk_create(
        [
            Told(partition=partition, observations=cells),
            *(
                Told(partition=partition, area_id=area, observations=sorted(members))
                for area, (members, _) in sorted(known.sums.items())
                if ("sum", area) not in shown.withheld
            ),
        ]
    )
    # A comparison with a country that is not shown would tell of it.
    Edition.objects.filter(partition=partition, country_id__in=hidden).update(benchmark=None)


def whole(number: float) -> int:
    """Counts of persons; weighted ones keep their fraction."""
    return int(number) if number == int(number) else number  # type: ignore[return-value]
