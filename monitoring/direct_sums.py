"""Figures of regions that a source gave itself, as the check of small counts reads them.

Who reads such a figure takes it for the sum of the municipalities, and is about right. So it is a sum like
any other here, and exactly so. What none of its municipalities says is a cell of its own: of those that are
in the same regions together, since nothing else is told of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery

from monitoring.models import DIRECT_KINDS, Observation, Partition, Status
from monitoring.rules import SMALLEST_COUNT
from partners.models import Area
from portal.subqueries import IsOneOf

# Of two together: where the other one is of nine persons at most, it may be nine.
FEW = 2 * SMALLEST_COUNT - 1
# The period, and the regions around the municipalities without a figure.
Rest = tuple[int, ...]
# An observation, or what is left of regions.
Key = int | Rest
Observed = frozenset[Key]
# By cell: the count, and how many persons it is out of.
Counts = dict[Key, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Said:
    """What a source said of a region, now or before."""

    key: int
    area: int
    count: float
    size: float


@dataclass(frozen=True, slots=True)
class Laid:
    """The cells under each region that a source spoke of itself, and those of what is left of them."""

    under: dict[int, Observed]
    counts: Counts
    # What is left must not be told: it is that of one municipality, or of two of which one may be tiny.
    secret: set[Key]


def said_of_regions(partition: Partition) -> list[Said]:
    """Everything that sources ever said of regions in one indicator and period, the newest last."""
    regions = Area.objects.filter(kind__in=DIRECT_KINDS).order_by().values("pk")
    rows = Observation.objects.filter(
        IsOneOf("area_id", ArraySubquery(regions)),
        indicator=partition.indicator_id,
        period=partition.period_id,
        status=Status.REPORTED,
    )
    return [Said(*row) for row in rows.order_by("pk").values_list("pk", "area", "numerator", "denominator")]


def lay_under(
    said: Mapping[int, Said],
    members: Mapping[int, Iterable[int]],
    known: Mapping[int, Observed],
    counts: Counts,
    *,
    period: int,
) -> Laid:
    """Regions taken apart, each by `said` of its area: in the cells of the `members` that are `known`, and
    in what is left for the others."""
    around: dict[int, set[int]] = defaultdict(set)
    for region in said:
        for place in members[region]:
            if place not in known:
                around[place].add(region)
    rests: dict[Rest, int] = defaultdict(int)
    for regions in around.values():
        rests[period, *sorted(regions)] += 1
    laid = Laid({}, {}, {rest for rest, number in rests.items() if number == 1})
    # The smaller region first: what is left of a larger one is what is in none of those inside it.
    for region in sorted(said, key=lambda one: (len(list(members[one])), one)):
        cells = frozenset().union(*(known[place] for place in members[region] if place in known))
        mine = sorted(rest for rest in rests if region in rest[1:])
        pairs = [counts[key] for key in cells] + [laid.counts[rest] for rest in mine if rest in laid.counts]
        count = max(0.0, said[region].count - sum(pair[0] for pair in pairs))
        size = max(count, said[region].size - sum(pair[1] for pair in pairs))
        for rest in mine:
            if rest not in laid.counts:
                laid.counts[rest] = (count, size)
                if rests[rest] == 2 and (0 < count < FEW or 0 < size - count < FEW):
                    laid.secret.add(rest)
                count, size = 0.0, 0.0
        laid.under[region] = cells | frozenset(mine)
    return laid
