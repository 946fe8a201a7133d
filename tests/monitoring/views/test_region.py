import json
import re

import pytest
from django.urls import reverse

from coalitions.models import Coalition
from monitoring import exports, indicator_sets, urbanity
from tests import factories

pytestmark = pytest.mark.django_db

# 40 of 400, far above the country: a signal at 99.8 percent.
ROWS = tuple(
    (code, year, "vroeggeboorte", numerator, denominator)
    for year in (2022, 2023)
    for code, numerator, denominator in (
        ("GM0983", 160, 900),
        ("GM0889", 40, 210),
        ("GM0988", 90, 400),
        ("GM0014", 130, 2000),
    )
)


@pytest.fixture
def signals(third_municipality, country, deliver):
    return deliver(*ROWS, ("GM0983", 2023, "kinderen-0-4", 5, 1000))


def url_of(coalition: Coalition, name: str = "region", *more: str) -> str:
    return reverse(f"monitoring:{name}", args=[coalition.slug, *more])


def test_what_clearly_differs_stands_first_with_margin_burden_and_trend(signals, coalition, client):
    text = " ".join(client.get(url_of(coalition)).content.decode().split())
    start = text.split("De andere cijfers")[0]
    assert "Duidelijk hoger dan Nederland" in start
    assert "(ongunstig)" in start
    assert "meer dan bij het landelijke cijfer" in start
    assert "Nog niet te zeggen" in start
    assert "Bron: JGZ" in text


@pytest.mark.parametrize("name", ["region", "region-compare"])
def test_a_definition_that_nobody_read_at_the_source_says_so(
    third_municipality, country, deliver, coalition, client, name
):
    deliver(*((code, 2023, "tienermoeders", 12, 500) for code in ("GM0983", "GM0889", "GM0988", "GM0014")))
    text = client.get(url_of(coalition, name), {"gebied1": "GM0983"}).text
    assert "Tienermoeders" in text
    assert text.count("Ongeverifieerd") == 1


def test_a_coalition_that_is_not_public_shows_its_figures_to_nobody_else(
    signals, coalition, client, log_in, analyst
):
    Coalition.objects.filter(pk=coalition.pk).update(is_public=False)
    beside = {"gebied1": "GM0983"}
    for name, more in (
        ("region", ()),
        ("region-compare", ()),
        ("region-file", ("csv",)),
        ("region-compare-file", ("csv",)),
        ("region-compare-file", ("xlsx",)),
    ):
        assert client.get(url_of(coalition, name, *more), beside).status_code == 404
    reader = log_in(analyst)
    assert reader.get(url_of(coalition)).status_code == 200
    assert reader.get(url_of(coalition, "region-compare-file", "xlsx"), beside).status_code == 200


def test_without_figures_the_page_says_what_is_next(coalition, client):
    assert "Er zijn nog geen cijfers van deze regio." in client.get(url_of(coalition)).content.decode()


def test_it_is_read_only(coalition, client):
    assert client.post(url_of(coalition)).status_code == 405


def test_page_csv_and_json_hold_the_same_numbers(signals, coalition, client):
    text = client.get(url_of(coalition)).content.decode()
    rows = client.get(url_of(coalition, "region-file", "json")).json()["cijfers"]
    (newest,) = [
        row
        for row in rows
        if row["periode"] == "2023"
        and row["gebied"] == coalition.area.name
        and row["indicator"] == "vroeggeboorte"
    ]
    shown = f"{newest['waarde']:.1f}%".replace(".", ",")
    assert f"<strong>{shown}</strong>" in text
    assert newest["uitgave"]
    csv = client.get(url_of(coalition, "region-file", "csv")).content.decode("utf-8-sig").splitlines()
    assert csv[0] == ";".join(exports.HEADER)
    assert any(f";{str(newest['waarde']).replace('.', ',')};" in line for line in csv)
    assert client.get(url_of(coalition, "region-file", "pdf")).status_code == 404


def test_up_to_four_areas_stand_beside_each_other_without_an_order_of_value(signals, coalition, client):
    url = url_of(coalition, "region-compare")
    assert "Kies hierboven" in client.get(url).content.decode()
    text = client.get(url, {"gebied1": "GM0983", "gebied2": "GM0889", "gebied3": "GM0983"}).content.decode()
    assert text.index('<th scope="col">Venlo') < text.index('<th scope="col">Beesel')
    assert text.count('<th scope="col">Venlo') == 1
    assert "17,8%" in text
    assert client.get(url, {"gebied1": "GM9999"}).status_code == 200


def test_what_stands_beside_each_other_and_a_municipality_go_along_as_a_file(signals, coalition, client):
    query = {"gebied1": "GM0983", "gebied2": "GM0889"}
    rows = client.get(url_of(coalition, "region-compare-file", "json"), query).json()["cijfers"]
    assert {row["gebied"] for row in rows} == {"Venlo", "Beesel", "Nederland"}
    own = client.get("/gemeenten/GM0983/cijfers.json").json()["cijfers"]
    assert {row["gebied"] for row in own} == {"Venlo", "Nederland"}
    assert [row for row in rows if row["gebied"] == "Venlo"] == [
        row for row in own if row["gebied"] == "Venlo"
    ]
    assert client.get("/gemeenten/GM0983/cijfers.csv").content.decode("utf-8-sig").startswith("indicator;")
    assert client.get(url_of(coalition, "region-compare-file", "csv")).status_code == 404
    for path in ("/gemeenten/GM0983/cijfers.pdf", "/gemeenten/GM9999/cijfers.csv"):
        assert client.get(path).status_code == 404


def test_every_cell_of_the_file_is_json(signals, coalition, client):
    body = client.get(url_of(coalition, "region-file", "json")).content
    assert json.loads(body)["cijfers"]


def test_a_municipality_stands_beside_the_middle_of_those_that_are_as_urban(
    early_births, coalition, country, deliver, client
):
    """Nine towns of the class of Venlo with 41 to 49 of 500 children, and Venlo with 60 of 900."""
    peers = urbanity.peers_of("GM0983", on=factories.today())
    codes = [code for code in peers if code not in {"GM0983", "GM0988"}][:9]
    for code in codes:
        factories.put_in_region(country, factories.make_area(f"Stad {code}", code=code))
    rows = [(code, 2023, "vroeggeboorte", 41 + place, 500) for place, code in enumerate(codes)]
    deliver(*rows, filename="steden.csv")
    url = url_of(coalition, "region-compare")
    text = client.get(url, {"gebied1": "GM0983", "stedelijkheid": "on"}).text
    assert "Gemeenten die sterk stedelijk zijn: de middelste helft" in text
    assert re.search(r"8,[45]% tot 9,[34]% \(10 van 1[01] gemeenten\)", text), re.findall(
        r"[^>]+ gemeenten\)", text
    )
    assert "de middelste helft" not in client.get(url, {"gebied1": "GM0983"}).text
    assert (
        "Kies bij gebied 1 een gemeente"
        in client.get(url, {"gebied1": coalition.area.code, "stedelijkheid": "on"}).text
    )


def test_few_peers_have_no_middle(early_births, coalition, client):
    url = url_of(coalition, "region-compare")
    assert "Te weinig cijfers" in client.get(url, {"gebied1": "GM0983", "stedelijkheid": "on"}).text


def test_a_chosen_set_is_said_and_only_who_may_chooses_another(
    early_births, coalition, coordinator, partner, client, log_in
):
    url, choice = url_of(coalition, "region"), url_of(coalition, "indicator-choice")
    assert "Alle cijfers op één scherm" in client.get(url).text
    indicator_sets.choose(coalition=coalition, code="vroeggeboorte", by=coordinator)
    assert "De 1 cijfer die de coalitie koos" not in client.get(url).text
    assert "Het cijfer dat de coalitie koos" in client.get(url).text
    indicator_sets.choose(coalition=coalition, code="big2", by=coordinator)
    assert "De 2 cijfers die de coalitie koos" in client.get(url).text
    assert choice not in log_in(partner).get(url).text
    assert choice in log_in(coordinator).get(url).text


def test_who_speaks_for_a_municipality_begins_with_her_own_beside_the_region(
    early_births, coalition, alderman, coordinator, log_in
):
    url, own = url_of(coalition, "region-compare"), alderman.representatives.get().organisation.municipality
    page = log_in(alderman).get(url, follow=True)
    assert page.redirect_chain == [(f"{url}?gebied1={own.code}&gebied2={coalition.area.code}", 302)]
    assert own.name in page.text
    # Who cleared the choice sees nothing chosen.
    assert "Kies hierboven" in log_in(alderman).get(url, {"gebied1": ""}).text
    assert "Kies hierboven" in log_in(coordinator).get(url).text
