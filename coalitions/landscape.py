"""The map of coalitions: numbered marks on a country of dots, as an SVG with real links.

The table beside it carries the same numbers, names and links; the map is a second way in.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coalitions.models import Coalition, Phase
from partners.models import Area, AreaKind, AreaMember

# The Netherlands in Europe, in degrees; at this latitude a degree east is shorter than one north.
WEST, EAST, SOUTH, NORTH = 3.3, 7.3, 50.7, 53.6
NARROWING = math.cos(math.radians(52.2))
SCALE = 170.0
WIDTH = round((EAST - WEST) * NARROWING * SCALE)
HEIGHT = round((NORTH - SOUTH) * SCALE)
RADIUS = 15.0
# Marks keep apart by this much, so that each can be seen and touched.
DISTANCE = 2 * RADIUS + 2
ROUNDS = 60

Point = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """A coalition on the map, under the number that its row in the table has."""

    number: int
    coalition: Coalition
    x: float
    y: float


@dataclass(frozen=True)
class Landscape:
    """Everything that the template draws."""

    marks: list[Mark]
    dots: str
    taking_part: str
    width: int = WIDTH
    height: int = HEIGHT
    radius: float = RADIUS

    @property
    def phases(self) -> list[Phase]:
        """The phases on this map, in their order, for the legend."""
        present = {mark.coalition.phase for mark in self.marks}
        return [phase for phase in Phase if phase in present]


def project(longitude: float, latitude: float) -> Point:
    """Degrees to a place on the map."""
    return ((longitude - WEST) * NARROWING * SCALE, (NORTH - latitude) * SCALE)


def dots_path(points: Iterable[Point]) -> str:
    """One SVG path of dots: strokes without length and with round ends."""
    return "".join(f"M{x:.1f} {y:.1f}h0" for x, y in points)


def spread(points: Sequence[Point], *, distance: float = DISTANCE) -> list[Point]:
    """The points pushed apart until no two are nearer than `distance`, the same each time."""
    moved = [list(point) for point in points]
    for _ in range(ROUNDS):
        is_calm = True
        for first in range(len(moved)):
            for second in range(first + 1, len(moved)):
                is_calm &= not _push_apart(moved[first], moved[second], distance)
        if is_calm:
            break
    return [(x, y) for x, y in moved]


def _push_apart(first: list[float], second: list[float], distance: float) -> bool:
    across, down = second[0] - first[0], second[1] - first[1]
    gap = math.hypot(across, down)
    if gap >= distance - 0.01:
        return False
    if gap == 0:
        across, down, gap = 1.0, 0.0, 1.0
        push = distance / 2
    else:
        push = (distance - gap) / 2
    for axis, part in ((0, across / gap), (1, down / gap)):
        first[axis] -= part * push
        second[axis] += part * push
    return True


def draw(coalitions: Sequence[Coalition]) -> Landscape:
    """The map of `coalitions`, numbered in their order. Two queries, however many there are."""
    municipalities = {
        pk: project(longitude, latitude)
        for pk, longitude, latitude in Area.objects.municipalities()
        .current()
        .filter(longitude__isnull=False, latitude__isnull=False)
        .order_by("pk")
        .values_list("pk", "longitude", "latitude")
    }
    inside: dict[int, list[Point]] = defaultdict(list)
    members = set()
    links = AreaMember.objects.current().filter(
        kind=AreaKind.COALITION, region__in=[coalition.area_id for coalition in coalitions]
    )
    for region, member in links.order_by("pk").values_list("region", "member"):
        if member in municipalities:
            inside[region].append(municipalities[member])
            members.add(member)
    placed = [
        (number, coalition)
        for number, coalition in enumerate(coalitions, start=1)
        if coalition.area_id in inside
    ]
    centres = spread([_mean(inside[coalition.area_id]) for _, coalition in placed])
    return Landscape(
        marks=[
            Mark(number, coalition, round(x, 1), round(y, 1))
            for (number, coalition), (x, y) in zip(placed, centres, strict=True)
        ],
        dots=dots_path(point for pk, point in municipalities.items() if pk not in members),
        taking_part=dots_path(point for pk, point in municipalities.items() if pk in members),
    )


def _mean(points: Sequence[Point]) -> Point:
    return (
        sum(x for x, _ in points) / len(points),
        sum(y for _, y in points) / len(points),
    )
