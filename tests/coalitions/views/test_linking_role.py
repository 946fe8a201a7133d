"""Schakelfuncties."""

import pytest
from django.urls import reverse

from partners.models import LinkingRole

LIST = reverse("coalitions:linking-role-list")


@pytest.fixture
def organisation(partner):
    return partner.representatives.get().organisation


@pytest.fixture
def role(partner, organisation, coalition):
    return LinkingRole.objects.create(
        organisation=organisation,
        person=partner,
        municipality=coalition.municipalities().last(),
        title="Coördinator sociale verloskunde",
        domain_from="medical",
        domain_to="social",
    )


def test_works_with_filters_and_a_file(log_in, alderman, role):
    client = log_in(alderman)
    assert "van medisch naar sociaal" in client.get(LIST).text
    for query, is_there in (
        ("?zoek=petra", True),
        ("?zoek=verloskunde&sorteer=-gemeente", True),
        ("?gemeente=GM0983&van=medical&naar=social", True),
        ("?naar=public", False),
    ):
        assert ("Coördinator sociale" in client.get(LIST + query).text) == is_there, query
    assert "Venlo" in client.get(reverse("coalitions:linking-role-csv")).content.decode("utf-8-sig")


def test_one_and_many_cost_the_same(log_in, alderman, role, organisation, cost_of):
    client = log_in(alderman)
    one = cost_of(client, LIST)
    for number in range(5):
        LinkingRole.objects.create(
            organisation=organisation,
            municipality=role.municipality,
            title=f"Functie {number}",
            domain_from="medical",
            domain_to="social",
        )
    assert cost_of(client, LIST) == one <= 12


def test_it_is_added_and_ended_by_its_own_people(log_in, partner, organisation, coalition):
    client = log_in(partner)
    url = reverse("coalitions:linking-role-add", args=[organisation.pk])
    answers = {
        "title": "Aandachtsfunctionaris",
        "speaker": partner.representatives.get().pk,
        "municipality": "Venlo",
        "domain_from": "social",
        "domain_to": "medical",
    }
    assert "Kies een ander domein" in client.post(url, {**answers, "domain_to": "social"}).text
    assert "verplicht" in client.post(url, {**answers, "municipality": ""}).text
    assert "De schakelfunctie is vastgelegd" in client.post(url, answers, follow=True).text
    role = LinkingRole.objects.get()
    assert (role.person, role.municipality.name) == (partner, "Venlo")
    end = reverse("coalitions:linking-role-end", args=[role.pk])
    assert "is beëindigd" in client.post(end, follow=True).text
    assert not LinkingRole.objects.current().exists()
    assert "al beëindigd" in client.post(end, follow=True).text


def test_others_do_not(client, log_in, outsider, administrator, alderman, role):
    end = reverse("coalitions:linking-role-end", args=[role.pk])
    assert client.get(LIST).status_code == 302
    assert log_in(administrator).get(LIST).status_code == 403
    for person in (outsider, alderman):
        assert log_in(person).post(end).status_code == 404
    assert log_in(alderman).get(end).status_code == 405
