"""Windows of three years against computed values, and what a difference with the country is about."""

import csv
from pathlib import Path

import pytest

from monitoring import burden, pooling
from monitoring.catalogue import load_definitions
from monitoring.inequality import slope_index
from monitoring.intervals import Z95, Z998, Interval
from monitoring.models import Aggregate, Comparison, Indicator, Period, PooledFigure, Status, WindowAudit
from partners.models import Area, AreaKind

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


def three_years(
    x: float | None, n: float | None, *, kind: str = AreaKind.MUNICIPALITY, **indicator: object
) -> PooledFigure:
    """The years of one area from 2021 on, of an indicator in percent unless it is another one."""
    of = Indicator(pk=1, **{"code": "big2", "factor": 100, "interval": "wilson"} | indicator)
    return PooledFigure(
        audit=WindowAudit(indicator=of, first_year=2021),
        area=Area(pk=1, kind=kind, name="Mook"),
        numerator=x,
        denominator=n,
        status=Status.REPORTED if x is not None else Status.SUPPRESSED_PRIMARY,
    )


def test_a_rare_rate_pooled_over_three_years_gives_the_computed_limits():
    (found,) = pooling.figures([three_years(12, 1593, factor=1000, interval="byar")])
    assert (found.period.code, found.numerator, found.denominator) == ("2021-2023", 12, 1593)
    assert found.value == pytest.approx(7.53, abs=0.005)
    assert (found.lower_95, found.upper_95) == pytest.approx((3.89, 13.16), abs=0.005)
    assert found.lower_998 < found.lower_95


def test_a_window_stands_beside_the_country_in_the_same_years():
    country = three_years(148_000, 1_000_000, kind=AreaKind.COUNTRY)
    for x, n, at_95, at_998 in (
        (60, 300, Comparison.HIGHER, Comparison.SAME),
        (28, 300, Comparison.LOWER, Comparison.SAME),
        (55, 55, Comparison.HIGHER, Comparison.HIGHER),
    ):
        found, national = pooling.figures([three_years(x, n), country])
        assert (found.compared_95, found.compared_998) == (at_95, at_998)
        assert national.compared_95 is None
    (alone,) = pooling.figures([three_years(60, 300)])
    assert alone.compared_95 is None


def test_a_window_that_is_not_shown_has_its_reason():
    (found,) = pooling.figures([three_years(None, None)])
    assert (found.value, found.lower_95, found.status) == (None, None, Status.SUPPRESSED_PRIMARY)


def test_everybody_counted_has_no_margin():
    (found,) = pooling.figures([three_years(40, 20, factor=1, interval="none")])
    assert (found.value, found.lower_95, found.compared_95) == (2, None, None)


def test_windows_never_overlap_and_never_move():
    assert [pooling.window_of(year) for year in range(2018, 2026)] == [2018] * 3 + [2021] * 3 + [2024] * 2
    assert pooling.window_of_period(Period(code="2023")) == 2021
    assert pooling.window_of_period(Period(code="onbekend")) is None


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

    assert pooling.compared(limits(Z95), 0.148) == at_95
    assert pooling.compared(limits(Z998), 0.148) == at_998
    assert pooling.compared(None, 0.148) is pooling.compared(limits(Z95), None) is None


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
