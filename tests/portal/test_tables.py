"""A file holds exactly what it is given, and nothing in it runs in a spreadsheet."""

import datetime
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from portal.tables import csv_response, inert, live, xlsx_response

HEADER = ["Naam", "Lid sinds", "Aantal", "Aandeel"]
ROWS = [
    ["Súdwest-Fryslân; zorg", datetime.date(2021, 12, 1), 7, Decimal("0.5")],
    ["=HYPERLINK('http://example.org')", None, -3, 12.25],
]


def csv_lines(**table):
    return csv_response(filename="leden.csv", **table).content.decode("utf-8-sig").splitlines()


def sheet_of(response):
    return load_workbook(io.BytesIO(response.content)).active


def test_csv_is_written_as_dutch_spreadsheets_read_it():
    content = csv_response(filename="leden.csv", header=HEADER, rows=ROWS).content
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines() == [
        "Naam;Lid sinds;Aantal;Aandeel",
        '"Súdwest-Fryslân; zorg";01-12-2021;7;0,5',
        "'=HYPERLINK('http://example.org');;-3;12,25",
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_run_is_made_inert(start):
    assert inert(f"{start}1+1") == f"'{start}1+1"


def test_ordinary_text_stays_as_it_is():
    assert inert("Kraamzorg + JGZ") == "Kraamzorg + JGZ"


def test_a_number_below_zero_stays_a_number():
    assert csv_lines(header=["Verschil"], rows=[[-3]])[1] == "-3"


def test_booleans_are_dutch_words():
    assert csv_lines(header=["Actief", "Demo"], rows=[[True, False]])[1] == "ja;nee"


def test_line_breaks_inside_a_cell_stay_inside_it():
    content = csv_response(filename="a.csv", header=["A"], rows=[["een\ntwee"]]).content
    assert b'"een\ntwee"\r\n' in content


def test_xlsx_keeps_dates_and_numbers_and_runs_nothing():
    sheet = sheet_of(xlsx_response(filename="l.xlsx", title="Leden", header=HEADER, rows=ROWS))
    assert [cell.value for cell in sheet[1]] == HEADER
    assert sheet["B2"].value == datetime.datetime(2021, 12, 1)  # noqa: DTZ001
    assert sheet["B2"].number_format == "DD-MM-YYYY"
    assert sheet["C3"].value == -3
    assert sheet["A3"].data_type == "s"
    assert sheet["A3"].value.startswith("'=")


def test_xlsx_drops_characters_that_no_workbook_may_hold():
    sheet = sheet_of(xlsx_response(filename="l.xlsx", title="L", header=["A"], rows=[["a\x07b"]]))
    assert sheet["A2"].value == "ab"


def test_an_empty_table_has_its_header():
    assert csv_lines(header=HEADER, rows=[]) == ["Naam;Lid sinds;Aantal;Aandeel"]
    sheet = sheet_of(xlsx_response(filename="l.xlsx", title="Leden", header=HEADER, rows=[]))
    assert sheet.max_row == 1


def test_files_are_downloads_that_no_proxy_keeps():
    response = csv_response(filename="leden.csv", header=HEADER, rows=ROWS)
    assert response.headers["Content-Disposition"] == 'attachment; filename="leden.csv"'
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "text", ["=1+1", "'=1+1", "''-x", "+31 77 123", "'s-Hertogenbosch", "@naam", "", "'"]
)
def test_what_was_made_harmless_reads_back_as_it_was(text):
    assert live(inert(text)) == text
