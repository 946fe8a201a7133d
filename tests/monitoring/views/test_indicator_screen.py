import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("early_births_once")]

URL = "/indicatoren/vroeggeboorte/scherm/"


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_one_screen_says_what_the_figure_says(early_births, coalition, client):
    text = text_of(client.get(URL, {"gebied": coalition.slug}))
    assert "Hoeveel kinderen worden te vroeg geboren?" in text
    assert "7,6%" in text
    assert text.count('role="img"') == 2
    assert "Uitgave" in text
    assert "Bron: Demonstratiecijfers" in text


def test_the_shared_reading_is_for_who_takes_part(read_together, coalition, coordinator, log_in, client):
    query = {"gebied": coalition.slug, "periode": "2023"}
    assert read_together.text not in text_of(client.get(URL, query))
    assert read_together.text in text_of(log_in(coordinator).get(URL, query))


def test_what_is_hidden_has_no_number(early_births, client):
    text = text_of(client.get(URL, {"gebied": "GM0889", "periode": "2023"}))
    assert "Niet getoond: te kleine aantallen" in text
    assert "6,4" not in text


def test_an_unknown_choice_does_not_exist(early_births, client):
    assert client.get(URL, {"gebied": "GM9999"}).status_code == 404


def test_the_page_is_read_only(early_births, client):
    assert client.post(URL).status_code == 405
