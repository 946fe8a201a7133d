"""Windows of three years against computed values, and that they tell nothing that a year hides."""

import csv
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring import burden, pooling
from monitoring.catalogue import load_definitions
from monitoring.inequality import slope_index
from monitoring.intervals import Z95, Z998, Interval
from monitoring.models import Aggregate, Comparison, Period, Status
from monitoring.pooling import Counts, windows

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "data" / "stat_vectors.csv"
BIG2 = next(item for item in load_definitions() if item.code == "big2")


def published(year: int, x: float | None, n: float | None, **more: object) -> Aggregate:
    value = None if x is None or not n else 100 * x / n
    return Aggregate(
        period=Period(code=str(year)),
        numerator=x,
        denominator=n,
        value=value,
        status=more.pop("status", Status.REPORTED),
        **more,
    )


def test_a_rare_rate_pooled_over_three_years_gives_the_computed_limits():
    counts = {2021: Counts(4, 531), 2022: Counts(4, 531), 2023: Counts(4, 531)}
    (found,) = windows(counts, factor=1000, interval="byar")
    assert (found.label, found.numerator, found.denominator) == ("2021-2023", 12, 1593)
    assert found.value == pytest.approx(7.53, abs=0.005)
    assert found.limits_95.lower == pytest.approx(3.89, abs=0.005)
    assert found.limits_95.upper == pytest.approx(13.16, abs=0.005)
    assert found.limits_998.lower < found.limits_95.lower


def test_sums_come_before_the_division():
    counts = {2021: Counts(8, 55), 2022: Counts(136, 919), 2023: Counts(0, 0)}
    (found,) = windows(counts, factor=100, interval="wilson")
    # The mean of the percentages would be 14.67.
    assert found.value == pytest.approx(100 * 144 / 974)


def test_a_window_with_a_hidden_or_absent_year_has_no_sum():
    counts = {2024: Counts(12, 90), 2025: Counts(None, 90), 2020: Counts(20, 90)}
    early, late = windows(counts, factor=100, interval="wilson")
    assert (early.known, early.numerator, early.missing) == (1, None, pooling.NOT_ALL_YEARS)
    assert (late.label, late.known, late.value) == ("2024-2026", 1, None)


@given(st.sets(st.integers(min_value=1990, max_value=2050), min_size=1))
def test_windows_never_overlap_and_never_move(years):
    found = windows({year: Counts(20, 100) for year in years}, factor=100, interval="none")
    assert all(a.last < b.first for a, b in itertools.pairwise(found))
    more = windows({year: Counts(20, 100) for year in years | {2051}}, factor=100, interval="none")
    assert {window.label for window in found} <= {window.label for window in more}


def test_published_figures_of_an_area_are_pooled_and_a_small_one_says_so():
    shown = [published(year, 20, 150) for year in (2021, 2022, 2023)]
    (found,) = pooling.windows_of(shown, BIG2)
    assert (found.numerator, found.value) == (60, pytest.approx(100 * 60 / 450))
    small = [published(2023, None, None, status=Status.SUPPRESSED_PRIMARY), *shown[:2]]
    (found,) = pooling.windows_of(small, BIG2)
    assert (found.numerator, found.missing) == (None, pooling.TOO_SMALL_FOR_A_YEAR)
    assert pooling.windows_of([Aggregate(period=Period(code="onbekend"))], BIG2) == []


def test_nobody_at_risk_in_three_years_is_not_zero():
    (found,) = windows(dict.fromkeys((2021, 2022, 2023), Counts(0, 0)), factor=100, interval="wilson")
    assert (found.value, found.missing) == (None, "n.v.t.")


@pytest.mark.parametrize(
    ("x", "n", "at_95", "at_998"),
    [
        (60, 300, Comparison.HIGHER, Comparison.SAME),
        (28, 300, Comparison.LOWER, Comparison.SAME),
        (45, 300, Comparison.SAME, Comparison.SAME),
        (55, 55, Comparison.HIGHER, Comparison.HIGHER),
    ],
)
def test_the_computed_comparisons_with_a_benchmark(x, n, at_95, at_998):
    def limits(z: float) -> Interval | None:
        return pooling.LIMITS["wilson"](x, n, 1, z)

    assert burden.compared(limits(Z95), 0.148) == at_95
    assert burden.compared(limits(Z998), 0.148) == at_998
    assert burden.compared(None, 0.148) is burden.compared(limits(Z95), None) is None


def test_the_burden_stands_only_where_the_figure_is_surely_higher():
    country = published(2023, 14_800, 100_000)
    higher = published(2023, 200, 900, compared_998=Comparison.HIGHER)
    found = burden.burden_of(higher, country)
    assert found.extra == pytest.approx(200 - 0.148 * 900)
    assert found.sentence(BIG2) == (
        "67 te vroeg of te licht geboren kinderen meer dan bij het landelijke cijfer"
    )
    assert burden.burden_of(published(2023, 140, 900, compared_998=Comparison.SAME), country) is None
    hidden = published(2023, None, None, compared_998=Comparison.HIGHER)
    assert burden.burden_of(hidden, country) is None
    assert burden.burden_of(higher, None) is None


def test_an_area_is_compared_with_the_rest_of_its_region():
    assert burden.rest_of((650, 4384), (8, 55)) == pytest.approx(642 / 4329)
    assert burden.rest_of((8, 55), (8, 55)) is None
    with pytest.raises(ValueError, match="niet groter"):
        burden.rest_of((8, 55), (9, 55))
    # Half of the region itself: with itself in the benchmark the difference would be halved.
    own, region = published(2023, 90, 400), published(2023, 150, 800)
    assert burden.against_rest(own, region, BIG2, z=Z95) == Comparison.HIGHER
    assert burden.against_rest(own, published(2023, None, None), BIG2, z=Z95) is None
    assert burden.against_rest(own, None, BIG2, z=Z95) is None


def test_the_published_slope_index_is_reproduced():
    if not VECTORS.exists():
        pytest.skip(f"the vector file {VECTORS.name} is not on this machine")
    with VECTORS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # With those of test_intervals (49) and test_trends (20) every row of the file is a test.
    assert len(rows) == 70
    (row,) = (row for row in rows if row["method"] == "sii")
    values = [float(word) for word in row["x"].removeprefix("values ").split(";")]
    sizes = [float(word) for word in row["n"].removeprefix("pop ").split(";")]
    assert slope_index(values, sizes) == pytest.approx(float(row["expected_value"]), rel=1e-6)
    assert slope_index([None, *values[1:]], sizes) is None
    assert slope_index(values[:4], sizes[:4]) is None
