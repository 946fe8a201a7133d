from monitoring.funnel_chart import funnel_chart, funnel_sentence
from monitoring.models import Comparison
from partners.models import Area, AreaKind
from tests.monitoring.presenters.figures import COUNTRY, DEFINITIONS, SHARE, figure

PLACES = [Area(pk=10 + n, code=f"GM{n}", name=f"Plaats {n}", kind=AreaKind.MUNICIPALITY) for n in range(5)]
BENCHMARK = figure(COUNTRY, 14.8, numerator=14800.0, denominator=100000.0)


def places(*hidden: int):
    return [
        figure(place, None if number in hidden else 10.0 + number, denominator=100.0 * (number + 1))
        for number, place in enumerate(PLACES)
    ]


def dots(spec):
    return spec["datasets"]["dots"]


def test_each_area_with_a_figure_is_a_dot_at_its_size_and_value():
    found = dots(funnel_chart(places(), BENCHMARK, SHARE))
    assert [(dot["n"], dot["value"]) for dot in found] == [(100.0 * (n + 1), 10.0 + n) for n in range(5)]


def test_what_is_not_shown_has_no_dot():
    hidden = places(1)
    hidden[1].denominator = None
    assert len(dots(funnel_chart(hidden, BENCHMARK, SHARE))) == 4


def test_the_limits_narrow_as_areas_grow_and_the_wide_ones_hold_the_narrow_ones():
    limits = funnel_chart(places(), BENCHMARK, SHARE)["datasets"]["limits"]
    widths = [row["high"] - row["low"] for row in limits]
    assert widths == sorted(widths, reverse=True)
    assert all(row["low998"] <= row["low"] <= 14.8 <= row["high"] <= row["high998"] for row in limits)


def test_rates_have_limits_from_ten_expected_cases_on():
    rare = DEFINITIONS["tienermoeders"]
    country = figure(COUNTRY, 3.0, numerator=3000.0, denominator=1_000_000.0)
    sizes = (500.0, 2000.0, 10_000.0, 20_000.0)
    areas = [figure(place, 3.0, denominator=size) for place, size in zip(PLACES[:4], sizes, strict=True)]
    limits = funnel_chart(areas, country, rare)["datasets"]["limits"]
    assert min(row["n"] for row in limits) * 0.003 >= 10
    assert all(row["low998"] < row["low"] < 3.0 < row["high"] < row["high998"] for row in limits)
    # All too small for any limit: a funnel would say nothing.
    small = [figure(place, 3.0, denominator=400.0) for place in PLACES]
    assert funnel_chart(small, country, rare) is None


def test_without_a_country_or_with_few_areas_or_no_chance_there_is_no_funnel():
    assert funnel_chart(places(), None, SHARE) is None
    assert funnel_chart(places(0, 1, 2), BENCHMARK, SHARE) is None
    assert funnel_chart(places(), BENCHMARK, DEFINITIONS["inwoners-per-km2"]) is None


def test_the_sentence_names_what_lies_outside_and_never_says_that_the_rest_is_chance():
    quiet = funnel_sentence(places(), SHARE)
    assert "Geen enkele gemeente verschilt duidelijk van Nederland." in quiet
    loud = places()
    loud[0].compared_998 = Comparison.HIGHER
    assert "Duidelijk anders dan Nederland is: Plaats 0." in funnel_sentence(loud, SHARE)
    for sentence in (quiet, funnel_sentence(loud, SHARE)):
        assert "toeval zijn" in sentence
        assert "is toeval" not in sentence
