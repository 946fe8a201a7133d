"""Tables of counts as files: encodings, delimiters, headings and workbooks."""

import io
import zipfile
from dataclasses import replace

import pytest
from openpyxl import Workbook

from monitoring.readers import observations
from monitoring.readers.reading import LIMITS
from tests.monitoring.written_files import HEADER, csv_of, message, one, read, read_table, xlsx_of


@pytest.mark.parametrize("sep", [";", ",", "\t"])
def test_each_delimiter_is_recognised(sep):
    outcome = read(one(), sep=sep)
    assert outcome.issues == outcome.notes == ()
    assert outcome.rows == ((2, "GM0944", "2022", "vroeggeboorte", 8, 55, "reported"),)


def test_remarks_full_of_commas_do_not_make_a_comma_the_delimiter():
    rows = [
        [*one(code=code), "nageteld, gebeld, gemaild, en toen nog eens, en nog eens"]
        for code in ("GM0944", "GM0983")
    ]
    outcome = read(*rows, header=[*HEADER, "opmerking"])
    assert outcome.issues == ()
    assert len(outcome.rows) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_each_encoding_is_recognised_and_windows_1252_is_noted(encoding):
    header = [*HEADER, "één naam"]
    content = csv_of([*one(), "Súdwest-Fryslân"], header=header).decode().encode(encoding)
    outcome = read_table(content, "levering.csv")
    assert len(outcome.rows) == 1
    assert outcome.issues == ()
    assert "Niet gebruikte kolommen: één naam." in outcome.notes
    assert any("Windows-1252" in note for note in outcome.notes) == (encoding == "cp1252")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_utf_16_is_refused_with_what_to_do(encoding):
    content = csv_of(one()).decode().encode(encoding)
    assert message(read_table(content, "levering.csv")) == (
        "De tekens in dit bestand zijn niet te lezen (UTF-16 of geen tekst). Bewaar het als 'CSV UTF-8'."
    )


def test_bytes_that_are_in_no_known_encoding_are_refused():
    content = csv_of(one()).replace(b"GM0944", b"\xe9\x81")
    assert "niet te lezen. Bewaar het als 'CSV UTF-8'" in message(read_table(content, "levering.csv"))


@pytest.mark.parametrize("content", [b"", b"\r\n \r\n"])
@pytest.mark.parametrize("name", ["levering.csv", "levering.xlsx"])
def test_an_empty_file_is_refused(content, name):
    outcome = read_table(content, name)
    assert message(outcome) == "Het bestand is leeg. Kies een bestand met gegevens."


def test_a_binary_file_is_refused():
    outcome = read_table(b"GIF89a\x01\x02" * 9, "foto.csv")
    assert message(outcome) == "Dit is geen leesbare tabel. Kies een bestand in .csv of .xlsx."
    outcome = read_table(b"\x89PNG\r\n\x1a\n\x01\x02" * 9, "foto.csv")
    assert message(outcome).startswith("Dit is een afbeelding, geen tabel.")


def test_an_unclosed_quote_is_refused_naming_the_line():
    content = csv_of(one(x='"8'))
    assert message(read_table(content, "levering.csv")).startswith("Regel 2 is niet")


def test_a_file_above_the_size_limit_is_refused(monkeypatch):
    monkeypatch.setattr(observations, "LIMITS", replace(LIMITS, size=10))
    assert message(read(one())).startswith("Het bestand is te groot")


def test_a_file_above_the_row_limit_is_refused(monkeypatch):
    monkeypatch.setattr(observations, "LIMITS", replace(LIMITS, rows=2))
    outcome = read(*[one()] * 3)
    assert message(outcome) == "Het bestand heeft meer dan 2 rijen. Splits het."


BSN_LIKE = "111222333"


def test_a_citizen_number_in_a_column_that_is_not_used_refuses_the_file():
    rows = [[*one(), ""], [*one(code="GM0983"), f"zie dossier {BSN_LIKE}"], [*one(code="GM0889"), BSN_LIKE]]
    outcome = read(*rows, header=[*HEADER, "opmerking"])
    assert message(outcome) == (
        "Rij 3, kolom opmerking: hier staat een getal dat een burgerservicenummer kan zijn."
        " Verwijder deze kolom."
    )
    assert BSN_LIKE not in repr(outcome.issues)


def test_a_column_without_a_title_is_looked_at_too():
    outcome = read([*one(), BSN_LIKE], header=[*HEADER, ""])
    assert message(outcome).startswith("Rij 2, kolom 6: hier staat een getal")


def test_a_citizen_number_that_a_workbook_holds_as_a_number_is_found():
    content = xlsx_of([*one(), int(BSN_LIKE)], header=[*HEADER, "dossier"])
    outcome = read_table(content, "levering.xlsx")
    assert message(outcome).startswith("Rij 2, kolom dossier: hier staat een getal")


@pytest.mark.parametrize("note", ["111222334", "tel. 0612345678", "geteld op 1 januari"])
def test_other_notes_do_not_stop_a_delivery(note):
    assert read([*one(), note], header=[*HEADER, "opmerking"]).issues == ()


def test_a_count_of_nine_digits_is_a_count():
    assert read(one(x="8", n=BSN_LIKE)).issues == ()


def test_headers_may_have_other_names_another_order_and_lines_above_them():
    content = b"Levering JGZ;;;;\n\nNoemer;Teller;GM_code;Jaar;Indicator-code\n55;8;944;2022;big2\n"
    outcome = read_table(content, "levering.csv")
    assert outcome.rows == ((4, "GM0944", "2022", "big2", 8, 55, "reported"),)
    assert "Overgeslagen boven de kolomkoppen: 1 rij." in outcome.notes


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        (
            ["gemeentecode", "periode", "indicator", "percentage"],
            (
                "Kolom 'percentage': geen teller en noemer: niet op te tellen."
                " Lever in plaats van een percentage de aantallen aan."
            ),
        ),
        (
            ["gemeentecode", "periode", "indicator", "waarde (%)", "noemer"],
            (
                "Kolom 'waarde (%)': geen teller en noemer: niet op te tellen."
                " Lever in plaats van een percentage de aantallen aan."
            ),
        ),
        (
            ["gemeentecode", "periode", "indicator", "teller"],
            "De kolom noemer ontbreekt. Voeg deze kolom toe.",
        ),
        (
            ["gemeentecode", "teller", "noemer"],
            "De kolommen periode, indicator ontbreken. Voeg deze kolommen toe.",
        ),
        (
            [*HEADER, "Teller"],
            "De kolom teller staat er twee keer. Laat één kolom weg.",
        ),
        (
            ["a", "b"],
            (
                "In de eerste 20 rijen staan geen kolomkoppen. Gebruik de kolommen"
                " gemeentecode, periode, indicator, teller, noemer."
            ),
        ),
    ],
)
def test_wrong_columns_refuse_the_file(header, sentence):
    outcome = read([1] * len(header), header=header)
    assert message(outcome) == sentence
    assert outcome.rows == ()


def test_a_table_with_headers_only_is_refused():
    assert message(read()) == "Onder de kolomkoppen staan geen rijen. Vul het bestand aan."


# Workbooks


def test_excel_numbers_are_read_as_they_are():
    outcome = read_table(xlsx_of([363, 2022, "vroeggeboorte", 8, 55.0]), "a.xlsx")
    assert outcome.issues == ()
    assert outcome.rows == ((2, "GM0363", "2022", "vroeggeboorte", 8, 55, "reported"),)


def test_excel_marks_empty_cells_and_sentinels_are_statuses():
    rows = [one(x=value) for value in (None, "x", -99999999)]
    outcome = read_table(xlsx_of(*rows), "a.xlsx")
    statuses = [row.status for row in outcome.rows]
    assert statuses == ["not_delivered", "withheld_by_source", "not_available"]


def test_excel_reads_the_first_filled_sheet_and_names_the_others():
    more = [("Uitleg", [["tekst"]]), ("Leeg", [])]
    outcome = read_table(xlsx_of(one(), sheet="Cijfers", more=more), "a.xlsx")
    assert outcome.notes == ("Alleen het blad 'Cijfers' is gelezen, niet: 'Uitleg'.",)


def test_excel_rows_that_are_hidden_are_read_and_that_is_noted():
    book = Workbook()
    for row in (HEADER, one(), one(code="GM0983")):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    buffer = io.BytesIO()
    book.save(buffer)
    outcome = read_table(buffer.getvalue(), "a.xlsx")
    assert len(outcome.rows) == 2
    assert outcome.notes == ("Het bestand heeft verborgen rijen. Die zijn ook gelezen.",)


def test_excel_formula_without_outcome_is_an_error_and_not_an_empty_cell():
    outcome = read_table(xlsx_of(one(x="=4+4")), "a.xlsx")
    assert message(outcome) == (
        "Rij 2, kolom met formule: de formule '=4+4' heeft geen uitkomst."
        " Open het bestand in Excel en bewaar het opnieuw."
    )


def test_excel_truth_value_is_no_number():
    assert message(read_table(xlsx_of(one(x=True)), "a.xlsx")).startswith(
        "Rij 2, kolom teller: 'True' is geen aantal."
    )


@pytest.mark.parametrize("name", ["a.xlsm", "A.XLSM", "a.xlsb"])
def test_macro_files_are_refused_by_name(name):
    assert message(read_table(xlsx_of(one()), name)).startswith("Bestanden met macro's lezen we niet in.")


def with_part(content, name, text):
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as parts:
        parts.writestr(name, text)
    return buffer.getvalue()


def test_macro_files_are_refused_by_content():
    content = with_part(xlsx_of(one()), "xl/vbaProject.bin", "x")
    assert message(read_table(content, "a.xlsx")).startswith("Bestanden met macro's")


def test_excel_with_xml_entities_is_refused():
    content = with_part(xlsx_of(one()), "xl/bom.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x/>')
    assert message(read_table(content, "a.xlsx")) == ("Dit Excel-bestand is onveilig en wordt niet gelezen.")


def test_excel_that_unpacks_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(observations, "LIMITS", replace(LIMITS, unpacked=1000))
    assert message(read_table(xlsx_of(one()), "a.xlsx")).startswith(
        "Dit Excel-bestand wordt uitgepakt te groot."
    )


@pytest.mark.parametrize(
    ("content", "name", "start"),
    [
        (b"PK\x03\x04 kapot", "a.xlsx", "Dit Excel-bestand is niet te openen."),
        (b"PK\x03\x04 kapot", "a.csv", "Dit Excel-bestand is niet te openen."),
        (b"gemeentecode;periode", "a.xlsx", "Dit Excel-bestand is niet te openen."),
        (b"\xd0\xcf\x11\xe0 oud", "a.xlsx", "Dit is een oud of beveiligd Excel-bestand."),
        (b"tekst", "a.xls", "Dit is een oud of beveiligd Excel-bestand."),
    ],
)
def test_broken_and_old_excel_files_are_refused(content, name, start):
    assert message(read_table(content, name)).startswith(start)


def test_a_zip_that_is_no_workbook_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as parts:
        parts.writestr("brief.txt", "tekst")
    outcome = read_table(buffer.getvalue(), "a.xlsx")
    assert message(outcome).startswith("Dit Excel-bestand is niet te openen.")


def test_an_excel_file_without_rows_is_refused():
    buffer = io.BytesIO()
    Workbook().save(buffer)
    assert message(read_table(buffer.getvalue(), "a.xlsx")) == ("Het bestand heeft geen blad met gegevens.")
