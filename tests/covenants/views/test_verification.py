import pytest

pytestmark = pytest.mark.django_db

URL = "/verificatie/"


def test_everybody_reads_that_nothing_was_sealed_yet(client):
    text = client.get(URL).content.decode()
    assert "Dit portaal heeft nog geen document verzegeld" in text
    assert "/contact/" in text


def test_the_page_offers_no_check_that_it_cannot_do(client):
    text = client.get(URL).content.decode()
    assert 'type="file"' not in text


def test_the_page_is_read_only(client):
    assert client.post(URL).status_code == 405
