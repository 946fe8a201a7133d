import pytest

from monitoring import rules

pytestmark = pytest.mark.django_db

URL = "/verantwoording/"


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def test_everybody_reads_how_figures_are_made(client):
    text = text_of(client.get(URL))
    for word in ("Wilson", "Byar", "Poisson", "99,8 procent", "peildatum niet bekend", "CC BY 4.0"):
        assert word in text
    assert f"geen aantal onder de {rules.SMALLEST_COUNT}" in text


def test_the_page_is_honest_about_what_is_not_there_yet(client):
    text = text_of(client.get(URL))
    assert "Daarom controleren wij alle totalen tegelijk" in text
    assert "Is dat aantal klein, dan tonen wij BIG2 van die gemeente niet." in text
    assert "Cijfers per wijk toont het portaal niet." in text


def test_each_source_stands_there_once(client):
    assert text_of(client.get(URL)).count("Verzonnen cijfers, niet gebruiken") == 1


def test_the_page_is_read_only(client):
    assert client.post(URL).status_code == 405
