"""Figures on the division of a later day, on the real municipalities and mergers of the Netherlands."""

import csv
import datetime
import html
import io
import json
from pathlib import Path

import openpyxl
import pytest

from monitoring import exports, imports, sentences
from monitoring.imports import import_observations
from monitoring.models import Indicator, Period, Status
from monitoring.recoding import both_series, recoded
from monitoring.selection import definition_of
from partners.models import Area, AreaSuccession
from tests import factories

FIGURES = Path(imports.__file__).parent / "data" / "kerncijfers.csv"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
DIVISION_2023 = datetime.date(2023, 1, 1)
HEADER = "gemeentecode;periode;indicator;teller;noemer"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known")]


def municipality_file(year):
    """The real file where it is on this machine, else the same figures from the portal's own table."""
    path = SHARED / f"gemeenten_{year}_cbs_pdok.geojson"
    if path.exists():
        return path.read_bytes()
    with FIGURES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["year"] == str(year)]
    features = [
        {
            "properties": {
                "gemeentecode": row["code"],
                "water": "NEE",
                "jaar": year,
                "aantalInwoners": int(row["inhabitants"]),
                "aantalHuishoudens": int(row["households"]),
                "oppervlakteLandInHa": int(row["land_ha"]),
            }
        }
        for row in rows
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def deliver(*rows):
    content = "\n".join([HEADER, *rows]).encode()
    import_observations(source=io.BytesIO(content), filename="proef.csv", by=None, source_name="Proef")
    factories.publish_figures()


def test_the_years_recoded_to_one_division_give_the_published_totals():
    for year in (2022, 2023):
        import_observations(source=io.BytesIO(municipality_file(year)), filename=f"{year}.geojson", by=None)
    factories.publish_figures()
    indicator = Indicator.objects.current().get(code="inwoners-per-huishouden")
    totals, found = {}, {}
    for year in (2022, 2023):
        found[year] = recoded(indicator, Period.objects.get(code=str(year)), on=DIVISION_2023)
        totals[year] = sum(figure.numerator for figure in found[year].values())
    assert totals == {2022: 17_590_672, 2023: 17_811_291}
    # The 342 municipalities of 2023 in both years, each exactly.
    assert len(found[2022]) == len(found[2023]) == 342
    assert not any(figure.is_estimated for figure in found[2022].values())
    voorne = Area.objects.get(code="GM1992")
    assert found[2022][voorne.pk].provenance == (
        "Opgeteld uit: Brielle (GM0501), Hellevoetsluis (GM0530), Westvoorne (GM0614)"
    )
    # Amsterdam kept its code when it took Weesp in the course of 2022.
    amsterdam = Area.objects.get(code="GM0363")
    assert found[2022][amsterdam.pk].parts == ("Amsterdam (GM0363)", "Weesp (GM0457)")
    early, late = both_series(indicator, amsterdam, on=DIVISION_2023)
    assert early.is_broken
    assert not late.is_broken
    assert early.recoded.numerator > early.published.numerator
    assert late.recoded.numerator == late.published.numerator
    early, late = both_series(indicator, voorne, on=DIVISION_2023)
    assert (early.published, late.recoded.is_same) == (None, True)
    # A region is the sum of its members, whichever division they are on.
    members = Area.objects.members_of(Area.objects.get(code="ggd-limburg-noord"), on=DIVISION_2023)
    assert sum(found[2022][area.pk].numerator for area in members) == 524_255


def test_a_sum_of_which_one_part_is_hidden_is_hidden():
    deliver(
        "GM0501;2022;vroeggeboorte;5;150",
        "GM0530;2022;vroeggeboorte;30;350",
        "GM0614;2022;vroeggeboorte;25;130",
    )
    indicator = Indicator.objects.current().get(code="vroeggeboorte")
    voorne = Area.objects.get(code="GM1992")
    found = recoded(indicator, Period.objects.get(code="2022"), on=DIVISION_2023, areas=[voorne])
    assert list(found) == [voorne.pk]
    assert found[voorne.pk].numerator is None
    assert found[voorne.pk].status in {Status.SUPPRESSED_PRIMARY, Status.SUPPRESSED_SECONDARY}


def test_a_part_of_a_split_municipality_is_an_estimate_and_says_so():
    split = AreaSuccession.objects.filter(kind="partial").select_related("successor", "predecessor").first()
    before = split.on - datetime.timedelta(days=1)
    deliver(
        f"{split.predecessor.code};{before.year};inwoners-per-huishouden;14000;6000",
        f"{split.successor.code};{before.year};inwoners-per-huishouden;30000;12000",
    )
    period = Period.objects.get(code=str(before.year))
    indicator = Indicator.objects.current().get(code="inwoners-per-huishouden")
    found = recoded(indicator, period, on=split.on, areas=[split.successor])[split.successor.pk]
    assert found.is_estimated
    assert found.provenance.startswith("Geschat uit delen van")
    assert found.numerator == pytest.approx(30000 + 14000 * split.share)


def test_every_municipality_of_then_went_somewhere():
    indicator = Indicator.objects.current().get(code="inwoners-per-huishouden")
    period = Period.objects.create(code="2021", label="2021", reference_date=datetime.date(2021, 1, 1))
    parts = [
        part for figure in recoded(indicator, period, on=DIVISION_2023).values() for part in figure.parts
    ]
    then = Area.objects.municipalities().on(period.reference_date)
    assert {part[-7:-1] for part in parts} == set(then.values_list("code", flat=True))


PARTS = ("GM0501;2022;vroeggeboorte;45;450", "GM0530;2022;vroeggeboorte;30;350")
LATER = "GM1992;2023;vroeggeboorte;80;900"


def files_of(client, address):
    """The rows about another division in each of the files, by column."""
    text = client.get(f"/indicatoren/vroeggeboorte.csv{address}").content.decode("utf-8-sig")
    of_csv = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    book = client.get(f"/indicatoren/vroeggeboorte.xlsx{address}").content
    head, *lines = openpyxl.load_workbook(io.BytesIO(book), read_only=True).worksheets[0].values
    of_xlsx = [dict(zip(head, line, strict=True)) for line in lines]
    of_json = client.get(f"/api/v1/cijfers/vroeggeboorte.json{address}").json()["cijfers"]
    return [
        [row for row in rows if row["indeling"] != exports.AS_PUBLISHED]
        for rows in (of_csv, of_xlsx, of_json)
    ]


def test_the_page_and_every_file_say_the_same_of_a_municipality_on_its_division_of_now(client):
    deliver(*PARTS, "GM0614;2022;vroeggeboorte;25;130", LATER)
    address = "?gebied=GM1992"
    page = " ".join(html.unescape(client.get(f"/indicatoren/vroeggeboorte/{address}").text).split())
    of_csv, of_xlsx, of_json = files_of(client, address)
    assert [row["periode"] for row in of_json] == ["2022", "2023"]
    assert {row["indeling"] for row in of_json} == {exports.RECODED}
    early, late = of_json
    assert (early["teller"], early["noemer"], late["teller"], late["noemer"]) == (100, 930, 80, 900)
    assert early["opmerking"].startswith(
        "Opgeteld uit: Brielle (GM0501), Hellevoetsluis (GM0530), Westvoorne"
    )
    definition = definition_of("vroeggeboorte")
    for csv_row, xlsx_row, json_row in zip(of_csv, of_xlsx, of_json, strict=True):
        for name in ("waarde", "ondergrens_95", "bovengrens_95", "teller", "noemer"):
            assert float(csv_row[name].replace(",", ".")) == xlsx_row[name] == json_row[name]
        assert sentences.value_text(json_row["waarde"], definition) in page
    assert client.get("/api/v1/openapi.json").json()["components"]["schemas"]["Cijfer"]["properties"][
        "indeling"
    ]["enum"] == [exports.AS_PUBLISHED, exports.RECODED, exports.ESTIMATED]


def test_no_file_tells_the_sum_of_which_one_part_is_hidden(client):
    deliver(*PARTS, "GM0614;2022;vroeggeboorte;5;130", LATER)
    page = client.get("/indicatoren/vroeggeboorte/?gebied=GM1992").text
    assert "80 van 930" not in page
    for (early, *_), nothing in zip(files_of(client, "?gebied=GM1992"), ("", None, None), strict=True):
        assert early["periode"] == "2022"
        assert early["stand"].startswith("Niet getoond")
        assert early["stand"] in page
        for name in ("waarde", "ondergrens_95", "bovengrens_95", "teller", "noemer"):
            assert early[name] == nothing


def test_an_estimate_says_so_in_the_file_and_has_no_margin(client):
    split = AreaSuccession.objects.filter(kind="partial").select_related("successor", "predecessor").first()
    before = split.on - datetime.timedelta(days=1)
    deliver(
        f"{split.predecessor.code};{before.year};inwoners-per-huishouden;14000;6000",
        f"{split.successor.code};{before.year};inwoners-per-huishouden;30000;12000",
    )
    answer = client.get(f"/indicatoren/inwoners-per-huishouden.json?gebied={split.successor.code}").json()
    (row,) = [row for row in answer["cijfers"] if row["indeling"] == exports.ESTIMATED]
    assert row["opmerking"].startswith("Geschat uit delen van")
    assert (row["waarde"] is None, row["ondergrens_95"], row["vergeleken_met_nederland"]) == (False, None, "")
