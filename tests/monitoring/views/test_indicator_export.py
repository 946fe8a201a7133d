import csv
import io
import struct

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from monitoring import interpretations
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("early_births_once")]

URL = "/indicatoren/vroeggeboorte"
SIDES = (("onder", "998"), ("onder", "95"), ("boven", "95"), ("boven", "998"))


@pytest.fixture
def query(early_births, coalition) -> dict[str, str]:
    return {"gebied": coalition.slug, "periode": "2023"}


def test_csv_is_dutch_and_holds_the_rows_of_the_page(client, query):
    response = client.get(f"{URL}.csv", query)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="vroeggeboorte-{query["gebied"]}-2023.csv"' in response["Content-Disposition"]
    assert response.content.startswith("\N{BYTE ORDER MARK}".encode())
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    # Area and country in two periods, three municipalities in the chosen one.
    assert len(rows) == 7
    venlo = next(row for row in rows if row["gebiedscode"] == "GM0983")
    assert (venlo["waarde"], venlo["teller"], venlo["noemer"]) == ("6,666667", "60", "900")
    margins = [float(venlo[f"{side}grens_{level}"].replace(",", ".")) for side, level in SIDES]
    assert margins == sorted(margins)
    assert len(set(margins)) == 4
    region = next(row for row in rows if row["gebiedssoort"] == "coalitie" and row["periode"] == "2023")
    assert region["waarde"] == "7,588652"
    assert region["gemeenten_met_cijfer"] == "3"
    assert {row["bron"] for row in rows} == {"Demonstratiecijfers"}
    assert {row["opmerking"] for row in rows} == {"Demonstratiecijfer: verzonnen, niet gebruiken"}


def test_a_file_asks_no_question_per_row(client, query):
    client.get(f"{URL}.csv", query)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{URL}.csv", query)
    # Seven rows; the questions are of the choice, its figures, and what is read together in them.
    assert len(asked) <= 14


@pytest.mark.parametrize("extension", ["csv", "xlsx", "json"])
def test_a_hidden_count_leaves_no_trace_in_any_file(client, query, extension):
    response = client.get(f"{URL}.{extension}", query)
    if extension == "xlsx":
        book = load_workbook(io.BytesIO(response.content))
        rows = [list(map(str, row)) for row in book.active.iter_rows(values_only=True)]
        (beesel,) = (row for row in rows if "Beesel" in row)
    elif extension == "csv":
        lines = response.content.decode("utf-8-sig").splitlines()
        (beesel,) = (line.split(";") for line in lines if "Beesel" in line)
    else:
        (row,) = (row for row in response.json()["cijfers"] if row["gebied"] == "Beesel")
        beesel = list(map(str, row.values()))
    assert "Niet getoond: te kleine aantallen" in beesel
    assert not {"7", "110", "6,363636", "6.363636"} & set(beesel)


def test_xlsx_keeps_numbers_numbers(client, query):
    response = client.get(f"{URL}.xlsx", query)
    header, *rows = load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True)
    venlo = next(dict(zip(header, row, strict=True)) for row in rows if "Venlo" in row)
    assert venlo["teller"] == 60
    assert isinstance(venlo["ondergrens_95"], float)


def test_json_carries_definition_and_source(client, query):
    document = client.get(f"{URL}.json", query).json()
    assert document["indicator"]["demonstratiecijfer"] is True
    assert document["bron"]["licentie"] == "Verzonnen cijfers, niet gebruiken"
    assert document["periode"] == "2023"
    beesel = next(row for row in document["cijfers"] if row["gebied"] == "Beesel")
    assert beesel["waarde"] is None


def test_a_hidden_coalition_cannot_be_exported(client, early_births):
    hidden = factories.make_coalition("Geheim", is_public=False)
    for extension in ("csv", "xlsx", "json"):
        assert client.get(f"{URL}.{extension}", {"gebied": hidden.slug}).status_code == 404


def test_an_unknown_indicator_has_no_export(client, early_births):
    assert client.get("/indicatoren/geluk.csv").status_code == 404


def test_exports_are_read_only(client, early_births):
    assert client.post(f"{URL}.csv").status_code == 405


def test_a_picture_says_what_it_shows_and_why_something_is_missing(client, query):
    svg = client.get(f"{URL}/gemeenten.svg", query).content.decode()
    for words in ("Bron: Demonstratiecijfers", "Uitgave", "Eenheid: %", "Teller: Kinderen geboren", "2023"):
        assert words in svg
    assert "Niet getoond: te kleine aantallen: " in svg
    assert "6,4%" not in svg


@pytest.mark.parametrize("chart", ["tijd", "gemeenten", "kaart"])
def test_each_chart_is_a_picture_in_dots_too(client, query, chart):
    response = client.get(f"{URL}/{chart}.png", query)
    assert response["Content-Type"] == "image/png"
    assert f'filename="vroeggeboorte-{query["gebied"]}-2023-{chart}.png"' in response["Content-Disposition"]
    width, height = struct.unpack(">II", response.content[16:24])
    assert width > 600
    assert height > 400


def test_there_is_no_picture_of_nothing(client, query):
    assert client.get(f"{URL}/taart.png", query).status_code == 404


def test_the_shared_reading_goes_along_for_who_takes_part_and_for_nobody_else(
    client, query, read_together, coordinator, log_in
):
    forms = (f"{URL}.csv", f"{URL}.json", f"{URL}/tijd.svg")
    for address in forms:
        assert "wijken zien" not in client.get(address, query).content.decode()
    log_in(coordinator)
    for address in forms:
        assert "wijken zien" in client.get(address, query).content.decode(), address
    book = load_workbook(io.BytesIO(client.get(f"{URL}.xlsx", query).content))
    cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row]
    assert any("wijken zien" in cell for cell in cells)


def test_a_reading_taken_back_is_in_no_cached_file(client, query, read_together, coordinator, log_in):
    log_in(coordinator)
    kept = {kind: client.get(f"{URL}.{kind}", query)["ETag"] for kind in ("json", "csv", "xlsx")}
    interpretations.withdraw(interpretation=read_together, by=coordinator)
    for kind, tag in kept.items():
        again = client.get(f"{URL}.{kind}", query, headers={"If-None-Match": tag})
        assert again.status_code == 200
        assert kind == "xlsx" or "wijken zien" not in again.content.decode()
