"""What stands where figures will come, as long as nothing is published."""

import pytest
from django.contrib.auth.models import AnonymousUser

from monitoring import selection
from monitoring.panels import panels
from portal.hooks import Place

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()
URL = "/indicatoren/vroeggeboorte/"


def test_a_coalition_has_no_block(coalition):
    assert panels(Place.COALITION, coalition, NOBODY) == []


def test_a_map_has_no_classes(deliver, country):
    chosen = selection.select("vroeggeboorte", person=NOBODY, words={"gebied": "NL"})
    assert selection.breaks(chosen) == []


def test_an_indicator_says_so(deliver, country, client):
    assert "Nog niet aangeleverd" in client.get(URL).content.decode()


def test_there_is_no_origin(deliver, country, client):
    assert client.get(f"{URL}herkomst/").status_code == 404
