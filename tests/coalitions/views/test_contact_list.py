"""Talks on the screen."""

import datetime

import pytest
from django.utils import timezone

from coalitions import talks
from coalitions.models import OutreachContact, Role
from tests import factories

TODAY = timezone.localdate()


@pytest.fixture
def membership(coalition):
    return factories.make_member(coalition, factories.make_organisation("Kraamzorg"), state="in_talks")


@pytest.fixture
def contact(membership, coordinator):
    return talks.record(
        coalition=membership.coalition,
        organisation=membership.organisation,
        by=coordinator,
        on=TODAY,
        stuck="Te weinig tijd",
        next_step="Bellen over het convenant",
        due=TODAY - datetime.timedelta(days=1),
    )


@pytest.fixture
def url(coalition):
    return f"/coalities/{coalition.slug}/contactmomenten/"


def test_works_and_shows_what_is_overdue(log_in, coordinator, contact, membership, url):
    client = log_in(coordinator)
    page = client.get(url).text
    assert "Bellen over het convenant" in page
    assert "1 afgesproken stap had al gezet moeten zijn." in page
    response = client.post(f"{url}{contact.pk}/gezet/")
    assert response.url == membership.get_absolute_url()
    assert "had al gezet" not in client.get(url).text
    assert "Te weinig tijd" in client.get(response.url).text


def test_anonymous_is_asked_to_log_in(client, url):
    assert client.get(url).url.startswith("/inloggen/")


def test_an_outsider_does_not_find_it(log_in, outsider, contact, url):
    client = log_in(outsider)
    assert client.get(url).status_code == 404
    assert client.get(f"{url}{contact.pk}/").status_code == 404


@pytest.mark.parametrize("fixture", ["partner", "alderman"])
def test_other_roles_may_not(log_in, request, fixture, contact, url):
    client = log_in(request.getfixturevalue(fixture))
    assert client.get(url).status_code == 403
    assert client.post(f"{url}{contact.pk}/gezet/").status_code == 403


def test_the_team_writes_too(log_in, coalition, membership):
    person = factories.make_person()
    factories.give_role(person, coalition, Role.TEAM)
    data = {"on": TODAY.isoformat(), "channel": "phone", "energy": "Groepszorg"}
    response = log_in(person).post(f"{membership.get_absolute_url()}contact/", data)
    assert response.url == membership.get_absolute_url()
    assert OutreachContact.objects.get().by == person


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"on": ""}, "Datum"),
        ({"on": "2999-01-01"}, "nog niet geweest"),
        ({"energy": ""}, "ten minste één ding"),
        ({"due": TODAY.isoformat()}, "wat de volgende stap is"),
        ({"energy": "123456782"}, "burgerservicenummer"),
        ({"energy": "x" * 2001}, "2000"),
        ({"channel": "duif"}, "keuze"),
    ],
)
def test_bad_input_is_named_and_writes_nothing(log_in, coordinator, membership, change, words):
    data = {"on": TODAY.isoformat(), "channel": "talk", "energy": "Groepszorg", **change}
    response = log_in(coordinator).post(f"{membership.get_absolute_url()}contact/", data)
    assert response.status_code == 422
    assert words in response.text
    assert not OutreachContact.objects.exists()


def test_a_talk_is_corrected(log_in, coordinator, contact, url):
    client = log_in(coordinator)
    assert "Te weinig tijd" in client.get(f"{url}{contact.pk}/").text
    data = {"on": TODAY.isoformat(), "channel": "mail", "stuck": "Geen geld", "next_step": "Bellen"}
    client.post(f"{url}{contact.pk}/", data)
    contact.refresh_from_db()
    assert (contact.stuck, contact.channel, contact.due) == ("Geen geld", "mail", None)


def test_filters_and_order(log_in, coordinator, contact, url):
    client = log_in(coordinator)
    assert "Kraamzorg" in client.get(f"{url}?stap=te-laat&sorteer=uiterlijk").text
    assert "Geen contactmomenten met deze filters." in client.get(f"{url}?stap=gezet").text
    assert "Geen contactmomenten met deze filters." in client.get(f"{url}?zoek=welzijn").text


def test_an_empty_list_says_how_to_begin(log_in, coordinator, url):
    assert "Er is nog geen gesprek vastgelegd." in log_in(coordinator).get(url).text


@pytest.mark.parametrize("count", [1, 40])
def test_costs_the_same_few_queries_for_one_and_many(
    log_in, coordinator, coalition, url, count, django_assert_max_num_queries
):
    for _ in range(count):
        spell = factories.make_member(coalition)
        talks.record(
            coalition=coalition, organisation=spell.organisation, by=coordinator, on=TODAY, vision="x"
        )
    client = log_in(coordinator)
    with django_assert_max_num_queries(9):
        client.get(url)


def test_the_file_holds_what_was_said_as_far_as_it_is_asked_for(log_in, coordinator, coalition, contact, url):
    talks.record(
        coalition=coalition,
        organisation=factories.make_member(coalition, factories.make_organisation("Welzijn")).organisation,
        by=coordinator,
        on=TODAY,
        energy="Meedoen",
    )
    client = log_in(coordinator)
    address = f"{url[:-1]}.csv"
    head, *rows = client.get(address, {"stap": "te-laat"}).content.decode("utf-8-sig").splitlines()
    row = dict(zip(head.split(";"), rows[0].split(";"), strict=True))
    assert len(rows) == 1
    assert (row["Organisatie"], row["Knelpunten"]) == ("Kraamzorg", "Te weinig tijd")
    assert f"{address}?stap=te-laat" in client.get(url, {"stap": "te-laat"}).text
    helper = factories.make_person()
    factories.give_role(helper, coalition, Role.TEAM)
    assert log_in(helper).get(address).status_code == 403
    assert address not in log_in(helper).get(url).text
