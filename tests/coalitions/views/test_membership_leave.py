"""A partner takes her own organisation out of the coalition."""

import pytest
from django.utils import timezone

from coalitions.models import MembershipState
from portal.models import Mail
from tests import factories

TODAY = timezone.localdate()


@pytest.fixture
def membership(coalition, partner):
    return coalition.memberships.get()


@pytest.fixture
def signer(coalition, coordinator, partner):
    factories.give_mandate(partner.representatives.get(), checked_by=coordinator)
    return partner


@pytest.fixture
def url(coalition, membership):
    return f"/coalities/{coalition.slug}/leden/{membership.pk}/opzeggen/"


def test_works_and_tells_the_coordinator(log_in, signer, coordinator, membership, url):
    client = log_in(signer)
    assert "U zegt het lidmaatschap van Welzijn Maasdorp" in client.get(url).text

    response = client.post(url, {"on": TODAY.isoformat(), "reason": "Wij fuseren", "seen": "member"})

    assert response.url == "/mijn/"
    membership.refresh_from_db()
    assert (membership.state, membership.leave_reason) == (MembershipState.LEFT, "Wij fuseren")
    mail = Mail.objects.get()
    assert mail.recipient == coordinator.email
    assert "Wij fuseren" in mail.text


def test_anonymous_is_asked_to_log_in(client, url):
    assert client.get(url).url.startswith("/inloggen/")


def test_an_outsider_does_not_find_it(log_in, outsider, url):
    assert log_in(outsider).get(url).status_code == 404


@pytest.mark.parametrize("fixture", ["partner", "alderman", "coordinator"])
def test_without_a_checked_mandate_it_may_not(log_in, request, fixture, url):
    assert log_in(request.getfixturevalue(fixture)).get(url).status_code == 403


def test_the_membership_of_another_organisation_is_not_found(log_in, signer, coalition):
    other = factories.make_member(coalition)
    url = f"/coalities/{coalition.slug}/leden/{other.pk}/opzeggen/"
    assert log_in(signer).post(url, {"on": TODAY.isoformat(), "reason": "x"}).status_code == 404
    other.refresh_from_db()
    assert other.state == MembershipState.MEMBER


def test_it_asks_why(log_in, signer, membership, url):
    page = log_in(signer).post(url, {"on": TODAY.isoformat()}).text
    assert "Schrijf kort op waarom." in page
    membership.refresh_from_db()
    assert membership.state == MembershipState.MEMBER
