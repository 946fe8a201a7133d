"""What must always hold of comparison, sums, funnel, inequality and burden, whatever the counts."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monitoring.burden import extra, rest_of
from monitoring.funnel import proportion_limits
from monitoring.inequality import slope_index
from monitoring.intervals import Z95, Z998, wilson
from monitoring.models import Comparison
from monitoring.pooling import compared

SIZES = st.integers(min_value=1, max_value=2_000_000)
SHARES = st.floats(min_value=0.001, max_value=0.999)
AREAS = st.lists(
    st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=12
)
GROUPS = st.lists(
    st.tuples(st.floats(0, 100, allow_subnormal=False), st.integers(1, 5000)), min_size=5, max_size=12
)


@given(SIZES, st.data(), SHARES)
def test_a_clear_difference_at_998_is_one_at_95_and_never_the_other_way_round(n, data, benchmark):
    x = data.draw(st.integers(0, n))
    strict, loose = (compared(wilson(x, n, z=z), benchmark) for z in (Z998, Z95))
    assert strict in {loose, Comparison.SAME}
    if loose == Comparison.HIGHER:
        assert x / n > benchmark
    if loose == Comparison.LOWER:
        assert x / n < benchmark


@given(SIZES, st.data(), SHARES)
def test_who_is_higher_among_those_with_is_lower_among_those_without(n, data, benchmark):
    x = data.draw(st.integers(0, n))
    limits = wilson(x, n)
    # Right on the limit the last bit decides.
    assume(min(abs(limits.lower - benchmark), abs(limits.upper - benchmark)) > 1e-9)
    mirror = {Comparison.HIGHER: Comparison.LOWER, Comparison.LOWER: Comparison.HIGHER}
    ours = compared(limits, benchmark)
    assert compared(wilson(n - x, n), 1 - benchmark) == mirror.get(ours, ours)


@given(AREAS)
def test_the_share_of_a_region_lies_between_those_of_its_areas_and_is_surer_than_each(areas):
    total, size = (sum(column) for column in zip(*areas, strict=True))
    shares = [x / n for x, n in areas]
    assert min(shares) - 1e-12 <= total / size <= max(shares) + 1e-12
    largest = max(areas, key=lambda area: area[1])
    # Of the same share: more persons leave less to chance.
    wide = wilson(largest[0], largest[1])
    narrow = wilson(largest[0] * size / largest[1], size)
    assert narrow.upper - narrow.lower <= wide.upper - wide.lower + 1e-12


@given(AREAS)
def test_an_area_and_the_rest_of_its_region_are_the_region(areas):
    total = tuple(sum(column) for column in zip(*areas, strict=True))
    own = areas[0]
    rest = rest_of(total, own)
    if rest is None:
        assert own == total
    else:
        assert rest * (total[1] - own[1]) + own[0] == pytest.approx(total[0])


@given(AREAS, SHARES)
def test_burdens_of_areas_add_up_to_that_of_their_region(areas, benchmark):
    each = [extra(x, n, benchmark) for x, n in areas]
    total, size = (sum(column) for column in zip(*areas, strict=True))
    assert sum(each) == pytest.approx(extra(total, size, benchmark), abs=1e-6)
    for (x, n), more in zip(areas, each, strict=True):
        assert (more > 0) == (x > benchmark * n)
    assert extra(None, 10, benchmark) is extra(1, None, benchmark) is extra(1, 10, None) is None


@given(SHARES, SIZES, SIZES)
def test_a_funnel_holds_its_share_narrows_with_size_and_the_wide_one_holds_the_narrow_one(share, n, more):
    narrow, wide = proportion_limits(share, n), proportion_limits(share, n, z=Z998)
    assert 0 <= wide.lower <= narrow.lower <= share <= narrow.upper <= wide.upper <= 1
    larger = proportion_limits(share, n + more)
    assert larger.upper - larger.lower <= narrow.upper - narrow.lower + 1e-12


@given(GROUPS, st.floats(-50, 50, allow_subnormal=False))
def test_inequality_does_not_change_with_the_level_and_turns_with_the_order(groups, level):
    values, sizes = (list(column) for column in zip(*groups, strict=True))
    index = slope_index(values, sizes)
    assert slope_index([value + level for value in values], sizes) == pytest.approx(index, abs=1e-6)
    assert slope_index(values[::-1], sizes[::-1]) == pytest.approx(-index, abs=1e-6)
    assert slope_index([values[0]] * len(values), sizes) == pytest.approx(0, abs=1e-6)
