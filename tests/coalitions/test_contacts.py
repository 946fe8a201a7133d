"""Who may see whose address: by one's own choice, in the group that one leads, and for who coordinates."""

import pytest

from coalitions import groups
from coalitions.contacts import may_see_address, people_of
from coalitions.models import GroupRole
from partners.models import Person
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(coalition):
    person = factories.make_person("Gerda Trekker")
    factories.make_representative(person, factories.make_member(coalition).organisation)
    return person


@pytest.fixture
def group(coalition, lead):
    return factories.make_group(coalition, lead, name="Vaders")


@pytest.fixture
def shared(coalition, group, partner, alderman, lead):
    """Petra Partner and the alderman are in the group."""
    for person in (partner, alderman):
        groups.add_person(group=group, person=person, role=GroupRole.MEMBER, by=lead)
    return partner


def choose(person, choice):
    Person.objects.filter(pk=person.pk).update(shares_contact=choice)
    person.refresh_from_db()


@pytest.mark.parametrize(
    ("choice", "seen_by"),
    [
        ("none", {"coordinator", "lead"}),
        ("working_group", {"coordinator", "lead", "alderman"}),
        ("coalition", {"coordinator", "lead", "alderman", "colleague"}),
        ("public", {"coordinator", "lead", "alderman", "colleague", "outsider"}),
    ],
)
def test_each_choice_reaches_as_far_as_it_says(
    coalition, coordinator, lead, alderman, outsider, shared, choice, seen_by
):
    choose(shared, choice)
    colleague = factories.make_person("Carlo Collega")
    factories.make_representative(colleague, factories.make_member(coalition).organisation)
    viewers = {
        "coordinator": coordinator,
        "lead": lead,
        "alderman": alderman,
        "colleague": colleague,
        "outsider": outsider,
    }
    assert {name for name, viewer in viewers.items() if may_see_address(shared, viewer=viewer)} == seen_by
    organisation = shared.representatives.get().organisation
    assert {
        name for name, viewer in viewers.items() if people_of(organisation, viewer=viewer)[0].email
    } == seen_by


def test_it_ends_with_the_group_and_with_ones_place_in_it(coordinator, lead, alderman, shared, group):
    choose(shared, "working_group")
    groups.end_seat(seat=group.seats.get(person=alderman), by=lead)
    assert not may_see_address(shared, viewer=alderman)
    assert may_see_address(shared, viewer=lead)
    groups.close(group=group, reason="Klaar", by=coordinator)
    assert not may_see_address(shared, viewer=lead)


def test_the_page_of_the_group_shows_what_each_may_see(log_in, lead, alderman, shared, group):
    page = group.get_absolute_url()
    assert f"mailto:{shared.email}" in log_in(lead).get(page).text
    assert f"mailto:{shared.email}" not in log_in(alderman).get(page).text
    choose(shared, "working_group")
    assert f"mailto:{shared.email}" in log_in(alderman).get(page).text
