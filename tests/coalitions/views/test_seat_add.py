"""Seats of a member on the screen."""

import pytest
from django.utils import timezone

from coalitions.models import Seat
from portal.models import Mail
from tests import factories

TODAY = timezone.localdate()


@pytest.fixture
def membership(partner, coalition):
    return coalition.memberships.get()


@pytest.fixture
def speaker(partner):
    return partner.representatives.get()


@pytest.fixture
def url(membership):
    return f"{membership.get_absolute_url()}zetels/nieuw/"


def data(who, **changes):
    return {"who": who, "level": "board", "kind": "regular", "from_date": TODAY.isoformat(), **changes}


def test_works_for_who_speaks_for_it(log_in, coordinator, membership, speaker, url):
    client = log_in(coordinator)
    assert client.post(url, data(speaker.pk, kind="deputy")).url == membership.get_absolute_url()
    seat = Seat.objects.get()
    assert (seat.level, seat.kind, seat.representative) == ("board", "deputy", speaker)
    page = client.get(membership.get_absolute_url()).text
    assert "Plaatsvervanger" in page
    assert "Nog niemand op: uitvoering, management." in page


def test_somebody_new_is_invited_with_her_seat(log_in, coordinator, membership, url):
    person = {"name": "Dirk Directeur", "email": "dirk@example.org", "function": "directeur"}
    log_in(coordinator).post(url, data("nieuw", **person))
    seat = Seat.objects.get()
    assert seat.representative.person.email == "dirk@example.org"
    assert seat.representative.organisation == membership.organisation
    assert Mail.objects.get(purpose="invitation").recipient == "dirk@example.org"


def test_anonymous_is_asked_to_log_in(client, url):
    assert client.get(url).url.startswith("/inloggen/")


def test_an_outsider_does_not_find_it(log_in, outsider, url):
    assert log_in(outsider).get(url).status_code == 404


def test_a_partner_may_not(log_in, partner, speaker, url):
    assert log_in(partner).post(url, data(speaker.pk)).status_code == 403
    assert not Seat.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"who": "999999"}, "keuze"),
        ({"who": "nieuw"}, "Dit is nodig om iemand uit te nodigen."),
        ({"level": "troon"}, "keuze"),
        ({"kind": "kruk"}, "keuze"),
        ({"from_date": "ooit"}, "Vul een datum in"),
    ],
)
def test_bad_input_gives_nothing(log_in, coordinator, speaker, url, change, words):
    response = log_in(coordinator).post(url, data(speaker.pk) | change)
    assert words in response.text
    assert not Seat.objects.exists()


def test_the_same_seat_twice_is_refused(log_in, coordinator, membership, speaker, url):
    factories.give_seat(membership, speaker)
    assert "al een zetel" in log_in(coordinator).post(url, data(speaker.pk)).text


def test_who_is_no_member_has_no_seat(log_in, coordinator, coalition):
    wanted = factories.make_member(coalition, state="invited", joined_on=None)
    speaker = factories.make_representative(factories.make_person(), wanted.organisation)
    page = log_in(coordinator).post(f"{wanted.get_absolute_url()}zetels/nieuw/", data(speaker.pk)).text
    assert "Alleen een lid heeft een zetel." in page


def test_a_seat_ends(log_in, coordinator, coalition, membership, speaker):
    seat = factories.give_seat(membership, speaker)
    end = f"/coalities/{coalition.slug}/zetels/{seat.pk}/beeindigen/"
    client = log_in(coordinator)
    assert client.post(end, {"on": TODAY.isoformat()}).url == membership.get_absolute_url()
    seat.refresh_from_db()
    assert seat.is_over
    assert "al eerder beëindigd" in client.post(end, {"on": TODAY.isoformat()}).text


def test_a_seat_elsewhere_is_not_found(log_in, coordinator, coalition, speaker):
    other = factories.make_member(factories.make_coalition(), speaker.organisation)
    seat = factories.give_seat(other, speaker)
    page = f"/coalities/{coalition.slug}/zetels/{seat.pk}/beeindigen/"
    assert log_in(coordinator).get(page).status_code == 404
