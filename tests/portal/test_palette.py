"""The colours of charts stay apart for who sees red, green or blue less, by computation.

Matrices: Machado, Oliveira and Fernandes (2009), "A Physiologically-based Model for Simulation of
Color Vision Deficiency", table 1 at severity 1.0, on linear RGB. Distance: CIE 1976 in L*a*b*, D65.
"""

from itertools import pairwise

import pytest

from portal.charts import APRICOT, INK, PAPER, SOFT_INK, STEPS, TEAL

AS_SEEN = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# Two lines in one chart, and two neighbouring steps of one scale: a distance of 2.3 is just noticeable.
BETWEEN_LINES = 20
BETWEEN_STEPS = 10
# WCAG 2.2, 1.4.11: what carries meaning in a picture, against its background.
CONTRAST = 3


def linear(colour: str) -> tuple[float, ...]:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)


def lab(colour: str, seen: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    red, green, blue = (
        min(max(sum(share * part for share, part in zip(row, linear(colour), strict=True)), 0), 1)
        for row in seen
    )
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (
        part ** (1 / 3) if part > (6 / 29) ** 3 else part / (3 * (6 / 29) ** 2) + 4 / 29 for part in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(one: str, other: str, kind: str) -> float:
    pairs = zip(lab(one, AS_SEEN[kind]), lab(other, AS_SEEN[kind]), strict=True)
    return sum((left - right) ** 2 for left, right in pairs) ** 0.5


def contrast(one: str, other: str) -> float:
    light, dark = sorted(
        (sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True)) for c in (one, other)),
        reverse=True,
    )
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("kind", AS_SEEN)
def test_region_and_country_are_told_apart(kind):
    assert distance(TEAL, APRICOT, kind) >= BETWEEN_LINES


@pytest.mark.parametrize("kind", AS_SEEN)
def test_each_step_of_the_map_differs_from_the_next_and_gets_darker(kind):
    assert min(distance(*pair, kind) for pair in pairwise(STEPS)) >= BETWEEN_STEPS
    lightness = [lab(step, AS_SEEN[kind])[0] for step in STEPS]
    assert lightness == sorted(lightness, reverse=True)


@pytest.mark.parametrize("colour", [TEAL, APRICOT, INK, SOFT_INK])
def test_what_carries_meaning_stands_out_from_the_paper(colour):
    assert contrast(colour, PAPER) >= CONTRAST
