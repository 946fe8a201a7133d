"""Everybody's own page."""

from coalitions.models import MembershipState
from portal import hooks
from tests import factories

URL = "/mijn/"


def test_works_for_a_partner(log_in, partner, coalition):
    page = log_in(partner).get(URL).text
    for words in ("Dit vragen we van je", "Welzijn Maasdorp", "Adviseur", coalition.name):
        assert words in page
    assert "Je rol: partner" in page


def test_anonymous_is_asked_to_log_in(client, db):
    response = client.get(URL)
    assert response.status_code == 302
    assert response.url == "/inloggen/?next=/mijn/"


def test_somebody_without_any_part_gets_a_calm_page(log_in, db):
    page = log_in(factories.make_person()).get(URL).text
    assert "Je hebt nu geen taken." in page
    assert "Nog geen coalitie." in page
    assert "Nog geen organisatie." in page


def test_shows_nothing_of_others(log_in, partner, outsider):
    page = log_in(outsider).get(URL).text
    assert "Welzijn Maasdorp" not in page
    assert "Maas en Peel" not in page


def test_refuses_a_post(log_in, partner):
    assert log_in(partner).post(URL).status_code == 405


def test_shows_where_a_mandate_stands(log_in, partner, coordinator):
    representative = partner.representatives.get()
    factories.give_mandate(representative, checked_by=None)
    assert "Nog niet gecontroleerd" in log_in(partner).get(URL).text
    factories.give_mandate(representative, checked_by=coordinator)
    page = log_in(partner).get(URL).text
    assert "Gecontroleerd" in page
    assert "partner met tekenbevoegdheid" in page


def test_the_coordinator_finds_what_waits_in_her_coalition(log_in, coordinator, coalition):
    factories.make_member(coalition, state=MembershipState.INVITED)
    page = log_in(coordinator).get(URL).text
    assert "1 organisatie is uitgenodigd en nog geen lid" in page
    assert "?stand=invited" in page


def test_costs_the_same_few_queries_for_one_and_many(log_in, partner, django_assert_max_num_queries):
    for _ in range(10):
        organisation = factories.make_organisation()
        factories.make_member(factories.make_coalition(), organisation)
        factories.make_representative(partner, organisation)
    client = log_in(partner)
    with django_assert_max_num_queries(12):
        client.get(URL)


def test_who_governs_is_addressed_formally(log_in, alderman):
    page = log_in(alderman).get(URL).text
    assert "Dit vragen wij van u" in page
    assert "U hebt nu geen taken." in page
    assert "Uw rol: partner en bestuurder" in page


def test_many_asks_stand_under_what_they_are_about(log_in, partner, monkeypatch):
    def asks(count):
        return [
            hooks.Ask(title=f"Taak {n}", url="/", action="Doe", kind=hooks.AskKind.FIGURES)
            for n in range(count)
        ]

    for count, is_grouped in ((6, False), (7, True)):
        monkeypatch.setattr(hooks, "asks_of", lambda _person, count=count: asks(count))
        assert ("<h3>Cijfers</h3>" in log_in(partner).get("/mijn/").text) == is_grouped
