"""Tables of counts cell by cell: codes, periods, marks, numbers and what cannot be."""

from decimal import Decimal

import pytest

from monitoring.readers.values import mark, municipality_code, period
from portal import findings
from tests.monitoring.written_files import csv_of, message, one, read, read_table


@pytest.mark.parametrize("written", ["363", "0363", "GM363", "gm0363", "GM0363 "])
def test_a_municipality_code_is_written_in_full_and_that_is_noted(written):
    outcome = read(one(code=written))
    assert [row.area_code for row in outcome.rows] == ["GM0363"]
    (note,) = outcome.notes
    assert note == f"Anders geschreven codes: 1, bijvoorbeeld '{written}' als GM0363."


@pytest.mark.parametrize("written", ["Venlo", "GM09444", "PV31", "", "-363", "GM"])
def test_what_is_no_municipality_code_is_an_error(written):
    assert message(read(one(code=written))) == (
        f"Rij 2, kolom gemeentecode: '{written}' is geen gemeentecode, en geen naam zoals die bij Gemeenten"
        " staat. Een gemeentecode is GM met vier cijfers. Een regio schrijf je met haar hele naam of haar"
        " code: GGD Limburg-Noord, PV31 of NL."
    )


@pytest.mark.parametrize("cell", [True, None, 36.5, b"363"])
def test_no_other_kind_of_cell_is_a_code(cell):
    assert municipality_code(cell) is None


def test_pseudo_municipality_rows_are_skipped_and_counted():
    outcome = read(one(), one(code="GM0998"))
    assert len(outcome.rows) == 1
    assert outcome.notes == ("1 rij met GM0998 Buitenland overgeslagen: dit is geen gemeente.",)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("2022", "2022"), ("2022JJ00", "2022"), (2022, "2022"), (2022.0, "2022"), (" 2022 ", "2022")]
    + [("onbekend", "onbekend")]
    + [(bad, None) for bad in ("22", "2016/2017", "", "2022KW01", "jan 2022", 20220, True)],
)
def test_period_is_a_year_or_unknown(written, expected):
    assert period(written) == expected


def test_a_wrong_period_is_an_error():
    assert message(read(one(when="2016/2017"))) == (
        "Rij 2, kolom periode: '2016/2017' is meer dan één jaar. "
        "Lever elk jaar apart; het portaal telt jaren zelf op."
    )


def test_a_blank_indicator_is_an_error():
    assert message(read(one(indicator=" "))) == (
        "Rij 2, kolom indicator: de code van de indicator ontbreekt."
    )


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("", "not_delivered"),
        (".", "not_available"),
        ("-99999999", "not_available"),
        ("-99997", "not_available"),
        ("x", "withheld_by_source"),
        ("X", "withheld_by_source"),
        ("<10", "withheld_by_source"),
        ("< 5", "withheld_by_source"),
        ("5-9", "withheld_by_source"),
        ("n.v.t.", "not_applicable"),
        ("onbetrouwbaar", "unreliable"),
        ("Onvoldoende betrouwbaar", "unreliable"),
        ("u", "unreliable"),
    ],
)
def test_a_mark_becomes_a_status_and_the_denominator_stays(written, status):
    outcome = read(one(x=written))
    assert outcome.issues == ()
    assert outcome.rows[0][4:] == (None, 55, status)


def test_a_withheld_denominator_leaves_no_numerator_behind():
    assert read(one(n="x")).rows[0][4:] == (None, None, "withheld_by_source")


def test_of_two_marks_the_gravest_is_kept():
    assert read(one(x="", n="x")).rows[0][6] == "withheld_by_source"
    assert read(one(x=".", n="u")).rows[0][6] == "unreliable"
    assert read(one(x="u", n="x")).rows[0][6] == "withheld_by_source"


@pytest.mark.parametrize("written", ["-5", "onbekend", "NaN", "inf", "#DIV/0!", "12%", "1e3", "-"])
def test_other_text_and_negative_numbers_are_errors(written):
    assert mark(written) is None
    assert message(read(one(x=written))) == (
        f"Rij 2, kolom teller: '{written}' is geen aantal. Vul een getal van 0 of meer in,"
        " of laat de cel leeg als het cijfer er niet is."
    )


def test_zero_is_a_number():
    assert read(one(x="0")).rows[0][4:] == (0, 55, "reported")
    assert read(one(x="0", n="0")).rows[0][4:] == (0, 0, "reported")


@pytest.mark.parametrize(
    ("x", "n", "problem"),
    [
        ("56", "55", "kolom teller: '56' is meer dan de noemer 55. Controleer beide aantallen."),
        ("1", "0", "kolom teller: '1' bij een noemer van 0 kan niet. Controleer beide aantallen."),
        ("7,5", "55", "kolom teller: '7,5' is geen heel getal. Tel hele personen."),
        ("7", "55,5", "kolom noemer: '55,5' is geen heel getal. Tel hele personen."),
    ],
)
def test_impossible_counts_are_errors(x, n, problem):
    assert message(read(one(x=x, n=n))) == f"Rij 2, {problem}"


def test_more_events_than_persons_is_possible_where_it_is_no_share():
    assert read(one(x="250", n="220", indicator="tienermoeders")).issues == ()
    assert read(one(x="7932", n="17,36", indicator="inwoners-per-km2")).rows[0][4:] == (
        7932,
        Decimal("17.36"),
        "reported",
    )


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("12,5", "1.234", 1234),
        ("12.5", "1,234", 1234),
        ("1.234.567", "1.234", 1234),
        ("1 234", "1234", 1234),
    ],
)
def test_one_clear_number_fixes_how_the_others_are_read(first, second, expected):
    density = "inwoners-per-km2"
    rows = [one(x="7", n=first, indicator=density), one(x=second, n="9", indicator=density)]
    outcome = read(*rows, sep="\t")
    assert outcome.issues == ()
    assert outcome.rows[1].numerator == expected


def test_a_mixed_column_is_one_error_naming_both_values():
    density = "inwoners-per-km2"
    rows = [one(n="12,5", indicator=density), one(n="12.5", indicator=density)]
    assert message(read(*rows)) == (
        "Rij 3, kolom noemer: '12.5' gebruikt een ander decimaalteken dan '12,5' in rij 2."
        " Gebruik in het hele bestand een komma of in het hele bestand een punt."
    )


def test_a_number_that_can_be_read_twice_is_an_error_until_the_mark_is_fixed():
    assert message(read(one(x="1.234", n="5678"))) == (
        "Rij 2, kolom teller: '1.234' is op twee manieren te lezen."
        " Schrijf aantallen zonder punt of komma, bijvoorbeeld 1234, of kies bij de kolommen hoe getallen"
        " geschreven zijn."
    )
    content = csv_of(one(x="1.234", n="5678"))
    outcome = read_table(content, "levering.csv", decimal_mark=",")
    assert outcome.rows[0][4:6] == (1234, 5678)


def test_a_zero_before_the_point_is_a_decimal_and_never_thousands():
    assert message(read(one(x="0.148", n="1000"))).endswith("'0,148' is geen heel getal. Tel hele personen.")


def test_issues_name_every_wrong_row_and_stop_at_a_limit(monkeypatch):
    monkeypatch.setattr(findings, "MAX_ISSUES", 2)
    outcome = read(*[one(code="Venlo")] * 5)
    assert [issue.row for issue in outcome.issues] == [2, 3, None]
    assert outcome.issues[2].message == ("Er zijn nog 3 fouten. Los eerst de fouten hierboven op.")


def test_short_rows_are_read_as_rows_with_empty_cells():
    content = csv_of(one()) + b"\r\nGM0983;2022;vroeggeboorte;12"
    outcome = read_table(content, "levering.csv")
    assert outcome.rows[1][4:] == (None, None, "not_delivered")
