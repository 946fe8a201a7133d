"""The municipalities of today."""

import datetime

import pytest

from partners.models import AreaKind
from tests import factories

URL = "/gemeenten/"


def names(response):
    return [area.name for area, _ in response.context["rows"]]


def test_works_for_everybody(client, coalition):
    response = client.get(URL)
    assert response.status_code == 200
    assert names(response) == ["Beesel", "Venlo"]
    assert "2 gemeenten" in response.text
    assert coalition.get_absolute_url() in response.text


def test_holds_the_municipalities_of_today_only(client, coalition):
    factories.make_area("Onderbanken", valid_to=datetime.date(2021, 1, 1))
    assert "Onderbanken" not in names(client.get(URL))


@pytest.mark.parametrize(
    ("kind", "field", "code"),
    [(AreaKind.PROVINCE, "provincie", "PV31"), (AreaKind.GGD_REGION, "ggd", "limburg-noord")],
)
def test_filters_by_region(client, coalition, kind, field, code):
    factories.make_area("Elders")
    region = factories.make_area("Een regio", kind=kind, code=code)
    factories.put_in_region(region, *coalition.municipalities())
    response = client.get(URL, {field: code})
    assert names(response) == ["Beesel", "Venlo"]
    assert "2 gemeenten, 1 filter" in response.text


def test_searches_without_accents(client, db):
    factories.make_area("Súdwest-Fryslân")
    assert names(client.get(URL, {"zoek": "sudwest"})) == ["Súdwest-Fryslân"]


def test_does_not_name_a_coalition_that_is_not_public(client, db):
    area = factories.make_area()
    factories.make_coalition("Geheim", is_public=False, municipalities=(area,))
    assert "Geheim" not in client.get(URL).text


def test_bad_input_and_wrong_method(client, coalition):
    assert names(client.get(URL, {"provincie": "PV99"})) == ["Beesel", "Venlo"]
    assert "Geen gemeente met deze filters." in client.get(URL, {"zoek": "zzz"}).text
    assert client.post(URL).status_code == 405


def test_a_whole_name_leads_to_the_municipality(client, coalition):
    response = client.get("/gemeenten/zoek/", {"naam": " VENLO "})
    assert response.status_code == 302
    assert response.url == "/gemeenten/GM0983/"


@pytest.mark.parametrize(
    ("name", "address"),
    [("ven", "/gemeenten/?zoek=ven"), ("", "/gemeenten/"), ("\0", "/gemeenten/")],
)
def test_a_part_of_a_name_leads_to_the_list(client, coalition, name, address):
    assert client.get("/gemeenten/zoek/", {"naam": name}).url == address


def test_a_name_that_two_municipalities_share_leads_to_the_list(client, db):
    factories.make_area("Bergen")
    factories.make_area("Bergen")
    assert client.get("/gemeenten/zoek/", {"naam": "Bergen"}).url == "/gemeenten/?zoek=Bergen"


@pytest.mark.parametrize("count", [1, 342])
def test_costs_the_same_few_queries_for_one_and_all(client, db, count, django_assert_num_queries):
    areas = [factories.make_area() for _ in range(count)]
    factories.make_coalition(municipalities=tuple(areas[:20]))
    with django_assert_num_queries(5):
        client.get(URL)


@pytest.mark.parametrize(
    ("address", "words", "name"),
    [("/gemeenten/", "beesle", "Beesel"), ("/coalities/", "maas en peeel", "Maas en Peel")],
)
def test_a_slip_of_the_pen_leads_to_the_name_that_was_meant(client, coalition, address, words, name):
    page = client.get(address, {"zoek": words}).text
    assert "Bedoelde je" in page
    assert f">{name}</a>" in page


@pytest.mark.parametrize("spelling", ["5911", "5911 ab"])
def test_a_postcode_leads_to_its_municipality(client, coalition, spelling):
    assert client.get("/gemeenten/zoek/", {"naam": spelling}).url == "/gemeenten/GM0983/"
    assert names(client.get(URL, {"zoek": spelling})) == ["Venlo"]


def test_a_postcode_that_is_not_known_is_said_and_the_name_asked(client, db):
    page = client.get("/gemeenten/zoek/", {"naam": "1099"}, follow=True)
    assert page.redirect_chain[-1][0] == URL
    assert "Wij kennen postcode 1099 niet. Zoek op de naam van je gemeente." in page.text
