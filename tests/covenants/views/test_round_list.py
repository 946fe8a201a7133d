"""Opening and closing rounds, as the coordinator does it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from covenants import rounds
from covenants.models import Round
from tests import factories
from tests.covenants.signing_cast import make_signatory

pytestmark = pytest.mark.django_db


@pytest.fixture
def text(coalition):
    return factories.freeze(factories.make_draft(coalition))


@pytest.fixture
def url(text, coalition):
    return reverse("covenants:round-list", args=[coalition.slug, text.covenant.slug, text.number])


def test_a_round_opens_with_invitations_and_closes(url, text, coalition, coordinator, log_in):
    make_signatory(coalition, coordinator)
    client = log_in(coordinator)
    assert "Van 1 organisatie mag iemand tekenen" in client.get(url).content.decode()
    page = client.post(url, {"last_day": "2030-01-31", "kind": "sign"}, follow=True).content.decode()
    assert "Per mail verstuurd: 1 uitnodiging." in page
    opened = Round.objects.get()
    assert f"{opened.closes_at:%Y-%m-%d %H:%M}" == "2030-01-31 23:00"
    page = client.post(f"{url}{opened.pk}/sluiten/", follow=True).content.decode()
    assert "Ronde 1 is gesloten." in page


def test_a_last_day_that_went_by_is_refused(url, coordinator, log_in):
    page = log_in(coordinator).post(url, {"last_day": "2020-01-31", "kind": "sign"})
    assert "De sluitingsdatum is al voorbij." in page.content.decode()
    assert not Round.objects.exists()


def test_anonymous_visitors_log_in_first(url, client):
    assert client.get(url)["Location"].startswith(reverse("account_login"))


def test_outsiders_find_nothing(url, outsider, log_in):
    assert log_in(outsider).get(url).status_code == 404


def test_a_partner_is_refused(url, partner, log_in):
    assert log_in(partner).get(url).status_code == 403


def test_closing_is_an_act(url, coordinator, log_in):
    assert log_in(coordinator).get(f"{url}1/sluiten/").status_code == 405
    assert log_in(coordinator).post(f"{url}1/sluiten/").status_code == 404


def test_a_round_that_was_closed_early_was_open_until_then(version, coalition, coordinator, log_in):
    client = log_in(coordinator)
    page = reverse("covenants:round-list", args=[coalition.slug, version.covenant.slug, version.number])
    round = version.rounds.get()
    planned = date_format(timezone.localtime(round.closes_at), "j F Y, H.i")
    assert planned in client.get(page).content.decode()
    rounds.close_round(round=round, by=coordinator)
    text = client.get(page).content.decode()
    assert planned not in text
    assert date_format(timezone.localdate(), "j F Y") in text


@pytest.mark.parametrize(
    ("closes_at", "closed_at", "words"),
    [
        ((2026, 12, 31, 0, 0), None, "tot en met 30 december 2026"),
        ((2026, 12, 31, 17, 5), None, "tot 31 december 2026, 17.05 uur"),
        ((2026, 12, 31, 0, 0), (2026, 12, 1, 9, 30), "tot 1 december 2026, 09.30 uur"),
    ],
)
def test_a_round_says_how_long_it_is_open_as_people_do(closes_at, closed_at, words):
    zone = timezone.get_current_timezone()
    moments = [
        datetime.datetime(*moment, tzinfo=zone) if moment else None for moment in (closes_at, closed_at)
    ]
    assert Round(closes_at=moments[0], closed_at=moments[1]).until == words
