"""Trends against published test values, and against what must always hold."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.funnel import proportion_limits, rate_limits
from monitoring.intervals import Z95, Z998, byar
from monitoring.trends import CHI2_998, Direction, Point, count_trend, recent_trend

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "data" / "stat_vectors.csv"
Z = {"95%": Z95, "99.8%": Z998}


def vectors(method: str) -> list:
    """The rows of the vector file of one method; one named skip without the file."""
    if not VECTORS.exists():
        reason = f"the vector file {VECTORS.name} is not on this machine"
        return [pytest.param(None, marks=pytest.mark.skip(reason=reason), id="no-vector-file")]
    with VECTORS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["method"].startswith(method)]
    return [pytest.param(row, id=f"{row['method']}-{number}") for number, row in enumerate(rows)]


def points_in(text: str) -> list[Point]:
    return [Point(*(float(number) for number in re.findall(r"[\d.]+", point))) for point in text.split(";")]


def test_every_vector_of_trend_and_funnel_is_covered():
    found = [len(vectors(method)) for method in ("trend_wls", "prop_trend", "funnel")]
    assert found == ([3, 1, 16] if VECTORS.exists() else [1, 1, 1])


@pytest.mark.parametrize("row", vectors("trend_wls"))
def test_published_recent_trend_is_reproduced(row):
    trend = recent_trend(points_in(row["n"]))
    assert trend.slope == pytest.approx(float(row["expected_value"]), abs=5e-7)
    assert trend.chi2 == pytest.approx(float(re.search(r"chi2=([\d.]+)", row["note"])[1]), rel=1e-5)
    expected = Direction.FALLING if "Decreasing" in row["note"] else Direction.RISING
    assert trend.direction == expected


@pytest.mark.parametrize("row", vectors("prop_trend"))
def test_published_trend_in_counts_is_reproduced(row):
    trend = count_trend([float(x) for x in row["x"].split(",")], [float(n) for n in row["n"].split(",")])
    assert trend.chi2 == pytest.approx(8.224922, rel=1e-6)
    assert trend.direction == Direction.NONE


@pytest.mark.parametrize("row", vectors("funnel"))
def test_published_funnel_limit_is_reproduced(row):
    limits = proportion_limits(float(row["x"]) / 100, float(row["n"]), z=Z[row["confidence"]]).times(100)
    assert limits.lower == pytest.approx(float(row["expected_lower"]), rel=1e-6)
    assert limits.upper == pytest.approx(float(row["expected_upper"]), rel=1e-6)


@pytest.mark.parametrize(("counts", "chi2"), [((52, 48, 44, 40, 31), 5.33), ((52, 48, 50, 49, 46), 0.09)])
def test_a_small_region_does_not_show_a_trend(counts, chi2):
    trend = count_trend(counts, (640, 650, 655, 630, 620))
    assert trend.chi2 == pytest.approx(chi2, abs=0.005)
    assert trend.direction == Direction.NONE


def test_a_series_with_a_gap_or_of_four_points_is_not_judged():
    steep = [Point(value, value - 0.1, value + 0.1) for value in (1, 2, 3, 4, 5)]
    assert recent_trend(steep).direction == Direction.RISING
    assert recent_trend(steep[:4]).direction == Direction.UNKNOWN
    assert recent_trend([*steep[:3], None, steep[4]]).direction == Direction.UNKNOWN
    # Only the latest five count: an older gap does not matter.
    assert recent_trend([None, *steep]).direction == Direction.RISING


def test_one_point_that_carries_the_slope_alone_is_no_trend():
    flat = [Point(5.0, 4.99, 5.01)] * 4
    outlier = Point(6.0, 5.99, 6.01)
    trend = recent_trend([*flat, outlier])
    assert trend.chi2 > CHI2_998
    assert trend.direction == Direction.NONE


@given(
    st.lists(st.tuples(st.floats(0, 100, allow_subnormal=False), st.floats(0.01, 10)), min_size=5, max_size=5)
)
def test_a_series_read_backwards_has_the_opposite_trend(rows):
    points = [Point(value, value - half, value + half) for value, half in rows]
    there, back = recent_trend(points), recent_trend(points[::-1])
    opposite = {Direction.RISING: Direction.FALLING, Direction.FALLING: Direction.RISING}
    assert back.slope == pytest.approx(-there.slope, rel=1e-6, abs=1e-9)
    if there.chi2 > CHI2_998 * 1.001:
        assert back.direction == opposite.get(there.direction, there.direction)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 500)), min_size=2, max_size=12))
def test_chi2_of_counts_is_that_of_the_same_shares_counted_the_other_way(rows):
    counts = [min(x, n) for x, n in rows]
    sizes = [n for _, n in rows]
    there = count_trend(counts, sizes)
    back = count_trend([n - x for x, n in zip(counts, sizes, strict=True)], sizes)
    if there.chi2 is None:
        assert back.chi2 is None
    else:
        assert back.chi2 == pytest.approx(there.chi2, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    ("counts", "sizes"), [((1,), (2,)), ((1, 2), (3,)), ((3, 1), (2, 2)), ((0, 1), (0, 2))]
)
def test_impossible_counts_are_refused(counts, sizes):
    with pytest.raises(ValueError, match=r"noemer"):
        count_trend(counts, sizes)


@given(st.floats(0.0005, 3), st.integers(20, 2_000_000), st.sampled_from([Z95, Z998]))
def test_an_area_is_outside_the_funnel_of_rates_where_its_own_margin_leaves_the_country_out(rate, n, z):
    limits = rate_limits(rate, n, z=z)
    if rate * n < 10:
        assert limits is None
        return
    expected = rate * n
    assert limits.lower < rate < limits.upper
    for edge, side in ((limits.lower, "upper"), (limits.upper, "lower")):
        assert getattr(byar(edge * n, z=z), side) == pytest.approx(expected, rel=1e-6)


def test_a_rate_below_zero_or_of_nothing_has_no_funnel():
    for rate, n in ((-0.1, 10), (0.1, 0)):
        with pytest.raises(ValueError, match="niet negatief"):
            rate_limits(rate, n)


@pytest.mark.parametrize(("share", "n"), [(1.1, 10), (-0.1, 10), (0.5, 0)])
def test_impossible_funnels_are_refused(share, n):
    with pytest.raises(ValueError, match="aandeel"):
        proportion_limits(share, n)
