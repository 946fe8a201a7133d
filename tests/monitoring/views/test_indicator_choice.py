import pytest

from monitoring import indicator_sets

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(coalition) -> str:
    return f"/coalities/{coalition.slug}/instellingen/cijfers/"


ACTS = {"kiezen": "indicator", "verplaatsen": "omhoog", "weglaten": "indicator"}


def test_a_coordinator_chooses_and_orders(url, coalition, coordinator, log_in):
    client = log_in(coordinator)
    text = client.get(url).content.decode()
    assert "Jullie hebben nog niets gekozen." in text
    for code in ("vroeggeboorte", "tienermoeders"):
        client.post(f"{url}kiezen/", {"indicator": code})
    client.post(f"{url}verplaatsen/", {"omhoog": "tienermoeders"})
    text = client.get(url).content.decode()
    assert text.index('href="/indicatoren/tienermoeders/"') < text.index('href="/indicatoren/vroeggeboorte/"')
    # Marked where the definition was not read at its source.
    assert "Staat daarom niet op de pagina voor bestuurders." in text
    client.post(f"{url}verplaatsen/", {"omlaag": "tienermoeders"})
    client.post(f"{url}weglaten/", {"indicator": "vroeggeboorte"})
    assert indicator_sets.chosen_codes(coalition) == ["tienermoeders"]
    settings = client.get(url.removesuffix("cijfers/")).content.decode()
    assert "De coalitie koos 1 cijfer uit de lijst." in settings
    assert f'href="{url}"' in settings


@pytest.mark.parametrize(("act", "key"), ACTS.items())
def test_others_change_nothing(act, key, url, coalition, alderman, outsider, client, log_in):
    url = f"{url}{act}/"
    assert client.post(url, {key: "big2"}).status_code == 302
    assert log_in(outsider).post(url, {key: "big2"}).status_code == 404
    assert log_in(alderman).post(url, {key: "big2"}).status_code == 403
    assert indicator_sets.chosen_codes(coalition) == []


def test_what_cannot_be_is_told(url, coordinator, log_in):
    client = log_in(coordinator)
    assert client.post(f"{url}kiezen/", {"indicator": "verzonnen"}).status_code == 422
    response = client.post(f"{url}weglaten/", {"indicator": "big2"}, follow=True)
    assert "Dit cijfer staat niet meer in de lijst." in response.content.decode()
    assert client.get(f"{url}kiezen/").status_code == 405
