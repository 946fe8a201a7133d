"""The coordinator's list: as a table and as a board over the same filters."""

import datetime

import pytest
from django.utils import timezone

from coalitions.models import Membership, OutreachContact, Role
from partners.models import OrganisationAlias
from tests import factories

TODAY = timezone.localdate()


@pytest.fixture(params=["", "bord/"])
def url(request, coalition):
    return f"/coalities/{coalition.slug}/beheer/leden/{request.param}"


def join(coalition, name, **facts):
    return factories.make_member(coalition, factories.make_organisation(name), **facts)


def talk(membership, by, **facts):
    return OutreachContact.objects.create(
        coalition=membership.coalition,
        organisation=membership.organisation,
        by=by,
        **{"on": TODAY, "next_step": "Bellen", **facts},
    )


def names(response):
    if "board" in response.context:
        return sorted(row.organisation.name for column in response.context["board"] for row in column.cards)
    return sorted(row.organisation.name for row in response.context["filter"].page)


def test_works(log_in, coordinator, coalition, url):
    member, wanted = join(coalition, "Welzijn"), join(coalition, "Kraamzorg", state="prospect")
    response = log_in(coordinator).get(url)
    assert names(response) == ["Kraamzorg", "Welzijn"]
    assert member.get_absolute_url() in response.text
    assert wanted.get_absolute_url() in response.text


def test_an_organisation_is_found_by_who_speaks_for_it_and_by_another_name(
    log_in, coordinator, coalition, url
):
    organisation = factories.make_organisation("Gezinszorg")
    factories.make_member(coalition, organisation)
    join(coalition, "Welzijn")
    factories.make_representative(factories.make_person("Zoë Jansen"), organisation)
    OrganisationAlias.objects.create(organisation=organisation, name="Kruiswerk Peel")
    client = log_in(coordinator)
    for words in ("zoe jan", "kruiswerk", "gezin"):
        assert names(client.get(url, {"zoek": words})) == ["Gezinszorg"], words
    assert names(client.get(url, {"zoek": "niemand"})) == []


@pytest.mark.parametrize("view", ["", "bord/"])
def test_a_slip_of_the_pen_leads_to_the_name_that_was_meant(log_in, coordinator, coalition, view):
    url = f"/coalities/{coalition.slug}/beheer/leden/{view}"
    join(coalition, "Verloskundigenpraktijk De Peel")
    join(coalition, "Welzijn Beesel")
    client = log_in(coordinator)
    text = client.get(url, {"zoek": "verloskndigen"}).text
    assert "Bedoelde je" in text
    assert "?zoek=Verloskundigenpraktijk%20De%20Peel" in text
    assert "?zoek=Welzijn" not in text
    assert "Bedoelde je" not in client.get(url, {"zoek": "xyzzy"}).text


def test_anonymous_is_asked_to_log_in(client, url):
    assert client.get(url).url.startswith("/inloggen/")


def test_an_outsider_does_not_find_it(log_in, outsider, url):
    assert log_in(outsider).get(url).status_code == 404


@pytest.mark.parametrize("fixture", ["partner", "alderman", "analyst"])
def test_other_roles_may_not(log_in, request, fixture, url):
    assert log_in(request.getfixturevalue(fixture)).get(url).status_code == 403


def test_refuses_a_post(log_in, coordinator, url):
    assert log_in(coordinator).post(url).status_code == 405


def test_the_same_filters_hold_for_both(log_in, coordinator, coalition, url):
    late = join(coalition, "Te laat", state="in_talks")
    planned = join(coalition, "Gepland", state="in_talks")
    done = join(coalition, "Gezet", state="in_talks")
    join(coalition, "Stil", state="in_talks")
    join(coalition, "Weg", state="left")
    talk(late, coordinator, due=TODAY - datetime.timedelta(days=1))
    talk(planned, coordinator, due=TODAY)
    talk(done, coordinator, due=TODAY - datetime.timedelta(days=1), done_on=TODAY)
    elsewhere = factories.make_member(factories.make_coalition(), late.organisation, state="in_talks")
    talk(elsewhere, coordinator)
    client = log_in(coordinator)
    assert names(client.get(url)) == ["Gepland", "Gezet", "Stil", "Te laat"]
    assert names(client.get(f"{url}?stap=te-laat")) == ["Te laat"]
    assert names(client.get(f"{url}?stap=met")) == ["Gepland", "Te laat"]
    assert names(client.get(f"{url}?stap=zonder")) == ["Gezet", "Stil"]
    assert names(client.get(f"{url}?stap=geen-contact")) == ["Stil"]
    assert names(client.get(f"{url}?stand=left")) == ["Weg"]
    assert names(client.get(f"{url}?zoek=gez")) == ["Gezet"]


def test_the_tabs_keep_the_filters(log_in, coordinator, coalition, url):
    page = log_in(coordinator).get(f"{url}?zoek=kraam").text
    assert f"/coalities/{coalition.slug}/beheer/leden/?zoek=kraam" in page
    assert f"/coalities/{coalition.slug}/beheer/leden/bord/?zoek=kraam" in page


def test_the_file_holds_what_passes_the_filters_with_the_next_step(log_in, coordinator, coalition):
    late = join(coalition, "Te laat", state="in_talks")
    talk(late, coordinator, due=TODAY - datetime.timedelta(days=1))
    join(coalition, "Stil")
    address = f"/coalities/{coalition.slug}/beheer/leden.csv"
    client = log_in(coordinator)
    head, *rows = client.get(address, {"stap": "te-laat"}).content.decode("utf-8-sig").splitlines()
    row = dict(zip(head.split(";"), rows[0].split(";"), strict=True))
    assert (len(rows), row["Naam"], row["Volgende stap"]) == (1, "Te laat", "Bellen")
    assert f"{address}?stap=te-laat" in client.get(f"{address[:-4]}/", {"stap": "te-laat"}).text
    helper = factories.make_person()
    factories.give_role(helper, coalition, Role.TEAM)
    assert log_in(helper).get(address).status_code == 403
    assert address not in log_in(helper).get(f"{address[:-4]}/").text


def test_a_late_step_says_so_in_the_table(log_in, coordinator, coalition):
    late = join(coalition, "Te laat", state="in_talks")
    talk(late, coordinator, due=TODAY - datetime.timedelta(days=1))
    page = log_in(coordinator).get(f"/coalities/{coalition.slug}/beheer/leden/").text
    assert "badge" in page.split('class="cell-below"')[3]


def test_an_empty_list_says_how_to_begin(log_in, coordinator, coalition):
    page = log_in(coordinator).get(f"/coalities/{coalition.slug}/beheer/leden/").text
    assert "Begin met wie je al kent." in page


def test_only_the_coordinator_moves_cards(log_in, coordinator, coalition):
    membership = join(coalition, "Kraamzorg", state="prospect")
    board = f"/coalities/{coalition.slug}/beheer/leden/bord/"
    move = f"/leden/{membership.pk}/verplaatsen/"
    assert move in log_in(coordinator).get(board).text
    person = factories.make_person()
    factories.give_role(person, coalition, Role.TEAM)
    page = log_in(person).get(board).text
    assert "Kraamzorg" in page
    assert move not in page


def test_the_board_shows_the_first_cards_of_a_long_column_and_counts_the_rest(log_in, coordinator, coalition):
    for number in range(23):
        join(coalition, f"Lid {number:02}")
    last = join(coalition, "Zuid")
    talk(last, coordinator, due=TODAY)
    response = log_in(coordinator).get(f"/coalities/{coalition.slug}/beheer/leden/bord/")
    column = next(one for one in response.context["board"] if one.state == "member")
    assert (len(column.cards), column.count, column.hidden_count) == (20, 24, 4)
    assert column.cards[0].organisation.name == "Zuid"
    assert "Nog 4: toon alle 24 in de tabel" in response.text


@pytest.mark.parametrize("count", [1, 60])
def test_costs_the_same_few_queries_for_one_and_many(
    log_in, coordinator, coalition, url, count, django_assert_max_num_queries
):
    for number in range(count):
        membership = join(coalition, f"Lid {number}", state="in_talks")
        talk(membership, coordinator, due=TODAY)
    assert Membership.objects.count() == count
    client = log_in(coordinator)
    with django_assert_max_num_queries(10):
        client.get(url)
