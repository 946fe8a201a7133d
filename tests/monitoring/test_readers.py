"""Files with figures: what each good and each bad file gives."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from monitoring.readers import observations, read_cbs_geojson, read_observation_table
from monitoring.readers.reading import LIMITS
from monitoring.readers.values import mark, municipality_code, period
from portal import findings

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
HEADER = ["gemeentecode", "periode", "indicator", "teller", "noemer"]
NML = [
    *("GM0889", "GM0893", "GM0907", "GM0946", "GM0957", "GM0983", "GM0984"),
    *("GM0988", "GM1507", "GM1640", "GM1641", "GM1669", "GM1711", "GM1894"),
]


def csv_of(*rows, header=HEADER, sep=";"):
    return "\r\n".join(sep.join(map(str, row)) for row in [header, *rows]).encode()


def one(x="8", n="55", code="GM0944", when="2022", indicator="vroeggeboorte"):
    return [code, when, indicator, x, n]


def read(*rows, **options):
    return read_observation_table(csv_of(*rows, **options), "levering.csv")


def message(outcome):
    """The one Dutch sentence of a reading that has exactly one error."""
    assert [issue.severity for issue in outcome.issues] == ["error"], outcome.issues
    return outcome.issues[0].message


def xlsx_of(*rows, header=HEADER, sheet="Blad1", more=()):
    book = Workbook()
    book.active.title = sheet
    for row in [header, *rows]:
        book.active.append(row)
    for title, lines in more:
        extra = book.create_sheet(title)
        for line in lines:
            extra.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def geojson_of(*features):
    return json.dumps({"features": [{"properties": properties} for properties in features]}).encode()


def cbs(code="GM0944", water="NEE", people=7932, homes=3546, land=1736, **more):
    return {
        "gemeentecode": code,
        "water": water,
        "aantalInwoners": people,
        "aantalHuishoudens": homes,
        "oppervlakteLandInHa": land,
        "jaar": 2022,
    } | more


# The municipality files of CBS and Kadaster


@pytest.mark.parametrize(
    ("year", "municipalities", "inhabitants", "nml", "skipped"),
    [
        (2022, 345, 17_590_672, 516_266, ("82 waterdelen", "1 rij met GM0998")),
        (2023, 342, 17_811_291, 522_672, ("1 rij met GM0998",)),
    ],
)
def test_the_real_municipality_file_gives_its_known_totals(year, municipalities, inhabitants, nml, skipped):
    path = SHARED / f"gemeenten_{year}_cbs_pdok.geojson"
    if not path.exists():
        pytest.skip(f"the municipality file {path.name} is not on this machine")
    content = path.read_bytes()
    outcome = read_cbs_geojson(content)
    assert outcome.issues == ()
    assert outcome.sha256 == hashlib.sha256(content).hexdigest()
    assert len(outcome.notes) == len(skipped)
    assert all(note.startswith(start) for note, start in zip(outcome.notes, skipped, strict=True))
    for indicator in ("inwoners-per-huishouden", "inwoners-per-km2"):
        counts = {r.area_code: r.numerator for r in outcome.rows if r.indicator_code == indicator}
        assert len(counts) == municipalities
        assert sum(counts.values()) == inhabitants
        assert sum(counts[code] for code in NML) == nml
    assert {(r.period, r.status) for r in outcome.rows} == {(str(year), "reported")}


def test_cbs_row_keeps_its_place_in_the_file_and_both_counts():
    outcome = read_cbs_geojson(geojson_of(cbs(water="JA", people=-99999999), cbs()))
    assert outcome.issues == ()
    assert outcome.rows == (
        (2, "GM0944", "2022", "inwoners-per-huishouden", 7932, 3546, "reported"),
        (2, "GM0944", "2022", "inwoners-per-km2", 7932, 1736, "reported"),
    )


@pytest.mark.parametrize("sentinel", [-99999999, -99997, -99999999.0, None])
def test_cbs_sentinel_becomes_a_status_and_never_a_number(sentinel):
    outcome = read_cbs_geojson(geojson_of(cbs(homes=sentinel)))
    household, density = outcome.rows
    assert outcome.issues == ()
    assert household[4:] == (None, None, "not_available")
    assert density[4:] == (7932, 1736, "reported")


def test_cbs_missing_numerator_keeps_its_denominator():
    household, _ = read_cbs_geojson(geojson_of(cbs(people=-99997))).rows
    assert household[4:] == (None, 3546, "not_available")


def test_cbs_pseudo_municipality_is_skipped_by_rule_and_counted():
    outcome = read_cbs_geojson(geojson_of(cbs(), cbs("GM0998", water="B"), cbs("GM0998")))
    assert {row.area_code for row in outcome.rows} == {"GM0944"}
    assert outcome.notes == ("2 rijen met GM0998 Buitenland overgeslagen: dit is geen gemeente.",)


def test_cbs_land_twice_is_an_error_naming_both_rows():
    sentence = message(read_cbs_geojson(geojson_of(cbs(), cbs("GM0001"), cbs())))
    assert sentence.startswith("Rij 3, kolom gemeentecode: dubbele code GM0944")
    assert "ook in rij 1" in sentence


@pytest.mark.parametrize(
    ("properties", "start"),
    [
        (cbs("NL01"), "Rij 1, kolom gemeentecode: 'NL01' is geen gemeentecode."),
        (cbs(water="B"), "Rij 1, kolom water: 'B' is onbekend."),
        (cbs(jaar="nu"), "Rij 1, kolom jaar: 'nu' is geen jaar."),
        (cbs(people=-5), "Rij 1, kolom aantalInwoners: '-5' is geen aantal."),
        (cbs(people=1.5), "Rij 1, kolom aantalInwoners: '1.5' is geen aantal."),
        (cbs(people=float("nan")), "Rij 1, kolom aantalInwoners: 'nan' is geen aantal."),
        (cbs(people="7932"), "Rij 1, kolom aantalInwoners: '7932' is geen aantal."),
    ],
)
def test_cbs_wrong_value_is_an_error_with_row_column_and_value(properties, start):
    # A second, good municipality: a file without any has an error of its own.
    outcome = read_cbs_geojson(geojson_of(properties, cbs("GM0001")))
    assert message(outcome).startswith(start)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Het bestand is leeg. Kies een bestand met gegevens."),
        (b"  \n", "Het bestand is leeg. Kies een bestand met gegevens."),
        (b"{", "Dit is geen leesbaar GeoJSON-bestand."),
        (b"\xff\xfe\x00", "Dit is geen leesbaar GeoJSON-bestand."),
        (b"[" * 100_000, "Dit is geen leesbaar GeoJSON-bestand."),
        (b"[]", "Dit is geen GeoJSON-bestand met gebieden (FeatureCollection)."),
        (b'{"features": [1]}', "Dit is geen GeoJSON-bestand met gebieden (FeatureCollection)."),
        (b'{"features": []}', "Het bestand heeft geen gebieden."),
        (
            b'{"features": [{"properties": {"gemeentecode": "GM0001", "jaar": 2022}}]}',
            "Dit is niet het gemeentebestand van CBS en Kadaster: water ontbreekt.",
        ),
        (geojson_of(cbs(water="JA")), "In het bestand staat geen enkele gemeente."),
    ],
)
def test_a_file_that_is_no_municipality_file_is_refused(content, sentence):
    outcome = read_cbs_geojson(content)
    assert message(outcome) == sentence
    assert outcome.rows == ()


# Tables of counts: encodings, delimiters, headers


@pytest.mark.parametrize("sep", [";", ",", "\t"])
def test_each_delimiter_is_recognised(sep):
    outcome = read(one(), sep=sep)
    assert outcome.issues == outcome.notes == ()
    assert outcome.rows == ((2, "GM0944", "2022", "vroeggeboorte", 8, 55, "reported"),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_each_encoding_is_recognised_and_windows_1252_is_noted(encoding):
    header = [*HEADER, "één naam"]
    content = csv_of([*one(), "Súdwest-Fryslân"], header=header).decode().encode(encoding)
    outcome = read_observation_table(content, "levering.csv")
    assert len(outcome.rows) == 1
    assert outcome.issues == ()
    assert "Niet gebruikte kolommen: één naam." in outcome.notes
    assert any("Windows-1252" in note for note in outcome.notes) == (encoding == "cp1252")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_utf_16_is_refused_with_what_to_do(encoding):
    content = csv_of(one()).decode().encode(encoding)
    assert message(read_observation_table(content, "levering.csv")) == (
        "De tekens in dit bestand zijn niet te lezen (UTF-16 of geen tekst). Bewaar het als 'CSV UTF-8'."
    )


def test_bytes_that_are_in_no_known_encoding_are_refused():
    content = csv_of(one()).replace(b"GM0944", b"\xe9\x81")
    assert "niet te lezen. Bewaar het als 'CSV UTF-8'" in message(
        read_observation_table(content, "levering.csv")
    )


@pytest.mark.parametrize("content", [b"", b"\r\n \r\n"])
@pytest.mark.parametrize("name", ["levering.csv", "levering.xlsx"])
def test_an_empty_file_is_refused(content, name):
    outcome = read_observation_table(content, name)
    assert message(outcome) == "Het bestand is leeg. Kies een bestand met gegevens."


def test_a_binary_file_is_refused():
    outcome = read_observation_table(b"\x89PNG\r\n\x1a\n\x01\x02" * 9, "foto.csv")
    assert message(outcome) == "Dit is geen leesbare tabel. Kies een bestand in .csv of .xlsx."


def test_an_unclosed_quote_is_refused_naming_the_line():
    content = csv_of(one(x='"8'))
    assert message(read_observation_table(content, "levering.csv")).startswith("Regel 2 is niet")


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
    outcome = read_observation_table(content, "levering.xlsx")
    assert message(outcome).startswith("Rij 2, kolom dossier: hier staat een getal")


@pytest.mark.parametrize("note", ["111222334", "tel. 0612345678", "geteld op 1 januari"])
def test_other_notes_do_not_stop_a_delivery(note):
    assert read([*one(), note], header=[*HEADER, "opmerking"]).issues == ()


def test_a_count_of_nine_digits_is_a_count():
    assert read(one(x="8", n=BSN_LIKE)).issues == ()


def test_headers_may_have_other_names_another_order_and_lines_above_them():
    content = b"Levering JGZ;;;;\n\nNoemer;Teller;GM_code;Jaar;Indicator-code\n55;8;944;2022;big2\n"
    outcome = read_observation_table(content, "levering.csv")
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


# Tables of counts: cells


@pytest.mark.parametrize("written", ["363", "0363", "GM363", "gm0363", "GM0363 "])
def test_a_municipality_code_is_written_in_full_and_that_is_noted(written):
    outcome = read(one(code=written))
    assert [row.area_code for row in outcome.rows] == ["GM0363"]
    (note,) = outcome.notes
    assert note == f"Anders geschreven gemeentecodes: 1, bijvoorbeeld '{written}' als GM0363."


@pytest.mark.parametrize("written", ["Venlo", "GM09444", "PV31", "", "-363", "GM"])
def test_what_is_no_municipality_code_is_an_error(written):
    assert message(read(one(code=written))) == (
        f"Rij 2, kolom gemeentecode: '{written}' is geen gemeentecode."
        " Een gemeentecode is GM met vier cijfers."
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
        "Rij 2, kolom periode: '2016/2017' is geen periode. Vul een jaar in, bijvoorbeeld 2022."
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
        ("n.v.t.", "not_available"),
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
        " Schrijf aantallen zonder punt of komma, bijvoorbeeld 1234."
    )
    content = csv_of(one(x="1.234", n="5678"))
    outcome = read_observation_table(content, "levering.csv", decimal_mark=",")
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
    outcome = read_observation_table(content, "levering.csv")
    assert outcome.rows[1][4:] == (None, None, "not_delivered")


# Excel files


def test_excel_numbers_are_read_as_they_are():
    outcome = read_observation_table(xlsx_of([363, 2022, "vroeggeboorte", 8, 55.0]), "a.xlsx")
    assert outcome.issues == ()
    assert outcome.rows == ((2, "GM0363", "2022", "vroeggeboorte", 8, 55, "reported"),)


def test_excel_marks_empty_cells_and_sentinels_are_statuses():
    rows = [one(x=value) for value in (None, "x", -99999999)]
    outcome = read_observation_table(xlsx_of(*rows), "a.xlsx")
    statuses = [row.status for row in outcome.rows]
    assert statuses == ["not_delivered", "withheld_by_source", "not_available"]


def test_excel_reads_the_first_filled_sheet_and_names_the_others():
    more = [("Uitleg", [["tekst"]]), ("Leeg", [])]
    outcome = read_observation_table(xlsx_of(one(), sheet="Cijfers", more=more), "a.xlsx")
    assert outcome.notes == ("Alleen het blad 'Cijfers' is gelezen, niet: 'Uitleg'.",)


def test_excel_formula_without_outcome_is_an_error_and_not_an_empty_cell():
    outcome = read_observation_table(xlsx_of(one(x="=4+4")), "a.xlsx")
    assert message(outcome) == (
        "Rij 2, kolom met formule: de formule '=4+4' heeft geen uitkomst."
        " Open het bestand in Excel en bewaar het opnieuw."
    )


def test_excel_truth_value_is_no_number():
    assert message(read_observation_table(xlsx_of(one(x=True)), "a.xlsx")).startswith(
        "Rij 2, kolom teller: 'True' is geen aantal."
    )


@pytest.mark.parametrize("name", ["a.xlsm", "A.XLSM", "a.xlsb"])
def test_macro_files_are_refused_by_name(name):
    assert message(read_observation_table(xlsx_of(one()), name)).startswith(
        "Bestanden met macro's lezen we niet in."
    )


def with_part(content, name, text):
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as parts:
        parts.writestr(name, text)
    return buffer.getvalue()


def test_macro_files_are_refused_by_content():
    content = with_part(xlsx_of(one()), "xl/vbaProject.bin", "x")
    assert message(read_observation_table(content, "a.xlsx")).startswith("Bestanden met macro's")


def test_excel_with_xml_entities_is_refused():
    content = with_part(xlsx_of(one()), "xl/bom.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x/>')
    assert message(read_observation_table(content, "a.xlsx")) == (
        "Dit Excel-bestand is onveilig en wordt niet gelezen."
    )


def test_excel_that_unpacks_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(observations, "LIMITS", replace(LIMITS, unpacked=1000))
    assert message(read_observation_table(xlsx_of(one()), "a.xlsx")).startswith(
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
    assert message(read_observation_table(content, name)).startswith(start)


def test_a_zip_that_is_no_workbook_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as parts:
        parts.writestr("brief.txt", "tekst")
    outcome = read_observation_table(buffer.getvalue(), "a.xlsx")
    assert message(outcome).startswith("Dit Excel-bestand is niet te openen.")


def test_an_excel_file_without_rows_is_refused():
    buffer = io.BytesIO()
    Workbook().save(buffer)
    assert message(read_observation_table(buffer.getvalue(), "a.xlsx")) == (
        "Het bestand heeft geen blad met gegevens."
    )
