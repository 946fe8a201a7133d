"""What an organisation signed, and that it gave notice, stands in the life of its membership."""

import pytest
from django.utils.formats import date_format

from covenants import life
from partners import merging
from tests import factories
from tests.covenants.signing_cast import sign
from tests.covenants.test_withdrawals import withdraw

pytestmark = pytest.mark.django_db


def told(membership, person):
    return [(line.title, line.detail) for line in life.life_of(membership, person)]


def test_signing_and_giving_notice(version, signatory, coordinator, coalition, log_in):
    membership = coalition.memberships.get(organisation=signatory.organisation)
    assert told(membership, coordinator) == []
    sign(version, signatory)
    title = version.covenant.title
    assert told(membership, coordinator) == [("Ondertekening", f"{title}, versie {version.number}")]
    given = withdraw(version, signatory)
    day = date_format(given.effective_on, "j F Y")
    assert ("Convenant opgezegd", f"{title}, partij tot {day}") in told(membership, coordinator)
    page = log_in(coordinator).get(membership.get_absolute_url()).text
    assert "Convenant opgezegd" in page


def test_what_went_into_an_organisation_signed_for_it(version, signatory, coordinator, coalition):
    sign(version, signatory)
    kept = factories.make_member(coalition)
    merging.merge(kept=kept.organisation, gone=signatory.organisation, by=coordinator)
    assert [title for title, _ in told(kept, coordinator)] == ["Ondertekening"]


def test_it_costs_one_query(version, signatory, coordinator, coalition, django_assert_num_queries):
    sign(version, signatory)
    membership = coalition.memberships.get(organisation=signatory.organisation)
    with django_assert_num_queries(1):
        told(membership, coordinator)
