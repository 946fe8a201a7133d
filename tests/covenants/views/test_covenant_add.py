"""The coordinator starts a document."""

import pytest
from django.urls import reverse

from covenants.models import Covenant
from tests import factories

pytestmark = pytest.mark.django_db
TERMS = {"kind": "covenant", "title": "Convenant Maas en Peel", "notice_months": "3", "force_rule": "at_once"}


@pytest.fixture
def address(coalition) -> str:
    return reverse("covenants:covenant-add", args=[coalition.slug])


def test_a_name_makes_a_draft(log_in, coordinator, coalition, address):
    response = log_in(coordinator).post(address, TERMS)
    covenant = coalition.covenants.get()
    assert response["Location"] == reverse("covenants:draft-edit", args=[coalition.slug, covenant.slug])
    assert covenant.versions.get().is_draft


def test_others_start_none(client, log_in, partner, outsider, address):
    assert client.post(address, TERMS).status_code == 302
    assert log_in(outsider).post(address, TERMS).status_code == 404
    assert log_in(partner).post(address, TERMS).status_code == 403
    assert not Covenant.objects.exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "Dit veld is verplicht"),
        ({"title": "Voor 111222333"}, "burgerservicenummer"),
        ({"force_rule": "quorum"}, "Vul in bij hoeveel partijen"),
        ({"force_rule": "quorum", "quorum": "1"}, "minstens 2 is"),
        ({"notice_months": "99"}, "hoogstens 36 is"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(log_in, coordinator, address, change, sentence):
    response = log_in(coordinator).post(address, TERMS | change)
    assert sentence in response.content.decode()
    assert not Covenant.objects.exists()


def test_a_number_that_no_rule_asks_for_is_left_out(log_in, coordinator, coalition, address):
    log_in(coordinator).post(address, TERMS | {"quorum": "10"})
    assert coalition.covenants.get().versions.get().quorum is None


def test_a_second_document_gets_an_address_of_its_own(log_in, coordinator, coalition, address):
    factories.make_draft(coalition)
    log_in(coordinator).post(address, TERMS)
    assert coalition.covenants.count() == 2
