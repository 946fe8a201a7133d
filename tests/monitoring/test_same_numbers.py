"""The chart, its table and the files say the same number of every figure."""

import csv
import html
import io
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from monitoring import selection, sentences
from monitoring.catalogue import load_definitions
from monitoring.charts import small_multiple
from monitoring.indicator_charts import specs_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("early_births_once")]

URL = "/indicatoren/vroeggeboorte"


@pytest.fixture(params=["coalition", "country", "beside"])
def query(request, early_births, coalition) -> dict[str, str]:
    if request.param == "country":
        return {"gebied": "NL", "periode": "2023"}
    if request.param == "beside":
        return {"gebied": "GM0983", "periode": "2023", "vergelijk": coalition.slug}
    return {"gebied": coalition.slug, "periode": "2023"}


def rows_in(spec: object) -> list[dict]:
    """Every row of data in a chart, at any depth."""
    if isinstance(spec, dict):
        own = spec.get("values") if isinstance(spec.get("values"), list) else []
        return [*own, *(row for part in spec.values() for row in rows_in(part))]
    if isinstance(spec, list):
        return [row for part in spec for row in rows_in(part)]
    return []


def test_every_number_of_a_chart_stands_in_table_csv_and_json(query, client):
    chosen = selection.select("vroeggeboorte", person=AnonymousUser(), words=query)
    text = html.unescape(client.get(f"{URL}/", query).content.decode())
    of_json = client.get(f"{URL}.json", query).json()["cijfers"]
    of_csv = list(
        csv.DictReader(
            io.StringIO(client.get(f"{URL}.csv", query).content.decode("utf-8-sig")), delimiter=";"
        )
    )
    assert [row["gebied"] for row in of_csv] == [row["gebied"] for row in of_json]
    for ours, theirs in zip(of_csv, of_json, strict=True):
        for name in ("waarde", "ondergrens_95", "bovengrens_95", "teller", "noemer"):
            number = float(ours[name].replace(",", ".")) if ours[name] else None
            assert number == theirs[name]
    known = {round(row["waarde"], 6) for row in of_json if row["waarde"] is not None}
    limits = {(row["ondergrens_95"], row["bovengrens_95"]) for row in of_json}
    specs = specs_of(chosen)
    assert {"time"} <= set(specs)
    for name in ("time", "rows"):
        drawn = [row for row in rows_in(specs.get(name, {})) if row.get("value") is not None]
        assert drawn or name == "rows"
        for row in drawn:
            assert round(row["value"], 6) in known
            assert sentences.value_text(row["value"], chosen.definition) in text
            if row.get("lower") is not None:
                assert (round(row["lower"], 6), round(row["upper"], 6)) in limits
    for row in rows_in(specs.get("map", {})):
        if "name" in row:
            (same,) = {(one["waarde"] is None) for one in of_json if one["gebied"] == row["name"]}
            assert same == (row["class"] in {"niet getoond", "geen cijfer"})


def test_no_figure_is_without_unit_period_and_source(query, client):
    text = client.get(f"{URL}/", query).content.decode()
    for caption in re.findall(r"<figcaption>(.*?)</figcaption>", text, re.DOTALL):
        assert "Eenheid: %" in caption
        assert "Bron: Demonstratiecijfers" in caption
        assert re.search(r"2023|alle periodes", caption)
    for row in client.get(f"{URL}.json", query).json()["cijfers"]:
        assert row["eenheid"]
        assert row["periode"]
        assert row["bron"]
        assert row["uitgave"]


def test_the_page_of_all_municipalities_says_what_the_files_say(query, client):
    definition = selection.definition_of("vroeggeboorte")
    text = html.unescape(client.get(f"{URL}/gemeenten/", query).text)
    shown = {
        name: re.sub(r"<[^>]+>", " ", cells)
        for name, cells in re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a></th>(.*?)</tr>', text, re.DOTALL)
    }
    rows = client.get(f"{URL}.json", query).json()["cijfers"]
    towns = [row for row in rows if row["gebiedssoort"] == "gemeente" and row["periode"] == "2023"]
    assert shown.keys() == {row["gebied"] for row in towns}
    for row in towns:
        cells = shown[row["gebied"]]
        if row["waarde"] is None:
            assert cells.split() == row["stand"].split()
            continue
        for name in ("teller", "noemer"):
            assert sentences.dutch_number(row[name]) in cells.split()
        assert sentences.value_text(row["waarde"], definition) in cells


def test_areas_beside_each_other_say_what_their_file_says(
    early_births, coalition, client, django_assert_max_num_queries
):
    """Of Beesel the count is too small: on the page and in the file stands why, and no number."""
    query = {"gebied1": "GM0983", "gebied2": "GM0889", "gebied3": "GM0988"}
    page = reverse("monitoring:region-compare", args=[coalition.slug])
    text = html.unescape(client.get(page, query).text)
    link = re.search(r'href="([^"]+vergelijken\.csv\?[^"]+)"', text)
    assert link
    with django_assert_max_num_queries(12):
        sent = client.get(link[1])
    rows = list(csv.DictReader(io.StringIO(sent.content.decode("utf-8-sig")), delimiter=";"))
    newest = {row["gebied"]: row for row in rows if row["periode"] == "2023"}
    (line,) = re.findall(r'<th scope="row"><a [^>]*vroeggeboorte.*?</tr>', text, re.DOTALL)
    cells = [re.sub(r"<[^>]+>", " ", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", line, re.DOTALL)]
    names = re.findall(r'<th scope="col">([^<]+)</th>', text)[1:]
    assert len(names) == len(cells) == 4
    definition = selection.definition_of("vroeggeboorte")
    for name, cell in zip(names, cells, strict=True):
        row = newest[name]
        if row["waarde"]:
            number = sentences.value_text(float(row["waarde"].replace(",", ".")), definition)
            assert number.removesuffix("%") in cell
        else:
            assert row["stand"] in cell
            assert not re.search(r"\d%", cell)
            assert not any(row[column] for column in ("ondergrens_95", "teller", "noemer"))
    assert [name for name in names if not newest[name]["waarde"]] == ["Beesel", "Weert"]


# Every indicator in two years: three municipalities that are shown, and one elsewhere.
PLACES = {"GM0983": 900, "GM0889": 800, "GM0988": 850, "GM0014": 2000}
COUNTED = [item for item in load_definitions() if item.aggregation == "ratio"]


@pytest.fixture
def every_indicator(third_municipality, country, deliver):
    """Counts that are large enough to show, of each indicator that is a count over a count."""
    return deliver(
        *(
            (code, year, item.code, size // 4 + place, size)
            for item in COUNTED
            for year in (2022, 2023)
            for place, (code, size) in enumerate(PLACES.items())
        )
    )


def test_of_every_indicator_charts_page_and_files_say_the_same(every_indicator, coalition, client):
    """Small charts of the board page and of a theme as well: all numbers of a chart are in its file."""
    assert len(COUNTED) > 20
    for item in COUNTED:
        query = {"gebied": coalition.slug}
        address = f"/indicatoren/{item.code}"
        chosen = selection.select(item.code, person=AnonymousUser(), words=query)
        text = html.unescape(client.get(f"{address}/", query).text)
        table = html.unescape(client.get(f"{address}/gemeenten/", query).text)
        rows = client.get(f"{address}.json", query).json()["cijfers"]
        known = {round(row["waarde"], 6) for row in rows if row["waarde"] is not None}
        if item.pooled_only:
            # Of two years there are no three together, and no year stands by itself.
            assert not known, item.code
            continue
        assert known, item.code
        by_area = {"own": list(chosen.own), "national": list(chosen.national)}
        specs = specs_of(chosen) | {"small": small_multiple(list(by_area.items()), item)}
        # Of what stands by region only there are no rows of municipalities.
        names = ("time", "rows", "small") if item.pooled_level == "gemeente" else ("time", "small")
        assert ("rows" in specs) == ("rows" in names), item.code
        for name in names:
            drawn = [row["value"] for row in rows_in(specs.get(name, {})) if row.get("value") is not None]
            assert drawn, (item.code, name)
            for value in drawn:
                assert round(value, 6) in known, (item.code, name)
                assert sentences.value_text(value, item) in text, (item.code, name)
        for town in chosen.municipalities:
            assert town.value is None or sentences.value_text(town.value, item) in table, item.code
        for dot in specs.get("funnel", {}).get("datasets", {}).get("dots", []):
            assert round(dot["value"], 6) in known, item.code
