"""The directory of organisations, and the page of a person."""

from django.urls import reverse

from partners.models import Organisation, Person
from tests import factories

LIST = reverse("coalitions:organisation-list")


def test_works_with_filters(log_in, partner):
    Organisation.objects.update(kvk="12345678")
    organisation = partner.representatives.get().organisation
    organisation.aliases.create(name="Het Dorpshuis")
    client = log_in(partner)
    for query, is_there in (
        ("", True),
        ("?zoek=maasdorp", True),
        ("?zoek=dorpshuis", True),
        ("?zoek=12345678", True),
        ("?domein=social&soort=welzijn", True),
        ("?domein=medical", False),
        ("?sorteer=-gemeente&pagina=9", True),
    ):
        assert ("Welzijn Maasdorp" in client.get(LIST + query).text) == is_there, query


def test_one_and_many_cost_the_same(log_in, partner, coalition, cost_of):
    client = log_in(partner)
    one = cost_of(client, LIST)
    for _ in range(5):
        factories.make_member(coalition)
    assert cost_of(client, LIST) == one <= 12


def test_who_is_only_wanted_is_for_the_coordinator(log_in, partner, coordinator, coalition):
    factories.make_member(coalition, factories.make_organisation("Gewenst BV"), state="prospect")
    assert "Gewenst BV" not in log_in(partner).get(LIST).text
    assert "Gewenst BV" in log_in(coordinator).get(LIST).text


def test_the_file_holds_her_own_coalitions_only(log_in, partner, coordinator, coalition):
    factories.make_member(factories.make_coalition(), factories.make_organisation("Elders BV"))
    client = log_in(coordinator)
    text = client.get(reverse("coalitions:organisation-csv")).content.decode("utf-8-sig")
    assert "Welzijn Maasdorp" in text
    assert "Elders BV" not in text
    assert client.get(reverse("coalitions:organisation-xlsx")).status_code == 200
    assert log_in(partner).get(reverse("coalitions:organisation-csv")).status_code == 403


def test_anonymous_and_who_takes_part_nowhere(client, log_in, administrator):
    assert client.get(LIST).status_code == 302
    assert log_in(administrator).get(LIST).status_code == 403
    everything = reverse("coalitions:platform-organisation-list")
    assert log_in(administrator).get(everything).status_code == 200


def test_a_person_shows_her_functions_and_hides_her_address(log_in, partner, alderman, coordinator):
    url = reverse("coalitions:person-detail", args=[partner.pk])
    page = log_in(alderman).get(url).text
    assert "Adviseur" in page
    assert partner.email not in page
    assert partner.email in log_in(coordinator).get(url).text
    Person.objects.filter(pk=partner.pk).update(shares_contact="coalition")
    assert partner.email in log_in(alderman).get(url).text


def test_a_person_nobody_knows_does_not_exist(log_in, partner, alderman, outsider, administrator):
    stranger = factories.make_person()
    assert log_in(partner).get(reverse("coalitions:person-detail", args=[stranger.pk])).status_code == 404
    assert (
        log_in(administrator).get(reverse("coalitions:person-detail", args=[partner.pk])).status_code == 403
    )
