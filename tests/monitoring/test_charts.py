import json
import re

import pytest

from monitoring import charts
from monitoring.catalogue import load_definitions
from monitoring.models import Aggregate, Period, Status
from partners.models import Area, AreaKind
from portal import charts as portal_charts

DEFINITIONS = {definition.code: definition for definition in load_definitions()}
SHARE, RATIO = DEFINITIONS["vroeggeboorte"], DEFINITIONS["inwoners-per-huishouden"]
PERIODS = [Period(pk=year, code=str(year), label=str(year)) for year in (2022, 2023)]


def figure(name: str, value: float | None, *, period: Period = PERIODS[1], number: int = 1) -> Aggregate:
    return Aggregate(
        area=Area(pk=number, name=name, longitude=6.0 + number / 10, latitude=51.3),
        period=period,
        value=value,
        lower_95=None if value is None else value - 1,
        upper_95=None if value is None else value + 1,
        status=Status.REPORTED if value is not None else Status.SUPPRESSED_PRIMARY,
        # A hidden count that must not reach any chart.
        numerator=None if value is not None else 7,
    )


def test_a_period_without_a_number_leaves_a_gap_and_a_mark():
    periods = [Period(pk=y, code=str(y), label=str(y), reference_date=f"{y}-01-01") for y in (2022, 2023)]
    rows = [figure("Venlo", 5.0, period=periods[0]), figure("Venlo", None, period=periods[1])]
    spec = charts.time_line([("Venlo", rows)], SHARE)
    interval, line, dots, marks = (layer["data"]["values"] for layer in spec["layer"])
    assert [row["value"] for row in line] == [5.0, None]
    assert [row["period"] for row in dots] == [row["period"] for row in interval] == ["2022"]
    assert [row["period"] for row in marks] == ["2023"]


@pytest.mark.parametrize(
    ("periods", "named"),
    [
        ([str(year) for year in range(2021, 2026)], "2021 2022 2023 2024 2025"),
        ([str(year) for year in range(2016, 2026)], "2017 2019 2021 2023 2025"),
        ([f"{year}-{year + 2}" for year in range(2012, 2024, 3)], "2015-2017 2021-2023"),
    ],
)
def test_the_newest_period_has_its_word_and_no_word_runs_into_the_next(periods, named):
    rows = [
        figure(
            "Venlo",
            5.0,
            period=Period(pk=number, code=label, label=label, reference_date=f"{label[:4]}-01-01"),
        )
        for number, label in enumerate(periods)
    ]
    svg = str(portal_charts.draw({"tijd": charts.time_line([("Venlo", rows)], SHARE)}, for_all=False)["tijd"])
    assert " ".join(re.findall(r">(\d{4}(?:-\d{4})?)</text>", svg)) == named


def test_a_time_line_is_no_wider_than_the_smallest_screen():
    rows = [figure("Noord- en Midden-Limburg", 5.0)]
    rows[0].period.reference_date = "2023-01-01"
    svg = str(portal_charts.draw({"tijd": charts.time_line([("Venlo", rows)], SHARE)}, for_all=False)["tijd"])
    # 288 px is what a page of 320 px has for its words; a picture grows and shrinks a little.
    assert float(re.search(r'width="(\d+)"', svg)[1]) <= 300


def test_two_series_differ_in_more_than_colour():
    rows = [figure("Venlo", 5.0)]
    looks = charts.LOOKS
    assert len({shape for _, shape, *_ in looks}) == len(looks)
    assert len({tuple(dash) for *_, dash, _ in looks}) == len(looks)
    rows[0].period.reference_date = "2023-01-01"
    spec = charts.time_line([("Venlo", rows), ("Nederland", rows)], SHARE)
    # A margin, a line and dots of each; nobody misses a figure, so there is no cross.
    assert len(spec["layer"]) == 6


def test_rows_keep_the_order_given_and_hidden_figures_show_words_only():
    rows = [figure("Beesel", None, number=2), figure("Venlo", 5.0)]
    spec = charts.dots(rows, figure("Nederland", 6.0, number=3), SHARE)
    words = spec["layer"][-1]["data"]["values"]
    assert words == [{"area": "Beesel", "words": "niet getoond"}]
    assert spec["layer"][-1]["encoding"]["y"]["scale"]["domain"] == ["Beesel", "Venlo"]


def test_rows_of_ggd_regions_begin_with_what_tells_them_apart():
    rows = [figure("GGD Hollands-Midden", 5.0), figure("GGD Hollands-Noorden", None, number=2)]
    for row in rows:
        row.area.kind = AreaKind.GGD_REGION
    rows[1].status = Status.UNRELIABLE
    spec = charts.dots(rows, None, SHARE)
    assert spec["layer"][-1]["encoding"]["y"]["scale"]["domain"] == ["Hollands-Midden", "Hollands-Noorden"]
    assert spec["layer"][-1]["data"]["values"] == [{"area": "Hollands-Noorden", "words": "onbetrouwbaar"}]


def test_a_ratio_starts_at_zero_through_time_and_at_the_data_in_a_row_of_dots():
    rows = [figure("Venlo", 2.15)]
    rows[0].period.reference_date = "2023-01-01"
    time = charts.time_line([("Venlo", rows)], RATIO)["layer"][1]["encoding"]["y"]["scale"]
    dots = charts.dots(rows, None, RATIO)["layer"][1]["encoding"]["x"]["scale"]
    assert (time["zero"], dots["zero"]) == (True, False)


@pytest.mark.django_db
@pytest.mark.parametrize("value", [2.15, 7.0, 48.3])
def test_an_axis_names_a_number_at_or_above_the_highest_value(value):
    row = figure("Venlo", value)
    row.lower_95 = row.upper_95 = None
    row.period.reference_date = "2023-01-01"
    spec = charts.time_line([("Venlo", [row])], RATIO)
    svg = str(portal_charts.draw({"tijd": spec})["tijd"])
    named = [float(words.replace(",", ".")) for words in re.findall(r">(\d+,\d\d)</text>", svg)]
    assert max(named) >= value


def test_the_map_gives_hidden_and_unknown_places_their_own_shape():
    rows = [figure("Beesel", None, number=2), figure("Venlo", 5.0)]
    rows.append(figure("Weert", None, number=3))
    rows[-1].status = Status.NOT_DELIVERED
    spec = charts.symbol_map(rows, SHARE, breaks=[4, 5, 6, 7], inhabitants={1: 100_000, 2: 13_000})
    shape = spec["layer"][1]["encoding"]["shape"]["scale"]
    assert dict(zip(shape["domain"], shape["range"], strict=True)) == {
        "minder dan 4,0%": "circle",
        "4,0 tot 5,0%": "circle",
        "5,0 tot 6,0%": "circle",
        "6,0 tot 7,0%": "circle",
        "7,0% of meer": "circle",
        "niet getoond": "square",
        "geen cijfer": "cross",
    }


@pytest.mark.parametrize("kind", ["dots", "map", "time"])
def test_a_hidden_count_is_nowhere_in_a_chart(kind):
    hidden = figure("Beesel", None, number=2)
    hidden.numerator, hidden.period.reference_date = 7654321, "2023-01-01"
    spec = {
        "dots": lambda: charts.dots([hidden], None, SHARE),
        "map": lambda: charts.symbol_map([hidden], SHARE, breaks=[], inhabitants={}),
        "time": lambda: charts.time_line([("Beesel", [hidden])], SHARE),
    }[kind]()
    assert "7654321" not in json.dumps(spec, default=str)


@pytest.mark.parametrize(("value", "number"), [(3.9, 0), (4, 1), (5.5, 2), (7, 4), (99, 4)])
def test_a_value_on_a_limit_belongs_to_the_higher_class(value, number):
    assert charts.class_of(value, [4, 5, 6, 7]) == number
