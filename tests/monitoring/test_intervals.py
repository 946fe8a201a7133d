"""Confidence limits against published test values, and against what must always hold."""

import csv
import math
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monitoring.intervals import Z95, Z998, Interval, byar, count, exact_poisson, rate, wilson

VECTORS = Path(__file__).resolve().parents[3] / "shared" / "data" / "stat_vectors.csv"
Z = {"95%": Z95, "99.8%": Z998}
COUNTS = st.integers(min_value=0, max_value=2_000_000)


def vectors() -> list:
    """The rows of the vector file that these functions cover; one named skip without the file."""
    if not VECTORS.exists():
        reason = f"the vector file {VECTORS.name} is not on this machine"
        return [pytest.param(None, marks=pytest.mark.skip(reason=reason), id="no-vector-file")]
    covered = ("wilson", "byars", "proportion_wilson", "aggregated_proportion_wilson", "rate_")
    with VECTORS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["method"].startswith(covered)]
    return [
        pytest.param(row, id=f"{row['method'].split()[0]}-{row['x']}-{row['n']}-{i}")
        for i, row in enumerate(rows)
    ]


def limits_of(row: dict[str, str]) -> Interval:
    z, x = Z[row["confidence"]], float(row["x"])
    factor = float(row["note"].removeprefix("multiplier=") or 1)
    if row["method"] == "byars":
        return byar(x, z=z)
    if row["method"].startswith("rate_"):
        return rate(x, float(row["n"]), factor=factor, z=z)
    return wilson(x, float(row["n"]), z=z).times(factor)


@pytest.mark.parametrize("row", vectors())
def test_published_vector_is_reproduced(row):
    limits = limits_of(row)
    if row["expected_lower"]:
        assert limits.lower == pytest.approx(float(row["expected_lower"]), rel=1e-6)
    assert limits.upper == pytest.approx(float(row["expected_upper"]), rel=1e-6)
    if row["expected_value"]:
        factor = float(row["note"].removeprefix("multiplier="))
        value = factor * float(row["x"]) / float(row["n"])
        assert value == pytest.approx(float(row["expected_value"]), rel=1e-6)


def test_all_forty_nine_vectors_of_these_methods_are_covered():
    assert len(vectors()) == (49 if VECTORS.exists() else 1)


@pytest.mark.parametrize(
    ("x", "n", "z", "lower", "upper"),
    [
        (65, 100, Z95, 0.5525444330, 0.7363575176),
        (65, 100, Z998, 0.4954946574, 0.7783540614),
        (1045, 5000, Z95, 0.1979554988, 0.2204913037),
        (1045, 5000, Z998, 0.1917938180, 0.2273156290),
        (1, 100, Z95, 0.0017674321, 0.0544861962),
        (1, 100, Z998, 0.0008730657, 0.1045544528),
        (222, 3215, Z95, 0.0607916904, 0.0783395668),
        (222, 3215, Z998, 0.0564710196, 0.0841841419),
        (2, 200, Z95, 0.0027466581, 0.0357217617),
        (10, 200, Z95, 0.0273826456, 0.0895781481),
        (444, 6430, Z95, 0.0631079958, 0.0755092618),
        (0, 55, Z95, 0, 0.065285),
        (0, 55, Z998, 0, 0.147941),
    ],
)
def test_wilson_gives_the_published_limits(x, n, z, lower, upper):
    limits = wilson(x, n, z=z)
    # The table prints ten decimals (six where it was computed), hence the absolute part.
    assert limits.lower == pytest.approx(lower, rel=1e-6, abs=1e-10)
    assert limits.upper == pytest.approx(upper, rel=1e-6 if x else 1e-5)


@pytest.mark.parametrize(
    ("x", "z", "lower", "upper"),
    [
        (65, Z95, 50.1631877105, 82.8491385459),
        (1045, Z95, 982.5932018, 1110.331213),
        (10, Z998, 2.9163183747, 24.1937249279),
        (1, Z95, 0.0130721, 5.5637556),
    ],
)
def test_byar_gives_the_published_limits(x, z, lower, upper):
    assert byar(x, z=z).lower == pytest.approx(lower, rel=3e-6 if x == 1 else 1e-6)
    assert byar(x, z=z).upper == pytest.approx(upper, rel=1e-6)


@pytest.mark.parametrize(
    ("x", "lower", "upper"),
    [
        (5, 1.6234863901, 11.6683320793),
        (1, 0.0253178080, 5.5716433909),
        (0, 0, 3.6888794541),
    ],
)
def test_exact_poisson_gives_the_published_limits(x, lower, upper):
    assert exact_poisson(x).lower == pytest.approx(lower, rel=1e-6)
    assert exact_poisson(x).upper == pytest.approx(upper, rel=1e-6)


@pytest.mark.parametrize(
    ("x", "n", "factor", "lower", "upper"),
    [
        (222, 3215, 100, 6.0265748777, 7.8757293709),
        (999, 3456, 100, 27.1413049361, 30.7558332374),
        (1, 100, 100_000, 25.317808, 5571.643391),
        (250, 220, 100_000, 99_984.95, 128_631.14),
        (4, 531, 1000, 2.05, 19.29),
        (12, 1593, 1000, 3.89, 13.16),
        (32, 4384, 1000, 4.99, 10.30),
    ],
)
def test_rate_gives_the_published_limits(x, n, factor, lower, upper):
    limits = rate(x, n, factor=factor)
    # Pooled rates are published with two decimals.
    assert limits.lower == pytest.approx(lower, rel=1e-6, abs=0.005)
    assert limits.upper == pytest.approx(upper, rel=1e-6, abs=0.005)


def test_counts_below_ten_are_exact_and_from_ten_byar():
    assert count(9) == exact_poisson(9)
    assert count(10) == byar(10)
    assert count(9) != byar(9)


def test_a_missing_count_gives_no_limits():
    assert wilson(None, 10) is None
    assert wilson(1, None) is None
    assert byar(None) is None
    assert exact_poisson(None) is None
    assert count(None) is None
    assert rate(None, 10) is None
    assert rate(1, None) is None


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: wilson(11, 10), r"De teller \(11\) is groter dan de noemer \(10\)\."),
        (lambda: wilson(-1, 10), "mag niet negatief"),
        (lambda: wilson(0, 0), "groter zijn dan nul"),
        (lambda: wilson(1, -5), "groter zijn dan nul"),
        (lambda: wilson(1, math.inf), "groter zijn dan nul"),
        (lambda: wilson(math.nan, 5), "mag niet negatief"),
        (lambda: byar(-1), "mag niet negatief"),
        (lambda: byar(math.inf), "mag niet negatief"),
        (lambda: exact_poisson(-1), "mag niet negatief"),
        (lambda: exact_poisson(1.5), r"\(1,5\) is geen geheel getal"),
        (lambda: rate(1, 0), "groter zijn dan nul"),
        (lambda: rate(-1, 10), "mag niet negatief"),
    ],
)
def test_an_impossible_figure_is_refused_in_dutch(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


@given(x=COUNTS, n=COUNTS)
def test_wilson_holds_the_share_and_stays_between_zero_and_one(x, n):
    assume(n > 0 and x <= n)
    limits = wilson(x, n)
    assert 0 <= limits.lower <= x / n <= limits.upper <= 1


@given(x=COUNTS, n=COUNTS)
def test_wilson_at_998_contains_wilson_at_95(x, n):
    assume(n > 0 and x <= n)
    wide, narrow = wilson(x, n, z=Z998), wilson(x, n)
    assert wide.lower <= narrow.lower
    assert narrow.upper <= wide.upper


@given(x=COUNTS, n=COUNTS)
def test_wilson_rises_with_the_count(x, n):
    assume(n > 0 and x < n)
    less, more = wilson(x, n), wilson(x + 1, n)
    assert less.lower < more.lower
    assert less.upper <= more.upper


@given(x=COUNTS, n=COUNTS)
def test_wilson_of_the_complement_is_the_mirror_image(x, n):
    assume(n > 0 and x <= n)
    limits, mirror = wilson(x, n), wilson(n - x, n)
    assert limits.lower == pytest.approx(1 - mirror.upper, abs=1e-12)


@given(x=COUNTS)
def test_count_limits_hold_the_count_and_998_contains_95(x):
    wide, narrow = count(x, z=Z998), count(x)
    assert 0 <= wide.lower <= narrow.lower <= x < narrow.upper <= wide.upper


@given(x=st.integers(min_value=0, max_value=3000))
def test_count_limits_rise_with_the_count_also_from_exact_to_byar(x):
    less, more = count(x), count(x + 1)
    assert less.lower < more.lower
    assert less.upper < more.upper


@given(x=st.integers(min_value=10, max_value=500))
def test_byar_is_close_to_the_exact_limits(x):
    near, exact = byar(x), exact_poisson(x)
    assert near.lower == pytest.approx(exact.lower, rel=0.01)
    assert near.upper == pytest.approx(exact.upper, rel=0.01)


@given(x=COUNTS, n=st.integers(min_value=1, max_value=2_000_000))
def test_rate_holds_its_value(x, n):
    limits = rate(x, n, factor=1000)
    assert limits.lower <= 1000 * x / n <= limits.upper


def test_exact_limits_are_computed_once():
    assert exact_poisson(7) is exact_poisson(7)
