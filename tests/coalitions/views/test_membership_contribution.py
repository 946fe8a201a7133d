"""What an organisation is in the coalition, written by two at once as well."""

import pytest

from coalitions import members
from portal.revisions import revision_of
from tests import factories


@pytest.fixture
def membership(coalition):
    return factories.make_member(coalition)


@pytest.fixture
def url(coalition, membership):
    return f"/coalities/{coalition.slug}/leden/{membership.pk}/rol/"


def test_works(log_in, coordinator, membership, url):
    client = log_in(coordinator)
    client.post(url, {"contribution_role": " initiatiefnemer ", "seen": revision_of(membership)})
    membership.refresh_from_db()
    assert membership.contribution_role == "initiatiefnemer"


def test_anonymous_is_asked_to_log_in(client, url):
    assert client.get(url).url.startswith("/inloggen/")


def test_an_outsider_does_not_find_it(log_in, outsider, url):
    assert log_in(outsider).get(url).status_code == 404


def test_a_partner_may_not(log_in, partner, url):
    assert log_in(partner).post(url, {"contribution_role": "x"}).status_code == 403


def test_of_two_writers_the_second_sees_both_values(log_in, coordinator, membership, url):
    seen = revision_of(membership)
    other = factories.make_person("Klaas Kwartiermaker")
    members.change_contribution(membership=membership, contribution_role="financier", by=other)

    page = log_in(coordinator).post(url, {"contribution_role": "deelnemer", "seen": seen}).text

    assert "Intussen gewijzigd door Klaas Kwartiermaker om" in page
    assert "staat nu ‘financier’; jij vulde in ‘deelnemer’" in page
    membership.refresh_from_db()
    assert membership.contribution_role == "financier"


def test_a_change_of_something_else_is_no_conflict(log_in, coordinator, membership, url):
    seen = revision_of(membership)
    members.rest(membership=membership, by=coordinator)
    response = log_in(coordinator).post(url, {"contribution_role": "deelnemer", "seen": seen})
    assert response.status_code == 302
