import pytest

from monitoring.catalogue import load_definitions
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("early_births_once")]

URL = "/indicatoren/"


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_everybody_sees_the_catalogue_with_the_figure_of_the_country(early_births, client):
    text = text_of(client.get(URL))
    for definition in load_definitions():
        assert definition.name in text
    assert "7,0%" in text
    assert "Nog niet aangeleverd" in text
    assert "Demonstratiecijfer: verzonnen" in text


def test_a_coalition_stands_beside_the_country(early_births, coalition, client):
    text = text_of(client.get(URL, {"coalitie": coalition.slug}))
    assert "7,6%" in text
    assert "Geen duidelijk verschil met Nederland" in text


def test_a_coalition_that_is_not_public_does_not_exist_for_others(client, db):
    hidden = factories.make_coalition("Geheim", is_public=False)
    assert client.get(URL, {"coalitie": hidden.slug}).status_code == 404
    assert "Geheim" not in text_of(client.get(URL))


def test_search_and_theme_leave_only_what_fits(early_births, client):
    text = text_of(client.get(URL, {"zoek": "te vroeg", "thema": "geboorte"}))
    assert "Vroeggeboorte" in text
    assert "Tienermoeders" not in text


def test_nothing_found_gives_the_one_next_step(early_births, client):
    text = text_of(client.get(URL, {"zoek": "maanreizen"}))
    assert "Geen cijfers met deze filters." in text
    assert "Wis alle filters" in text


def test_an_unknown_theme_is_ignored_with_an_error_and_no_crash(early_births, client):
    assert client.get(URL, {"thema": "onzin"}).status_code == 200


def test_the_catalogue_is_read_only(client, db):
    assert client.post(URL).status_code == 405


def test_the_catalogue_stays_within_its_queries(
    early_births, coalition, coordinator, log_in, django_assert_max_num_queries
):
    client = log_in(coordinator)
    with django_assert_max_num_queries(12):
        client.get(URL, {"coalitie": coalition.slug})


def test_what_no_source_gives_stands_on_the_agenda_without_a_figure(client, coalition):
    text = client.get("/indicatoren/").content.decode()
    for name in (
        "Kindermishandeling",
        "Overgewicht",
        "Opleidingsniveau van de moeder",
        "Kinderen in achterstandswijken",
        "Geen vaste woning",
        "Doodsoorzaken",
        "Zorggebruik",
    ):
        assert f'<th scope="row">{name}<span' in text
    assert text.count("Nog geen bron") == 7
    assert "Ongeverifieerd" in text
    found = client.get("/indicatoren/?zoek=overgewicht").content.decode()
    assert found.count("Nog geen bron") == 1
    assert "Nog geen bron" not in client.get("/indicatoren/?thema=geboorte").content.decode()
