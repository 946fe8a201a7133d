"""One organisation."""

import pytest

from coalitions.models import MembershipState, Role
from partners.models import Person
from tests import factories


@pytest.fixture
def organisation(coalition):
    found = factories.make_organisation("Kraamzorg Venlo")
    factories.make_member(coalition, found)
    return found


@pytest.fixture
def midwife(organisation):
    person = factories.make_person("Mia Kraam", email="mia@example.org")
    factories.make_representative(person, organisation, function="teamleider")
    return person


def test_works_for_a_partner(log_in, partner, organisation, coalition, midwife):
    page = log_in(partner).get(organisation.get_absolute_url()).text
    for words in ("Kraamzorg Venlo", coalition.name, "Mia Kraam", "Teamleider"):
        assert words in page


def test_anonymous_is_asked_to_log_in(client, organisation):
    assert client.get(organisation.get_absolute_url()).status_code == 302


def test_an_outsider_does_not_find_who_is_only_wanted_elsewhere(log_in, outsider, coalition):
    wanted = factories.make_organisation("Woonstichting")
    factories.make_member(coalition, wanted, state=MembershipState.PROSPECT)
    assert log_in(outsider).get(wanted.get_absolute_url()).status_code == 404


def test_the_coordinator_sees_who_is_wanted(log_in, coordinator, coalition):
    wanted = factories.make_organisation("Woonstichting")
    factories.make_member(coalition, wanted, state=MembershipState.PROSPECT)
    assert "Gewenst" in log_in(coordinator).get(wanted.get_absolute_url()).text


def test_somebody_without_a_part_anywhere_may_not_see_it(log_in, organisation):
    stranger = factories.make_person()
    assert log_in(stranger).get(organisation.get_absolute_url()).status_code == 403


def test_an_administrator_sees_the_organisation_and_not_its_people(
    log_in, organisation, administrator, midwife
):
    page = log_in(administrator).get(organisation.get_absolute_url()).text
    assert "Kraamzorg Venlo" in page
    assert "Mia Kraam" not in page


def test_a_reader_may_not_see_it(log_in, organisation, coalition):
    reader = factories.make_person()
    factories.give_role(reader, coalition, Role.READER)
    assert log_in(reader).get(organisation.get_absolute_url()).status_code == 403


def test_unknown_organisation_and_wrong_method(log_in, partner, organisation):
    assert log_in(partner).get("/organisaties/999999/").status_code == 404
    assert log_in(partner).post(organisation.get_absolute_url()).status_code == 405


@pytest.mark.parametrize(
    ("shares", "seen_by_partner", "seen_by_outsider"),
    [
        (Person.Shares.NOBODY, False, False),
        (Person.Shares.WORKING_GROUP, False, False),
        (Person.Shares.COALITION, True, False),
        (Person.Shares.PUBLIC, True, True),
    ],
)
def test_an_address_is_seen_by_who_she_shares_it_with(
    log_in, partner, outsider, organisation, midwife, shares, seen_by_partner, seen_by_outsider
):
    midwife.shares_contact = shares
    midwife.save()
    url = organisation.get_absolute_url()
    assert ("mia@example.org" in log_in(partner).get(url).text) is seen_by_partner
    assert ("mia@example.org" in log_in(outsider).get(url).text) is seen_by_outsider


def test_the_coordinator_sees_every_address(log_in, coordinator, organisation, midwife):
    assert "mia@example.org" in log_in(coordinator).get(organisation.get_absolute_url()).text


def test_somebody_sees_her_own_address(log_in, organisation, midwife):
    assert "mia@example.org" in log_in(midwife).get(organisation.get_absolute_url()).text


def test_costs_few_queries(log_in, partner, organisation, midwife, django_assert_max_num_queries):
    for _ in range(10):
        factories.make_member(factories.make_coalition(), organisation)
        factories.make_representative(factories.make_person(), organisation)
    client = log_in(partner)
    with django_assert_max_num_queries(12):
        client.get(organisation.get_absolute_url())
