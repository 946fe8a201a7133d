"""The coordinator ends a document, after she read what follows from it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from covenants.models import VersionState
from tests.covenants.signing_cast import sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(version, coalition):
    return reverse("covenants:covenant-end", args=[coalition.slug, version.covenant.slug])


def test_it_ends_with_a_day_and_a_reason(url, version, signatory, coordinator, log_in):
    sign(version, signatory)
    client = log_in(coordinator)
    assert "Er is nu 1 partij" in client.get(url).content.decode()
    sent = {"ended_on": timezone.localdate().isoformat(), "reason": "Nieuw convenant", "understood": "on"}
    assert "Het document is beëindigd." in client.post(url, sent, follow=True).content.decode()
    version.refresh_from_db()
    assert version.state == VersionState.ENDED
    assert "al beëindigd" in client.get(url).content.decode()
    register = client.get(reverse("covenants:register", args=[version.covenant.coalition.slug]))
    assert "Beëindigd per" in register.content.decode()


def test_without_a_reason_or_a_tick_nothing_ends(url, version, coordinator, log_in):
    page = log_in(coordinator).post(url, {"ended_on": "2020-01-01"}).content.decode()
    assert "Schrijf op waarom het document eindigt." in page
    assert "niet terug te draaien" in page
    version.refresh_from_db()
    assert version.state == VersionState.OPEN


def test_others_end_nothing(url, client, outsider, partner, log_in):
    assert client.get(url).status_code == 302
    assert log_in(outsider).get(url).status_code == 404
    assert log_in(partner).post(url, {}).status_code == 403
