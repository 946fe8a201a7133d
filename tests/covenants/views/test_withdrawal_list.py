"""Who gave notice, and an earlier day that the parties agreed on."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from covenants.register import entry_of
from tests.covenants.signing_cast import sign
from tests.covenants.test_withdrawals import withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(version, coalition):
    return reverse("covenants:withdrawal-list", args=[coalition.slug, version.covenant.slug])


def test_a_shorter_term_is_written_down(url, version, signatory, coordinator, log_in):
    client = log_in(coordinator)
    assert "Niemand heeft opgezegd." in client.get(url).content.decode()
    sign(version, signatory)
    given = withdraw(version, signatory, reason="Wij stoppen.")
    assert "Wij stoppen." in client.get(url).content.decode()
    shorten = f"{url}{given.pk}/korter/"
    assert client.get(shorten).status_code == 200
    late = client.post(shorten, {"effective_on": given.effective_on.isoformat(), "basis": "Overleg"})
    assert "vóór het einde van de gewone opzegtermijn" in late.content.decode()
    day = timezone.localdate() + datetime.timedelta(days=3)
    sent = {"effective_on": day.isoformat(), "basis": "Bestuurlijk overleg"}
    done = client.post(shorten, sent, follow=True)
    assert "afgesproken in Bestuurlijk overleg" in done.content.decode()
    assert entry_of(version.covenant, signatory.organisation).leaves_on == day


def test_a_notice_of_another_document_does_not_exist(url, coordinator, log_in):
    assert log_in(coordinator).get(f"{url}99/korter/").status_code == 404


def test_others_find_nothing(url, client, outsider, partner, log_in):
    assert client.get(url).status_code == 302
    assert log_in(outsider).get(url).status_code == 404
    assert log_in(partner).get(url).status_code == 403
