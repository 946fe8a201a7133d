import pytest
from django.urls import reverse

from monitoring import exports

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("early_births_once")]

FIGURES = reverse("monitoring:api-figures", args=["vroeggeboorte"])


def test_the_document_describes_exactly_what_is_answered(early_births, coalition, client):
    described = client.get(reverse("monitoring:api-description")).json()
    assert described["openapi"] == "3.1.0"
    schemas = described["components"]["schemas"]
    answer = client.get(FIGURES, {"gebied": coalition.slug}).json()
    assert set(answer) == set(schemas["Cijfers"]["required"])
    assert set(answer["cijfers"][0]) == set(schemas["Cijfer"]["properties"]) == set(exports.HEADER)
    for row in answer["cijfers"]:
        for name, value in row.items():
            types = schemas["Cijfer"]["properties"][name]["type"]
            assert isinstance(value, str) == ("string" in types), name
    for path in described["paths"]:
        assert client.get(path.replace("{code}", "vroeggeboorte")).status_code == 200, path


def test_who_asks_again_gets_no_body_until_other_figures_are_published(early_births, client, deliver):
    first = client.get(FIGURES)
    assert "public" in first["Cache-Control"]
    again = client.get(FIGURES, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    deliver(("GM0014", 2024, "vroeggeboorte", 140, 2000), filename="later.csv")
    later = client.get(FIGURES, headers={"If-None-Match": first["ETag"]})
    assert later.status_code == 200
    assert later.json()["uitgave"] != first.json()["uitgave"]


def test_what_somebody_sees_because_she_logged_in_is_kept_by_no_shared_cache(early_births, log_in, analyst):
    assert "private" in log_in(analyst).get(FIGURES)["Cache-Control"]


def test_catalogue_and_areas_lead_to_the_figures(early_births, coalition, client):
    found = client.get(reverse("monitoring:api-indicators")).json()["indicatoren"]
    (one,) = [item for item in found if item["code"] == "vroeggeboorte"]
    assert one["cijfers"] == FIGURES
    areas = client.get(reverse("monitoring:api-areas")).json()["gebieden"]
    assert coalition.area.code in {area["code"] for area in areas}


def test_an_unknown_area_is_not_found(early_births, client):
    assert client.get(FIGURES, {"gebied": "ergens"}).status_code == 404
    assert client.post(FIGURES).status_code == 405


def test_what_is_suppressed_is_in_no_form_of_the_figures(early_births, coalition, client):
    """Beesel has 7 of 110; neither number nor the percentage may be anywhere."""
    page = reverse("monitoring:indicator-detail", args=["vroeggeboorte"])
    choice = f"?gebied={coalition.slug}&periode=2023"
    hidden = ("6,4%", "6.36", ">110<", ";110;", ": 110")
    chart = reverse("monitoring:indicator-svg", args=["vroeggeboorte", "gemeenten"])
    for address in (page, FIGURES, page[:-1] + ".csv", chart):
        text = client.get(address + choice).content.decode()
        assert "Beesel" in text, address
        assert not [words for words in hidden if words in text], address
    (row,) = [
        row
        for row in client.get(FIGURES + choice).json()["cijfers"]
        if row["gebied"] == "Beesel" and row["periode"] == "2023"
    ]
    assert (row["waarde"], row["teller"], row["noemer"]) == (None, None, None)
    assert row["stand"] == "Niet getoond: te kleine aantallen"
    response = client.get(reverse("monitoring:indicator-svg", args=["vroeggeboorte", "trechter"]) + choice)
    assert response.status_code == 404 or "Beesel" not in response.content.decode()
