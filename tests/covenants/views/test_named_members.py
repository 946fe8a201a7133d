"""A VSV names its members on the way to its signature."""

import pytest
from django.urls import reverse

from tests.covenants.test_parties import vsv  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(version, coalition):
    return reverse("covenants:named-members", args=[coalition.slug, version.covenant.slug, version.number])


def test_the_members_come_before_the_signature(url, version, coalition, vsv, log_in):  # noqa: F811
    client = log_in(vsv.person)
    signing = reverse("covenants:signing", args=[coalition.slug, version.covenant.slug, version.number])
    page = client.get(signing).content.decode()
    assert "Noem eerst namens welke leden u tekent" in page
    assert 'name="typed_name"' not in page
    assert "twee leden" in client.post(url, {"members": "Eén"}).content.decode()
    page = client.post(url, {"members": "Praktijk Venlo\nZiekenhuis Venlo"}, follow=True).content.decode()
    assert "Praktijk Venlo, Ziekenhuis Venlo" in page
    assert 'name="typed_name"' in page


def test_an_organisation_that_is_a_legal_person_has_no_such_page(url, signatory, log_in):
    assert log_in(signatory.person).get(url).status_code == 404


def test_others_find_nothing(url, client, outsider, coordinator, log_in):
    assert client.get(url).status_code == 302
    assert log_in(outsider).get(url).status_code == 404
    assert log_in(coordinator).get(url).status_code == 403
