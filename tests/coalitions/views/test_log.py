"""The log of a coalition: in words, filtered, paged, and of one's own organisation for a signer."""

import pghistory
import pytest
from django.urls import reverse

from coalitions import conditions, fixed_facts, groups, members
from coalitions.models import Condition, Membership
from partners.models import Organisation
from partners.organisations import change_organisation
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(coalition):
    return reverse("coalitions:log", args=[coalition.slug])


@pytest.fixture
def welzijn(coalition, coordinator):
    organisation = factories.make_organisation("Welzijn")
    members.put_on_list(coalition=coalition, organisation=organisation, by=coordinator)
    return organisation


def test_a_change_says_who_what_and_from_what_to_what(log_in, coordinator, coalition, welzijn, url):
    members.start_talks(membership=welzijn.memberships.get(), by=coordinator)
    change_organisation(organisation=welzijn, by=coordinator, phone="077 1")
    page = log_in(coordinator).get(url).text
    assert "Lidmaatschap: Welzijn" in page
    assert "Stand: Gewenst → In gesprek" in page
    assert "Telefoon: leeg → 077 1" in page
    assert "Carla Coördinator" in page


def test_every_kind_of_change_has_words(log_in, coordinator, partner, coalition, url):
    fixed_facts.load()
    group = factories.make_group(coalition, partner, name="Signaleren")
    groups.rest(group=group, by=coordinator)
    first = Condition.objects.first()
    for score in ("missing", "in_place"):
        conditions.score_year(coalition=coalition, year=2024, scores={first: (score, "")}, by=coordinator)
    page = log_in(coordinator).get(url).text
    assert "Stand: Actief → Ligt stil" in page
    assert "Meting van een randvoorwaarde: Capaciteit, 2024" in page
    assert "Stand: Ontbreekt → Op orde" in page
    assert "Plaats in een werkgroep: Signaleren, Petra Partner" in page


def test_filters_narrow_it(log_in, coordinator, coalition, welzijn, url):
    client = log_in(coordinator)
    assert "Lidmaatschap: Welzijn" in client.get(url, {"wie": "carla", "wat": "membership"}).text
    assert "Geen regels met deze filters." in client.get(url, {"wie": "niemand"}).text
    assert "Lidmaatschap: Welzijn" not in client.get(url, {"tot": "2020-01-01"}).text
    assert "Lidmaatschap: Welzijn" in client.get(url, {"vanaf": "2020-01-01"}).text
    assert client.get(url, {"wat": "onzin", "vanaf": "geen datum"}).status_code == 200


def test_pages_of_fifty_cost_the_same_at_every_length(
    log_in, coordinator, coalition, url, django_assert_max_num_queries
):
    client = log_in(coordinator)
    for number in range(60):
        with pghistory.context(user=coordinator.pk):
            Membership.objects.create(
                coalition=coalition, organisation=factories.make_organisation(f"Organisatie {number:02}")
            )
    client.get(url)
    with django_assert_max_num_queries(12):
        page = client.get(url)
    assert page.text.count("Toegevoegd") == 50
    assert "Organisatie 59" in page.text
    assert client.get(url, {"pagina": 2}).text.count("<tbody>") == 1


def test_a_signer_reads_of_her_own_organisation_only(log_in, coordinator, coalition, welzijn, url):
    signer = factories.make_person("Sanne")
    own = factories.make_organisation("Kraamzorg")
    factories.make_member(coalition, own)
    factories.give_mandate(factories.make_representative(signer, own), checked_by=coordinator)
    Organisation.objects.filter(pk=own.pk).update(phone="1")
    page = log_in(signer).get(url).text
    assert "Organisatie: Kraamzorg" in page
    assert "Welzijn" not in page


def test_nothing_of_another_coalition_is_in_it(log_in, coordinator, coalition, url):
    factories.make_member(factories.make_coalition("Elders"), factories.make_organisation("Vreemd"))
    assert "Vreemd" not in log_in(coordinator).get(url).text


def test_others_do_not_get_in(client, log_in, partner, outsider, url):
    assert client.get(url).status_code == 302
    assert log_in(partner).get(url).status_code == 403
    assert log_in(outsider).get(url).status_code == 404
