"""The log of a coalition: in words, filtered, paged, and of one's own organisation for a signer."""

from decimal import Decimal

import pghistory
import pytest
from django.db import models
from django.urls import reverse

from actions import budgets, contributions, meetings, practices, work
from coalitions import conditions, fixed_facts, groups, log, members
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


def test_meetings_gems_actions_and_money_are_told_as_well(log_in, coordinator, partner, coalition, url):
    own = coalition.memberships.get()
    meeting = factories.make_meeting(coalition, coordinator, title="Aftrap")
    meetings.announce(meeting=meeting, by=coordinator)
    practice = practices.write_down(
        coalition=coalition, title="Samen op pad", owner=own, problem="Niemand belt", by=coordinator
    )
    work.propose(coalition=coalition, title="Loop mee", why="Dan belt men", by=coordinator)
    budget = budgets.open_year(coalition=coalition, year=2027, by=coordinator)
    contributions.promise(budget=budget, organisation=own.organisation, amount=Decimal(100), by=coordinator)
    budgets.share_out(
        budget=budget,
        key="manual",
        weights={place: Decimal("70.5") for place in coalition.municipalities()},
        by=coordinator,
    )
    client = log_in(coordinator)
    page = client.get(url).text
    assert "Bedrag dat de gemeenten samen inleggen: 0 → 141" in page
    assert "Bijeenkomst: Aftrap" in page
    assert "Stand: In voorbereiding → Uitgenodigd" in page
    assert f"Parel: {practice}" in page
    assert "Actie: Loop mee" in page
    assert "Bijdrage: Welzijn Maasdorp" in page
    meetings_alone = client.get(url, {"wat": "meeting"}).text
    assert "Aftrap" in meetings_alone
    assert "Samen op pad" not in meetings_alone


def test_a_signer_reads_of_programme_and_money_what_is_of_her_own_organisation(
    log_in, coordinator, partner, coalition, url
):
    own = coalition.memberships.get()
    factories.give_mandate(partner.representatives.get(), checked_by=coordinator)
    other = factories.make_member(coalition, factories.make_organisation("Andere zorggroep"))
    budget = budgets.open_year(coalition=coalition, year=2027, by=coordinator)
    for member in (own, other):
        contributions.promise(
            budget=budget, organisation=member.organisation, amount=Decimal(100), by=coordinator
        )
    factories.make_meeting(coalition, coordinator, title="Aftrap")
    page = log_in(partner).get(url).text
    assert "Bijdrage: Welzijn Maasdorp" in page
    assert "Andere zorggroep" not in page
    assert "Aftrap" not in page


@pytest.mark.parametrize(
    ("value", "words"), [(0.0, "0"), (140000.0, "140.000"), ("1250.50", "1.250,50"), (12, "12")]
)
def test_amounts_are_written_as_people_write_them(value, words):
    assert log.plain_words(models.DecimalField(max_digits=12, decimal_places=2), value) == words


def test_an_administrator_reads_it_from_the_platform_and_nothing_else_there(
    log_in, administrator, coalition, welzijn, url
):
    client = log_in(administrator)
    page = client.get(reverse("coalitions:platform-log", args=[coalition.slug]))
    assert "Lidmaatschap: Welzijn" in page.text
    assert client.get(url).status_code == 404
    assert client.get(reverse("coalitions:platform-log", args=["nergens"])).status_code == 404


def test_a_line_that_only_ends_in_another_way_is_no_change(log_in, coordinator, coalition, url):
    for words in ("Eerst dit.\nDan dat.", "Eerst dit.\r\nDan dat."):
        coalition.approach = words
        coalition.save(update_fields=["approach"])
    assert log_in(coordinator).get(url).text.count("Dan dat.") == 1
