"""Whatever a coalition is called and asks, its board page is one sheet."""

import pytest
from django.urls import reverse

from coalitions.models import Coalition
from monitoring.board_paper import page_count
from tests import factories

pytestmark = pytest.mark.django_db


def test_every_coalition_gets_one_sheet(everything, log_in):
    person = factories.make_person()
    for coalition in Coalition.objects.all():
        factories.give_role(person, coalition)
    client = log_in(person)
    addresses = {
        one.slug: reverse("monitoring:board-pdf", args=[one.slug]) for one in Coalition.objects.all()
    }
    pages = {slug: page_count(client.get(address).content) for slug, address in addresses.items()}
    assert len(pages) > 5
    assert {slug: count for slug, count in pages.items() if count != 1} == {}
