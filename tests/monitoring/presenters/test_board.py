from monitoring import board_paper
from monitoring.catalogue import INHABITANTS, load_definitions
from monitoring.models import Aggregate, Comparison, Period
from monitoring.presenters import board
from monitoring.presenters.themes import CONTEXT
from tests.monitoring.presenters.figures import (
    BEESEL,
    COUNTRY,
    DEFINITIONS,
    PERIODS,
    REGION,
    SHARE,
    figure,
    grouped,
)


def newest(*figures: Aggregate) -> dict[str, Aggregate]:
    return {item.indicator.code: item for item in figures}


def test_headlines_are_the_first_four_that_have_a_row_in_the_order_of_the_catalogue():
    definitions = load_definitions()
    rows = [figure(code=item.code) for item in reversed(definitions)]
    expected = [item for item in definitions if item.theme != CONTEXT][:4]
    assert board.chosen(definitions, newest(*rows)) == expected


def test_what_clearly_differs_is_among_the_headlines_though_it_is_the_last_of_the_catalogue():
    definitions = [item for item in load_definitions() if item.theme != CONTEXT]
    rows = newest(*(figure(code=item.code) for item in definitions))
    rows[definitions[-1].code].compared_998 = Comparison.HIGHER
    chosen = board.chosen(load_definitions(), rows)
    assert chosen == [*definitions[:3], definitions[-1]]


def test_what_only_describes_an_area_is_told_apart():
    rows = newest(figure(code="kinderen-0-4"), figure())
    assert board.describing(load_definitions(), rows) == [DEFINITIONS["kinderen-0-4"]]


def test_a_headline_is_compared_in_its_own_period():
    rows = grouped(
        figure(COUNTRY, 16.0, period=PERIODS[0]),
        figure(period=PERIODS[0]),
        figure(COUNTRY, 99.0),
    )
    item = board.headline(SHARE, rows["vroeggeboorte"], area=REGION, country=COUNTRY)
    assert (item.reading.period, item.country) == ("2022", "16,0%")


def test_a_headline_without_any_number_has_no_chart():
    rows = grouped(figure(value=None))
    item = board.headline(SHARE, rows["vroeggeboorte"], area=REGION, country=None)
    assert item.chart is None
    assert item.reading.missing


def test_inhabitants_are_the_counts_behind_the_households():
    code = INHABITANTS
    rows = grouped(
        figure(code=code, period=PERIODS[0], value=2.2, numerator=516_266.0),
        figure(code=code, value=2.19, numerator=522_672.0),
        figure(COUNTRY, 2.15, code=code, numerator=17_811_291.0),
    )
    lines = board.lines_about([DEFINITIONS[code]], rows, area=REGION, country=COUNTRY)
    assert [line.label for line in lines] == ["Inwoners", "Inwoners per huishouden"]
    assert lines[0].earlier == "516.266 (2022)"
    assert lines[0].newest == "522.672 (2023)"
    assert lines[0].country == "17.811.291 (2023)"


def test_a_municipality_stands_beside_its_region_in_the_same_period():
    rows = grouped(figure(BEESEL, 9.0, period=PERIODS[0]), figure(), figure(COUNTRY, 15.0))
    shown = board.headlines([SHARE], rows, area=REGION, country=COUNTRY)
    (row,) = board.beside_region(shown, rows, municipality=BEESEL, area=REGION, country=COUNTRY)
    assert row.own.missing == "Nog niet aangeleverd"
    assert row.region.value == "14,8%"


def test_a_small_municipality_stands_beside_its_region_over_three_years():
    rows = grouped(figure(BEESEL, None), figure(), figure(COUNTRY, 15.0))
    years = Period(pk=-2021, code="2021-2023", label="2021-2023 samen")
    windows = grouped(figure(BEESEL, 12.1, period=years), figure(COUNTRY, 15.2, period=years))
    shown = board.headlines([SHARE], rows, area=REGION, country=COUNTRY)
    places = {"municipality": BEESEL, "area": REGION, "country": COUNTRY}
    (row,) = board.beside_region(shown, rows, windows=windows, **places)
    assert row.own.missing == "Niet getoond: te kleine aantallen"
    assert (row.pooled.reading.value, row.pooled.country.value) == ("12,1%", "15,2%")
    assert board_paper._beside(row)["own"] == "12,1% (13,2 tot 16,4), 2021-2023 samen"
    assert board.own_summary([row]) == "Geen van deze cijfers verschilt duidelijk van Nederland."
    higher = figure(BEESEL, 12.1, period=years, compared_998=Comparison.HIGHER)
    windows = grouped(higher, figure(COUNTRY, 10.2, period=years))
    (clear,) = board.beside_region(shown, rows, windows=windows, **places)
    assert board.own_summary([clear]) == (
        "Duidelijk ongunstiger dan Nederland: Vroeggeboorte (2021-2023 samen)."
    )
    (alone,) = board.beside_region(shown, rows, **places)
    assert board_paper._beside(alone)["own"] == "Niet getoond: te kleine aantallen"


def test_the_summary_looks_at_every_figure_about_a_good_start_and_at_nothing_else():
    rows = newest(
        figure(),
        figure(code="big2", compared_998=Comparison.HIGHER),
        figure(code="tienermoeders", value=None),
        figure(code="kinderen-0-4", compared_998=Comparison.HIGHER),
    )
    assert board.summary(load_definitions(), rows) == (
        "Duidelijk ongunstiger dan Nederland: BIG2: te vroeg geboren of te licht. "
        "Het andere cijfer verschilt niet duidelijk van Nederland. "
        "Let op: dit zijn verzonnen cijfers."
    )
