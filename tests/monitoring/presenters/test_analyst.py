import pytest

from monitoring.models import Period
from monitoring.presenters.analyst import analyst_facts, count_trend_of
from monitoring.trends import Direction
from tests.monitoring.presenters.figures import DEFINITIONS, SHARE, figure

COUNTS, SIZES = (52, 48, 44, 40, 31), (640, 650, 655, 630, 620)


def of_year(year, x, n, **more):
    period = Period(pk=year, code=str(year), label=str(year), reference_date=f"{year}-01-01")
    value = None if x is None else 100 * x / n
    return figure(period=period, value=value, numerator=x, denominator=n, **more)


def series(counts=COUNTS, sizes=SIZES, first=2020):
    return [of_year(first + number, x, n) for number, (x, n) in enumerate(zip(counts, sizes, strict=True))]


def test_a_small_region_has_its_wide_margin_and_the_trend_of_its_counts():
    found = series()
    facts = dict(analyst_facts(found[-1], found, SHARE))
    assert facts["Marge met 99,8 procent zekerheid"] == "2,9 tot 8,5 procent"
    assert facts["Trend in de aantallen (Cochran-Armitage)"] == (
        "Geen duidelijke stijging of daling (χ²\u00a0=\u00a05,33; duidelijk vanaf 9,55)"
    )


def test_the_published_example_is_the_trend_of_counts():
    found = series((83, 90, 129, 70), (86, 93, 136, 82))
    assert count_trend_of(found, SHARE).chi2 == pytest.approx(8.224922, rel=1e-6)


def test_a_year_that_is_not_shown_breaks_the_row_of_years():
    broken = [*series(), of_year(2025, None, None), *series(first=2026)[:2]]
    assert count_trend_of(broken, SHARE).direction == Direction.UNKNOWN
    assert dict(analyst_facts(None, broken, SHARE)) == {"Trend van de laatste vijf jaren": "Niet te bepalen"}
    longer = [of_year(2019, 400, 640), *series()]
    assert count_trend_of(longer, SHARE).chi2 == pytest.approx(5.33, abs=0.005)


@pytest.mark.parametrize("code", ["tienermoeders", "inwoners-per-km2"])
def test_what_is_no_share_has_no_trend_of_counts(code):
    assert count_trend_of(series(), DEFINITIONS[code]).direction == Direction.UNKNOWN


def test_where_everybody_was_counted_there_is_nothing_to_say():
    assert analyst_facts(series()[-1], series(), DEFINITIONS["inwoners-per-km2"]) == []
