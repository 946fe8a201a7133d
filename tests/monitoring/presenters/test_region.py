from monitoring.models import Comparison, Period, Status
from monitoring.presenters import region
from tests.monitoring.presenters.figures import BEESEL, COUNTRY, DEFINITIONS, SHARE, figure, grouped

YEARS = {
    year: Period(pk=year, code=str(year), label=str(year), reference_date=f"{year}-01-01")
    for year in range(2018, 2026)
}


def of_year(year, value=10.0, **changes):
    return figure(BEESEL, value, period=YEARS[year], **changes)


def row_of(*figures, definition=SHARE):
    page = region.region_page([definition], grouped(*figures), area=BEESEL, country=COUNTRY)
    (row,) = page.rows
    return row


def test_a_small_place_shows_its_last_window_of_which_every_year_stands_in_the_release():
    windows = [of_year(year) for year in range(2018, 2024)]
    row = row_of(*windows, of_year(2024, None), of_year(2025, None))
    assert row.reading.missing == "Niet getoond: te kleine aantallen"
    assert row.pooled == "Te klein om jaarlijks te tonen. 2021-2023 samen: 14,8% (13,6 tot 16,1)"


def test_a_window_with_a_hidden_year_is_passed_over():
    hidden = of_year(2022, None, status=Status.SUPPRESSED_SECONDARY)
    years = [of_year(year) for year in (2018, 2019, 2020, 2021, 2023)]
    assert "2018-2020 samen" in row_of(*years, hidden, of_year(2025, None)).pooled


def test_without_such_a_window_only_the_reason_stands_there():
    assert row_of(of_year(2022), of_year(2023, None)).pooled == "Te klein om jaarlijks te tonen"
    assert row_of(of_year(2023, None, status=Status.NOT_DELIVERED)).pooled == ""
    assert row_of(of_year(2022), of_year(2023)).pooled == ""


def test_a_rate_says_its_unit_behind_the_window():
    mothers = DEFINITIONS["tienermoeders"]
    years = [of_year(year, code=mothers.code) for year in (2021, 2022, 2023)]
    row = row_of(*years, of_year(2024, None, code=mothers.code), definition=mothers)
    assert f"samen: 148,0 {mothers.unit} (" in row.pooled


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
