from dataclasses import replace

import pytest

from monitoring import presenters
from monitoring.catalogue import load_definitions
from monitoring.models import Aggregate, Comparison, Indicator, Partition, Period, Status
from partners.models import Area, AreaKind

DEFINITIONS = {definition.code: definition for definition in load_definitions()}
SHARE = DEFINITIONS["vroeggeboorte"]
PERIODS = [
    Period(pk=year, code=str(year), label=str(year), reference_date=f"{year}-01-01") for year in (2022, 2023)
]
REGION = Area(pk=1, code="maas-en-peel", name="Maas en Peel", kind=AreaKind.COALITION)
COUNTRY = Area(pk=2, code="NL", name="Nederland", kind=AreaKind.COUNTRY)
BEESEL = Area(pk=3, code="GM0889", name="Beesel", kind=AreaKind.MUNICIPALITY)


def figure(
    area: Area = REGION,
    value: float | None = 14.8,
    *,
    code: str = "vroeggeboorte",
    period: Period = PERIODS[1],
    status: str = Status.SUPPRESSED_PRIMARY,
    **changes: object,
) -> Aggregate:
    known = value is not None
    facts: dict[str, object] = {
        "indicator": Indicator(pk=1, code=code),
        "period": period,
        "area": area,
        "partition": Partition(),
        "value": value,
        "numerator": 148.0 if known else None,
        "denominator": 1000.0 if known else None,
        "lower_95": 13.2 if known else None,
        "upper_95": 16.4 if known else None,
        "compared_998": Comparison.SAME if known else None,
        "status": Status.REPORTED if known else status,
        "member_count": 14,
        "reported_count": 14,
    }
    return Aggregate(**(facts | changes))


def grouped(*figures: Aggregate) -> dict[str, dict[int, list[Aggregate]]]:
    return presenters.by_indicator(figures)


def test_a_reading_has_a_value_or_a_reason_and_never_both():
    known = presenters.read(figure(), SHARE, country=figure(COUNTRY, 15.0))
    assert (known.value, known.missing, known.numerator) == ("14,8%", "", "148")
    hidden = presenters.read(figure(value=None), SHARE)
    assert (hidden.value, hidden.numerator, hidden.margin) == ("", "", "")
    assert hidden.full == "Niet getoond: te kleine aantallen"
    assert presenters.read(None, SHARE).missing == "Nog niet aangeleverd"


def test_zero_is_a_value():
    zero = figure(value=0.0, numerator=0.0, lower_95=0.0, upper_95=0.4)
    assert presenters.read(zero, SHARE).value == "0,0%"


@pytest.mark.parametrize("status", [status for status in Status if status != Status.REPORTED])
def test_every_status_reads_as_a_reason(status):
    assert presenters.read(figure(value=None, status=status), SHARE).missing


def test_headlines_are_the_first_four_that_have_a_row_in_the_order_of_the_catalogue():
    definitions = load_definitions()
    rows = [figure(code=item.code) for item in reversed(definitions)]
    chosen = presenters.headlines(definitions, grouped(*rows), area=REGION, country=None)
    expected = [item.code for item in definitions if item.theme != presenters.CONTEXT][:4]
    assert [item.definition.code for item in chosen] == expected


def test_a_headline_is_compared_in_its_own_period():
    rows = grouped(
        figure(COUNTRY, 16.0, period=PERIODS[0]),
        figure(period=PERIODS[0]),
        figure(COUNTRY, 99.0),
    )
    item = presenters.headline(SHARE, rows["vroeggeboorte"], area=REGION, country=COUNTRY)
    assert (item.reading.period, item.country) == ("2022", "16,0%")


def test_a_headline_without_any_number_has_no_chart():
    rows = grouped(figure(value=None))
    item = presenters.headline(SHARE, rows["vroeggeboorte"], area=REGION, country=None)
    assert item.chart is None
    assert item.reading.missing


def test_inhabitants_are_the_counts_behind_the_households():
    code = presenters.INHABITANTS
    rows = grouped(
        figure(code=code, period=PERIODS[0], value=2.2, numerator=516_266.0),
        figure(code=code, value=2.19, numerator=522_672.0),
        figure(COUNTRY, 2.15, code=code, numerator=17_811_291.0),
    )
    lines = presenters.lines_about(load_definitions(), rows, area=REGION, country=COUNTRY)
    assert [line.label for line in lines] == ["Inwoners", "Inwoners per huishouden"]
    assert lines[0].earlier == "516.266 (2022)"
    assert lines[0].newest == "522.672 (2023)"
    assert lines[0].country == "17.811.291 (2023)"


def test_a_municipality_stands_beside_its_region_in_the_same_period():
    rows = grouped(figure(BEESEL, 9.0, period=PERIODS[0]), figure(), figure(COUNTRY, 15.0))
    chosen = presenters.headlines([SHARE], rows, area=REGION, country=COUNTRY)
    (row,) = presenters.beside_region(chosen, rows, municipality=BEESEL, area=REGION, country=COUNTRY)
    assert row.own.missing == "Nog niet aangeleverd"
    assert row.region.value == "14,8%"


def test_the_catalogue_follows_the_order_of_a_pregnancy():
    themes = presenters.catalogue(load_definitions(), {}, area=None, country=None)
    assert [theme.name for theme in themes] == [
        name
        for key, name in presenters.THEME_NAMES.items()
        if any(item.theme == key for item in load_definitions())
    ]
    assert themes[-1].name == "Over het gebied"


def test_search_needs_every_word_and_no_capitals():
    found = presenters.matching(load_definitions(), words="VROEG licht")
    assert [item.code for item in found] == ["big2"]
    assert presenters.matching(load_definitions(), words="GE01") == [SHARE]
    assert presenters.matching([SHARE], theme="gezin") == []


def test_sources_are_listed_once_with_what_was_made_from_them():
    other = replace(SHARE, name="Ander cijfer")
    assert presenters.sources([SHARE, other]) == [
        (
            "Demonstratiecijfers",
            "",
            "Verzonnen cijfers, niet gebruiken",
            "Vroeggeboorte; Ander cijfer",
        )
    ]


def test_every_theme_of_the_definitions_has_a_name():
    assert {item.theme for item in load_definitions()} <= set(presenters.THEME_NAMES)


def test_the_summary_looks_at_every_figure_about_a_good_start_and_at_nothing_else():
    rows = grouped(
        figure(),
        figure(code="big2", compared_998=Comparison.HIGHER),
        figure(code="tienermoeders", value=None),
        figure(code="kinderen-0-4", compared_998=Comparison.HIGHER),
    )
    assert presenters.summary(load_definitions(), rows, area=REGION) == (
        "Duidelijk ongunstiger dan Nederland: BIG2: te vroeg geboren of te licht. "
        "Het andere cijfer verschilt niet duidelijk van Nederland. "
        "Let op: dit zijn verzonnen cijfers."
    )
