"""From the Dutch grid (Rijksdriehoek, EPSG:28992) to degrees (WGS84, EPSG:4326).

The published approximation of F.H. Schreutelkamp and G.L. Strang van Hees, "Benaderingsformules voor
de transformatie tussen RD- en WGS84-kaartcoördinaten" (Geodesia, 2001): right within half a metre
everywhere in the Netherlands, which is far finer than a map on a screen shows.
"""

from collections.abc import Mapping

# The tower of the church of Our Lady in Amersfoort, in both.
_X, _Y = 155_000.0, 463_000.0
_LATITUDE, _LONGITUDE = 52.15517440, 5.38720621
# The power of x and of y, and the seconds of arc that they weigh.
_NORTH: Mapping[tuple[int, int], float] = {
    (0, 1): 3235.65389,
    (2, 0): -32.58297,
    (0, 2): -0.24750,
    (2, 1): -0.84978,
    (0, 3): -0.06550,
    (2, 2): -0.01709,
    (1, 0): -0.00738,
    (4, 0): 0.00530,
    (2, 3): -0.00039,
    (4, 1): 0.00033,
    (1, 1): -0.00012,
}
_EAST: Mapping[tuple[int, int], float] = {
    (1, 0): 5260.52916,
    (1, 1): 105.94684,
    (1, 2): 2.45656,
    (3, 0): -0.81885,
    (1, 3): 0.05594,
    (3, 1): -0.05607,
    (0, 1): 0.01199,
    (3, 2): -0.00256,
    (1, 4): 0.00128,
    (0, 2): 0.00022,
    (2, 0): -0.00022,
    (5, 0): 0.00026,
}


def degrees_of(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a point in metres on the grid."""
    east, north = (x - _X) * 1e-5, (y - _Y) * 1e-5
    return (
        _LONGITUDE + _sum(_EAST, east, north) / 3600,
        _LATITUDE + _sum(_NORTH, east, north) / 3600,
    )


def _sum(weights: Mapping[tuple[int, int], float], east: float, north: float) -> float:
    return sum(weight * east**p * north**q for (p, q), weight in weights.items())
