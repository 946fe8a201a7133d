from monitoring.models import Comparison, Period, Status
from monitoring.presenters import region
from tests.monitoring.presenters.figures import BEESEL, COUNTRY, DEFINITIONS, SHARE, figure, grouped

YEARS = {
    year: Period(pk=year, code=str(year), label=str(year), reference_date=f"{year}-01-01")
    for year in range(2018, 2026)
}


def of_year(year, value=10.0, **changes):
    return figure(BEESEL, value, period=YEARS[year], **changes)


def window(first, value=14.8, area=BEESEL, **changes):
    period = Period(pk=-first, code=f"{first}-{first + 2}", label=f"{first}-{first + 2} samen")
    return figure(area, value, period=period, **changes)


def row_of(*figures, definition=SHARE, windows=()):
    page = region.region_page(
        [definition], grouped(*figures), area=BEESEL, country=COUNTRY, windows=grouped(*windows)
    )
    (row,) = page.rows
    return row


def test_a_place_that_is_small_each_year_shows_its_last_window_beside_the_country():
    windows = [window(2018), window(2021, 15.1), window(2021, 13.3, COUNTRY), window(2024, None)]
    row = row_of(of_year(2024, None), of_year(2025, None), windows=windows)
    assert row.reading.missing == "Niet getoond: te kleine aantallen"
    assert row.pooled.why == "Te klein om jaarlijks te tonen"
    assert (row.pooled.reading.value, row.pooled.reading.margin) == ("15,1%", "13,2 tot 16,4")
    assert (row.pooled.reading.period, row.pooled.country.value) == ("2021-2023 samen", "13,3%")
    assert row.pooled.reading.comparison.startswith("Geen duidelijk verschil met Nederland")


def test_where_no_window_is_shown_only_the_reason_stands_there():
    small = row_of(of_year(2022), of_year(2023, None), windows=[window(2021, None)])
    assert small.pooled.why == "Te klein om jaarlijks te tonen"
    assert (small.pooled.reading.value, small.pooled.reading.period) == ("", "2021-2023 samen")
    assert small.pooled.reading.missing == "Niet getoond: te kleine aantallen"
    alone = row_of(of_year(2023, None)).pooled
    assert (alone.why, alone.reading.full) == ("Te klein om jaarlijks te tonen", "")
    assert row_of(of_year(2023, None, status=Status.NOT_DELIVERED), windows=[window(2021)]).pooled is None
    assert row_of(of_year(2022), of_year(2023), windows=[window(2021)]).pooled is None


def test_a_year_that_protects_another_place_is_not_called_too_small():
    hidden = of_year(2023, None, status=Status.SUPPRESSED_SECONDARY)
    row = row_of(hidden, windows=[window(2021)])
    assert (row.pooled.why, row.pooled.reading.value) == ("", "14,8%")
    assert row_of(hidden).pooled is None


def test_a_rate_says_its_unit_behind_the_window():
    mothers = DEFINITIONS["tienermoeders"]
    row = row_of(
        of_year(2024, None, code=mothers.code),
        definition=mothers,
        windows=[window(2021, code=mothers.code)],
    )
    assert row.pooled.reading.full == f"14,8 {mothers.unit}"


def test_the_trend_of_a_count_of_everybody_is_not_judged():
    people = DEFINITIONS["inwoners-per-huishouden"]
    row = row_of(of_year(2023, 2.1, code=people.code), definition=people)
    assert (row.trend.icon, row.trend.words) == ("", "Wordt niet beoordeeld")
    assert row_of(of_year(2023)).trend.words == "Nog niet te zeggen"


def test_what_clearly_differs_stands_first():
    judged = DEFINITIONS["laag-gewicht-voor-de-duur"]
    higher = figure(BEESEL, code=judged.code, period=YEARS[2023], compared_998=Comparison.HIGHER)
    page = region.region_page([SHARE, judged], grouped(of_year(2023), higher), area=BEESEL, country=COUNTRY)
    assert [row.definition for row in page.rows] == [judged, SHARE]


def test_three_years_that_clearly_differ_stand_first_where_the_year_is_not_shown():
    judged = DEFINITIONS["laag-gewicht-voor-de-duur"]
    small = figure(BEESEL, None, code=judged.code, period=YEARS[2023])
    windows = [window(2021, 18.0, code=judged.code, compared_998=Comparison.HIGHER)]
    windows.append(window(2021, 13.3, COUNTRY, code=judged.code))
    page = region.region_page(
        [SHARE, judged],
        grouped(of_year(2023), small),
        area=BEESEL,
        country=COUNTRY,
        windows=grouped(*windows),
    )
    assert [(row.definition, row.judgement) for row in page.signals] == [(judged, "ongunstiger")]
    assert [row.definition for row in page.others] == [SHARE]
