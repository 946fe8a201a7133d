"""What waits around the power to sign."""

import datetime

from coalitions import asks
from tests import factories

SOON = datetime.timedelta(days=10)


def titles(found):
    return [ask.title for ask in found]


def test_the_coordinator_is_asked_to_check_what_others_asked(partner, coordinator, coalition):
    speaker = partner.representatives.get()
    factories.give_mandate(speaker, checked_by=None)

    (ask,) = asks.asks_in(coalition, coordinator)
    assert ask.title == "1 tekenbevoegdheid wacht op controle"
    assert ask.url == f"/coalities/{coalition.slug}/tekenbevoegdheden/?stand=unchecked"
    assert titles(asks.asks_of(coordinator)) == [ask.title]
    assert asks.asks_in(coalition, partner) == []


def test_nobody_is_asked_to_check_her_own(coordinator, coalition):
    organisation = factories.make_member(coalition).organisation
    factories.give_mandate(factories.make_representative(coordinator, organisation), checked_by=None)

    assert asks.asks_in(coalition, coordinator) == []


def test_a_mandate_for_one_coalition_waits_there_only(partner, coordinator, coalition):
    speaker = partner.representatives.get()
    other = factories.make_coalition("Elders")
    factories.give_role(coordinator, other)
    factories.make_member(other, speaker.organisation)
    factories.give_mandate(speaker, checked_by=None, area=other.area)

    assert asks.asks_in(coalition, coordinator) == []
    assert [ask.detail for ask in asks.asks_of(coordinator)] == ["Elders"]


def test_an_administrator_is_asked_where_no_coalition_is(administrator, partner):
    factories.give_mandate(partner.representatives.get(), checked_by=None)
    assert asks.asks_of(administrator) == []

    stranger = factories.make_person()
    alone = factories.make_representative(stranger, factories.make_organisation())
    factories.give_mandate(alone, checked_by=None)
    (ask,) = asks.asks_of(administrator)
    assert ask.url == "/platform/tekenbevoegdheden/?stand=unchecked"


def test_the_organisation_is_asked_to_renew_a_mandate_that_ends(partner, coordinator):
    speaker = partner.representatives.get()
    colleague = factories.make_person()
    factories.make_representative(colleague, speaker.organisation)
    ends = factories.today() + SOON
    factories.give_mandate(speaker, checked_by=coordinator, valid_to=ends)

    (ask,) = asks.asks_of(partner)
    assert ask.title == "De tekenbevoegdheid van Petra Partner loopt af"
    assert ask.due == ends
    assert asks.asks_of(colleague) == []
