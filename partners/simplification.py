"""Borders with fewer points: what two areas share stays shared, so that no gap opens between them.

Rings are cut where borders meet. Each piece is simplified once in one direction (Douglas and
Peucker, 1973), so that both neighbours get the same line.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

Point = tuple[float, float]
Ring = list[Point]
Polygon = list[Ring]
MultiPolygon = list[Polygon]

# Metres in a degree in the middle of the Netherlands, east and north.
_EAST, _NORTH = 111_320 * math.cos(math.radians(52.2)), 111_250


def simplified(
    shapes: Mapping[str, MultiPolygon], *, metres: float, decimals: int
) -> dict[str, MultiPolygon]:
    """The same areas, each border within `metres` of what it was. Specks smaller than that are left
    out, unless an area is nothing else. Outer rings run clockwise, as the drawing of maps wants them.
    """
    junctions = _junctions(ring for shape in shapes.values() for polygon in shape for ring in polygon)

    def ring(points: Ring) -> Ring:
        kept = [point for piece in _pieces(points, junctions) for point in _fewer(piece, metres)[:-1]]
        rounded = [(round(x, decimals), round(y, decimals)) for x, y in kept]
        found = [point for place, point in enumerate(rounded) if point != rounded[place - 1]]
        return [*found, found[0]] if len(found) > 2 else []

    def shape(polygons: MultiPolygon) -> MultiPolygon:
        found = [[ring(points) for points in polygon] for polygon in polygons]
        kept = [_turned([points for points in polygon if points]) for polygon in found if polygon[0]]
        return kept or [_turned([max((polygon[0] for polygon in polygons), key=len)])]

    return {code: shape(polygons) for code, polygons in shapes.items()}


def _junctions(rings: Iterable[Ring]) -> set[Point]:
    """The points where more than two stretches of border meet."""
    beside: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for one, other in pairwise(ring):
            beside[one].add(other)
            beside[other].add(one)
    return {point for point, others in beside.items() if len(others) > 2}


def _pieces(ring: Ring, junctions: set[Point]) -> list[Ring]:
    """The ring cut at its junctions; with fewer than two, at a point that does not depend on where it
    starts, and at the one furthest from there."""
    points = ring[:-1]
    cuts = [place for place, point in enumerate(points) if point in junctions]
    if len(cuts) < 2:
        start = cuts[0] if cuts else min(range(len(points)), key=points.__getitem__)
        far = max(range(len(points)), key=lambda place: (_apart(points[start], points[place]), points[place]))
        cuts = sorted({start, far})
    around = [*points, *points]
    ends = [*cuts[1:], cuts[0] + len(points)]
    return [around[start : end + 1] for start, end in zip(cuts, ends, strict=True)]


def _fewer(piece: Ring, metres: float) -> Ring:
    """The line in the same direction, worked out in the one direction that both neighbours share."""
    if piece[::-1] < piece:
        return _fewer(piece[::-1], metres)[::-1]
    keep = {0, len(piece) - 1}
    open_parts = [(0, len(piece) - 1)]
    while open_parts:
        start, end = open_parts.pop()
        if end - start < 2:
            continue
        far = max(range(start + 1, end), key=lambda place: _off(piece[place], piece[start], piece[end]))
        if _off(piece[far], piece[start], piece[end]) > metres:
            keep.add(far)
            open_parts += [(start, far), (far, end)]
    return [piece[place] for place in sorted(keep)]


def _off(point: Point, start: Point, end: Point) -> float:
    """How many metres a point lies from the stretch between two others."""
    x, y = (point[0] - start[0]) * _EAST, (point[1] - start[1]) * _NORTH
    dx, dy = (end[0] - start[0]) * _EAST, (end[1] - start[1]) * _NORTH
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, (x * dx + y * dy) / length)) if length else 0.0
    return math.hypot(x - along * dx, y - along * dy)


def _apart(one: Point, other: Point) -> float:
    return math.hypot((one[0] - other[0]) * _EAST, (one[1] - other[1]) * _NORTH)


def _turned(polygon: Polygon) -> Polygon:
    """The outer ring clockwise, holes the other way."""
    return [
        ring if (_surface(ring) < 0) == (place == 0) else ring[::-1] for place, ring in enumerate(polygon)
    ]


def _surface(ring: Sequence[Point]) -> float:
    """Twice the surface; above zero where the ring runs against the clock."""
    return sum(x * v - u * y for (x, y), (u, v) in pairwise(ring))
