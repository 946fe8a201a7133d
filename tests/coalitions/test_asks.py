"""What waits for a coordinator."""

import datetime

from coalitions import asks, talks
from coalitions.models import MembershipState, Role
from tests import factories
from tests.coalitions.test_join_requests import submit


def test_parties_that_are_not_a_member_yet_wait_for_the_coordinator(coordinator, coalition):
    for state in (MembershipState.IN_TALKS, MembershipState.IN_TALKS, MembershipState.INVITED):
        factories.make_member(coalition, state=state)
    found = asks.asks_in(coalition, coordinator)
    assert [ask.title for ask in found] == [
        "2 organisaties zijn in gesprek. Wat is de volgende stap?",
        "1 organisatie is uitgenodigd en nog geen lid",
    ]
    assert [ask.action for ask in found] == ["Bekijk wie in gesprek zijn", "Bekijk wie is uitgenodigd"]
    assert found[0].url == f"/coalities/{coalition.slug}/beheer/leden/?stand=in_talks"


def test_members_and_wishes_ask_nothing(coordinator, coalition):
    for state in (MembershipState.MEMBER, MembershipState.PROSPECT, MembershipState.LEFT):
        factories.make_member(coalition, state=state)
    assert asks.asks_in(coalition, coordinator) == []


def test_her_own_page_names_the_coalition(coordinator, coalition):
    factories.make_member(coalition, state=MembershipState.INVITED)
    (ask,) = asks.asks_of(coordinator)
    assert ask.detail == coalition.name


def test_a_partner_is_not_asked_and_learns_nothing(partner, coalition):
    factories.make_member(coalition, state=MembershipState.INVITED)
    assert asks.asks_of(partner) == []
    assert asks.asks_in(coalition, partner) == []


def test_several_coalitions_cost_no_more_queries(coordinator, coalition, django_assert_num_queries):
    for _ in range(3):
        other = factories.make_coalition()
        factories.give_role(coordinator, other)
        factories.make_member(other, state=MembershipState.INVITED)
    # Her roles, once for the request; mandates to check, mandates that end, and parties.
    with django_assert_num_queries(4):
        assert len(asks.asks_of(coordinator)) == 3


def test_requests_and_late_steps_wait_with_their_date(coordinator, coalition):
    submit(coalition)
    spell = factories.make_member(coalition)
    yesterday = factories.today() - datetime.timedelta(days=1)
    for due in (yesterday, factories.today()):
        talks.record(
            coalition=coalition,
            organisation=spell.organisation,
            by=coordinator,
            on=yesterday,
            next_step="Bellen",
            due=due,
        )
    found = {ask.title: ask for ask in asks.asks_in(coalition, coordinator)}
    assert found["1 organisatie wil meedoen"].due > factories.today()
    assert found["1 stap is te laat"].due == yesterday
    assert {ask.title for ask in asks.asks_of(coordinator)} == set(found)


def test_the_team_hears_of_late_steps_and_not_of_requests(coordinator, coalition):
    submit(coalition)
    person = factories.make_person()
    factories.give_role(person, coalition, Role.TEAM)
    assert asks.asks_in(coalition, person) == []
