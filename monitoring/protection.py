"""What is left out of one indicator and period, so that nobody can work a small count out.

It reads every cell and every total at once, regions of all kinds, what earlier releases told, and of a
whole what its parts tell.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.db import connection, transaction

from monitoring import direct_sums, parts, rules, window_orders
from monitoring.direct_sums import Counts, Key, Observed, Said
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
    # Among the sums the regions of which a source gave the figure itself; and of every such figure, also of
    # before, the cells that stand for it.
    direct: dict[int, Said] = field(default_factory=dict)
    under: dict[int, Observed] = field(default_factory=dict)
    # What is left of these regions is shown nowhere, and some of it must not be told either.
    rests: set[Key] = field(default_factory=set)
    secret: set[Key] = field(default_factory=set)
    # Municipalities, and regions of one of them, where figures stand by region only; and everything of
    # which no year is shown by itself.
    local: set[int] = field(default_factory=set)
    unshown: set[int] = field(default_factory=set)
    # What earlier releases told: observations by themselves, and sums.
    told_cells: set[int] = field(default_factory=set)
    told_sums: set[Observed] = field(default_factory=set)
    # What the parts of an observation leave unknown of it.
    rooms: dict[Key, parts.Room] = field(default_factory=dict)

    def table(self, counts: Counts) -> tuple[Table, set[object]]:
        """The table for the engine, and what is not shown for another reason."""
        cells = [self._cell(key, *pair) for key, pair in counts.items()]
        totals = [
            Sum(("sum", area), members, rank, is_known=members in self.told_sums)
            for area, (members, rank) in self.sums.items()
        ]
        current = set(self.observation_of.values())
        not_shown: set[object] = {("sum", area) for area in self.too_few | self.unshown}
        not_shown |= {self.observation_of[area] for area in self.unshown & self.observation_of.keys()}
        not_shown |= {("sum", area) for area in self.direct if self.is_small_at(area, counts)}
        # What was told stays told, also where it is not shown any more.
        shown = {members for area, (members, _) in self.sums.items() if ("sum", area) not in not_shown}
        told = self.told_sums - shown
        told |= {frozenset({key}) for key in self.told_cells}
        totals += [
            Sum(("told", number), members, is_known=True) for number, members in enumerate(in_order(told))
        ]
        return Table.of(cells, totals), not_shown | (counts.keys() - current - self.told_cells)

    def pair_of(self, area: int, counts: Counts) -> tuple[float, float]:
        """The count of an area that has one, and how many persons it is out of."""
        if area in self.direct:
            return self.direct[area].count, self.direct[area].size
        observed = {self.observation_of[area]} if area in self.observation_of else self.sums[area][0]
        pairs = [counts[key] for key in observed]
        return sum(count for count, _ in pairs), sum(size for _, size in pairs)

    def is_small_at(self, area: int, counts: Counts) -> bool:
        """Whether the count of an area is too small to show, by itself."""
        return self.is_small_count(*self.pair_of(area, counts))

    def places(self) -> dict[Key, Key]:
        """The cell of every area that is no sum, and of what is left of regions."""
        found: dict[Key, Key] = {rest: rest for rest in self.rests}
        return found | self.observation_of

    def is_small_count(self, count: float, size: float) -> bool:
        """Whether this many of that many persons are too few to show, by themselves."""
        return is_small(whole(count), whole(size), zero_is_sensitive=self.zero_is_sensitive)

    def is_told(self, place: Key, shown: Shown, hidden: Container[Key]) -> bool:
        """Whether everybody reads the count of one of `places`; of what is left, where they read all regions
        around it."""
        if isinstance(place, tuple):
            _, *regions = place
            return not any(("sum", area) in shown.withheld or area in hidden for area in regions)
        return self.observation_of[place] not in shown.hidden and place not in hidden

    def _cell(self, key: Key, count: float, size: float) -> Cell:
        room, is_secret = self.rooms.get(key), key in self.secret
        # What was told cannot be taken back by what its parts tell.
        if room is None or key in self.told_cells or not room.holds(count):
            return Cell(
                key,
                whole(count),
                whole(size),
                zero_is_sensitive=self.zero_is_sensitive,
                is_sensitive=is_secret,
            )
        told = not room.is_shown or room.tells(count) or is_small(whole(count), whole(size))
        return Cell(
            key, whole(count - room.least), whole(room.most - room.least), is_sensitive=told or is_secret
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
    return _protected(tuple(table.cells.values()), tuple(table.totals.values()), frozenset(not_shown))


# A whole is checked with each of its parts, and three years with each year: the same table comes by again,
# mostly soon after.
@lru_cache(maxsize=16)
def _protected(cells: tuple[Cell, ...], totals: tuple[Sum, ...], not_shown: frozenset[object]) -> Protection:
    return protect(Table.of(cells, totals), withheld=not_shown)


def _rooms(partition: Partition, edition: Edition, known: Known, counts: Counts) -> dict[Key, parts.Room]:
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
        shown = protected(part_known, part_counts).shown
        # Three years together may ask for more than that; the whole is then checked once more.
        also = set(part.partition.hidden_figures.values_list("area", flat=True))
        found.append(
            {
                place: parts.Part(part_counts[key][0], is_shown=part_known.is_told(place, shown, also))
                for place, key in part_known.places().items()
            }
        )
    cells = known.places()
    sizes = {place: counts[key][1] for place, key in cells.items()}
    rooms = parts.rooms(found, sizes, number=len(codes))
    return {cells[place]: room for place, room in rooms.items()}


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
    counts: Counts = {}
    for key, area, count, size in _observed(edition):
        known.observation_of[area] = key
        counts[key] = (count, size)
    if partition.indicator.is_by_region:
        known.local = _municipalities(known.observation_of)
    members = _members(partition)
    _read_told(known, partition)
    _read_sums(known, counts, partition, members)
    _read_direct(known, counts, partition, members)
    known.unshown = known.local
    if partition.indicator.is_pooled_only:
        known.unshown = known.observation_of.keys() | known.sums.keys()
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


def _members(partition: Partition) -> dict[int, list[int]]:
    members: dict[int, list[int]] = defaultdict(list)
    links = AreaMember.objects.on(partition.period.reference_date)
    for region, member in links.values_list("region_id", "member_id"):
        members[region].append(member)
    return members


def _read_sums(known: Known, counts: Counts, partition: Partition, members: Mapping[int, list[int]]) -> None:
    totals = Total.objects.filter(partition=partition, numerator__isnull=False).select_related("area")
    # Municipalities known by their districts come first: regions count on them.
    for total in sorted(totals, key=lambda row: row.area.kind != AreaKind.MUNICIPALITY):
        observed: set[Key] = set()
        for member in members.get(total.area_id, ()):
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
            known.local.add(total.area_id)


def _read_direct(
    known: Known, counts: Counts, partition: Partition, members: Mapping[int, list[int]]
) -> None:
    """What a source said of regions itself, as sums; after all other sums and what was told."""
    said = [one for one in direct_sums.said_of_regions(partition) if members.get(one.area)]
    if not said:
        return
    now = {one.area: one for one in said if one.key == known.observation_of.get(one.area)}
    for area, one in now.items():
        del known.observation_of[area], counts[one.key]
    cells = {area: members_of for area, (members_of, _) in known.sums.items()}
    cells |= {area: frozenset({key}) for area, key in known.observation_of.items()}
    # Of a figure of before only where there is none now: the newest.
    newest = {one.area: one for one in said} | now
    laid = direct_sums.lay_under(newest, members, cells, counts, period=partition.period_id)
    counts |= laid.counts
    known.rests, known.secret = set(laid.counts), laid.secret
    known.under = {one.key: laid.under[one.area] for one in said}
    told = known.told_cells & known.under.keys()
    known.told_cells -= told
    known.told_sums |= {known.under[key] for key in told}
    kinds = dict(Area.objects.filter(pk__in=now).values_list("pk", "kind"))
    for area, one in now.items():
        known.direct[area] = one
        known.sums[area] = (laid.under[area], RANKS.get(AreaKind(kinds[area]), LOWEST_RANK))
        # Of two, each could subtract its own count here too.
        if 1 < len(members[area]) < rules.LEAST_MEMBERS:
            known.too_few.add(area)
        elif len(members[area]) == 1 and partition.indicator.is_by_region:
            known.local.add(area)


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
        if key in shown.hidden and not known.is_small_at(area, counts)
    }
    return of_cells | {
        area
        for area in known.sums
        if ("sum", area) in shown.withheld
        # Of a sum of too few the view itself knows that.
        and (area not in known.too_few or area in known.direct)
        and not known.is_small_at(area, counts)
    }


def keep(partition: Partition, known: Known, shown: Shown, hidden: set[int]) -> None:
    """Store what is left out of a partition, and what it tells; in the transaction of its check."""
    HiddenFigure.objects.filter(partition=partition).delete()
    Told.objects.filter(partition=partition).delete()
    HiddenFigure.objects.bulk_create(
        HiddenFigure(partition=partition, area_id=area) for area in sorted(hidden)
    )
    is_shown = {area for area in known.sums if ("sum", area) not in shown.withheld}
    cells = [key for key in known.observation_of.values() if key not in shown.hidden]
    # What a source said of a region is told by itself: whatever stands under it may be known later.
    cells += [one.key for area, one in known.direct.items() if area in is_shown]
    Told.objects.bulk_create(
        [
            Told(partition=partition, observations=sorted(cells)),
            *(
                Told(partition=partition, area_id=area, observations=sorted(known.sums[area][0]))
                for area in sorted(is_shown - known.direct.keys())
            ),
        ]
    )
    # A comparison with a country that is not shown would tell of it.
    Edition.objects.filter(partition=partition, country_id__in=hidden).update(benchmark=None)


def in_order(sums: Iterable[Observed]) -> list[Observed]:
    """Sets of cells in an order that is always the same."""
    return sorted(sums, key=lambda one: sorted(map(str, one)))


def whole(number: float) -> int:
    """Counts of persons; weighted ones keep their fraction."""
    return int(number) if number == int(number) else number  # type: ignore[return-value]
