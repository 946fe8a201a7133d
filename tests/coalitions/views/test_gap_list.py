"""Who is missing."""

import datetime

import pytest

from coalitions import gaps
from coalitions.models import MembershipState, Role
from partners.models import ServiceArea
from tests import factories


@pytest.fixture(params=["", "niveaus/", "groei/"])
def page_url(request, coalition):
    return f"/coalities/{coalition.slug}/wie-missen-we/{request.param}"


@pytest.fixture
def url(coalition):
    return f"/coalities/{coalition.slug}/wie-missen-we/"


def place(coalition, name):
    return coalition.municipalities().get(name=name)


def join(coalition, name, kind, municipality=None, **facts):
    factories.make_type(kind, domain="medical")
    organisation = factories.make_organisation(name, type_code=kind, municipality=municipality)
    return factories.make_member(coalition, organisation, **facts)


def states(coalition):
    """The state of each kind in each municipality."""
    rows = gaps.matrix_of(coalition.municipalities(), gaps.counts_of(coalition))
    return {
        (row.municipality.name, cell.wanted.label): (cell.state, cell.members)
        for row in rows
        for cell in row.cells
    }


def test_works_for_coordinator_and_alderman(log_in, coordinator, alderman, page_url):
    for person in (coordinator, alderman):
        assert log_in(person).get(page_url).status_code == 200


def test_anonymous_is_asked_to_log_in(client, page_url):
    assert client.get(page_url).url.startswith("/inloggen/")


def test_an_outsider_does_not_find_it(log_in, outsider, page_url):
    assert log_in(outsider).get(page_url).status_code == 404


@pytest.mark.parametrize("fixture", ["partner", "analyst"])
def test_other_roles_may_not(log_in, request, fixture, page_url):
    assert log_in(request.getfixturevalue(fixture)).get(page_url).status_code == 403


def test_refuses_a_post(log_in, coordinator, page_url):
    assert log_in(coordinator).post(page_url).status_code == 405


def test_a_member_fills_its_municipality_its_work_area_or_all(coalition):
    venlo, beesel = place(coalition, "Venlo"), place(coalition, "Beesel")
    join(coalition, "Kraam Venlo", "kraamzorg", venlo)
    wide = join(coalition, "Jeugdhulp Venlo", "jeugdhulp", venlo)
    for municipality in (venlo, beesel):
        ServiceArea.objects.create(organisation=wide.organisation, municipality=municipality)
    join(coalition, "Welzijn overal", "welzijn")
    join(coalition, "Schuldhulp", "schuldhulp", beesel, state=MembershipState.INVITED, joined_on=None)
    join(coalition, "Weg", "kinderopvang", beesel, state=MembershipState.LEFT)
    found = states(coalition)
    assert found["Venlo", "kraamzorg"] == ("member", 1)
    assert found["Beesel", "kraamzorg"] == ("gap", 0)
    assert found["Venlo", "jeugdhulp"] == found["Beesel", "jeugdhulp"] == ("member", 1)
    assert found["Beesel", "welzijn"] == ("member", 1)
    assert found["Beesel", "schuldhulp"] == ("waiting", 0)
    assert found["Beesel", "kinderopvang"] == ("gap", 0)


def test_the_whole_area_counts_a_party_once_wherever_it_works(coalition):
    hospital = join(coalition, "Ziekenhuis Maas", "ziekenhuis", place(coalition, "Venlo"))
    for municipality in coalition.municipalities():
        ServiceArea.objects.create(organisation=hospital.organisation, municipality=municipality)

    found = {cell.wanted.label: cell for cell in gaps.regional_of(gaps.counts_of(coalition))}

    assert (found["ziekenhuis"].state, found["ziekenhuis"].members) == (gaps.MEMBER, 1)
    assert found["GGD"].state == gaps.GAP


def test_a_gap_is_filled_with_a_party_from_the_register(log_in, coordinator, coalition, url):
    beesel = place(coalition, "Beesel")
    factories.make_type("kraamzorg")
    known = factories.make_organisation("Kraam Beesel", type_code="kraamzorg", municipality=beesel)
    client = log_in(coordinator)
    assert "In Beesel doet nog geen kraamzorg mee." in client.get(url).text
    assert "In Beesel doen nog geen verloskundigen mee." in client.get(url).text
    response = client.post(f"{url}{beesel.code}/wens/", {"soort": "kraamzorg"})
    # Back at the same municipality, for the next gap.
    assert response.url == f"{url}?open={beesel.code}#gaten-{beesel.code}"
    assert client.get(response.url).text.count(" open>") == 1
    assert coalition.memberships.get().organisation == known
    assert states(coalition)["Beesel", "kraamzorg"] == ("waiting", 0)


def test_a_gap_of_the_whole_area_is_filled_with_one_click_too(log_in, coordinator, coalition, url):
    for kind in ("ziekenhuis", "zorgverzekeraar"):
        factories.make_type(kind)
    known = factories.make_organisation(
        "Ziekenhuis Venlo", type_code="ziekenhuis", municipality=place(coalition, "Venlo")
    )
    client = log_in(coordinator)
    assert f"{url}gebied/wens/" in client.get(url).text
    client.post(f"{url}gebied/wens/", {"soort": "ziekenhuis"})
    client.post(f"{url}gebied/wens/", {"soort": "zorgverzekeraar"})
    assert client.post(f"{url}gebied/wens/", {"soort": "kraamzorg"}).status_code == 404
    names = [membership.organisation.name for membership in coalition.memberships.order_by("pk")]
    assert names == [known.name, "Zorgverzekeraar in Maas en Peel (nog te vinden)"]


def test_a_gap_that_nobody_known_fills_becomes_a_wish(log_in, coordinator, coalition, url):
    factories.make_type("kraamzorg")
    beesel = place(coalition, "Beesel")
    client = log_in(coordinator)
    client.post(f"{url}{beesel.code}/wens/", {"soort": "kraamzorg"})
    wish = coalition.memberships.get()
    assert wish.organisation.name == "Kraamzorg in Beesel (nog te vinden)"
    assert wish.state == MembershipState.PROSPECT
    assert "staat op de wenslijst" in client.get(url).text


def test_a_wish_is_for_a_kind_and_a_municipality_of_the_coalition(log_in, coordinator, coalition, url):
    client = log_in(coordinator)
    elsewhere = factories.make_area("Elders")
    assert client.post(f"{url}{elsewhere.code}/wens/", {"soort": "kraamzorg"}).status_code == 404
    assert client.post(f"{url}GM0889/wens/", {"soort": "circus"}).status_code == 404
    assert client.post(f"{url}GM0889/wens/", {}).status_code == 404
    assert client.get(f"{url}GM0889/wens/").status_code == 405
    assert not coalition.memberships.exists()


def test_an_alderman_sees_gaps_without_buttons(log_in, alderman, coalition, url):
    client = log_in(alderman)
    assert "wens/" not in client.get(url).text
    assert client.post(f"{url}GM0889/wens/", {"soort": "kraamzorg"}).status_code == 403


def test_levels_per_partner(log_in, coordinator, alderman, coalition, url):
    response = log_in(coordinator).get(f"{url}niveaus/")
    ((row, cells),) = response.context["rows"]
    assert row.organisation.name == "Gemeente Beesel"
    assert {level.value: is_filled for level, is_filled in cells} == {
        "execution": False,
        "management": False,
        "board": True,
    }


def test_growth_follows_the_dates(coalition, monkeypatch):
    join(coalition, "Een", "welzijn", joined_on=datetime.date(2021, 12, 31))
    join(coalition, "Twee", "welzijn", joined_on=datetime.date(2022, 1, 1))
    join(
        coalition,
        "Weg",
        "welzijn",
        joined_on=datetime.date(2022, 1, 1),
        state=MembershipState.LEFT,
        left_on=datetime.date(2022, 7, 1),
    )
    join(coalition, "Nooit", "welzijn", state=MembershipState.DECLINED, joined_on=None)
    rows = {row.label: (row.joined, row.left, row.total) for row in gaps.growth_of(coalition)}
    assert rows["2021, kwartaal 4"] == (1, 0, 1)
    assert rows["2022, kwartaal 1"] == (2, 0, 3)
    assert rows["2022, kwartaal 2"] == (0, 0, 3)
    assert rows["2022, kwartaal 3"] == (0, 1, 2)
    assert rows["vandaag"][2] == coalition.memberships.members().count() == 2


def test_the_table_leaves_out_quarters_in_which_nothing_changed(coalition):
    join(coalition, "Een", "welzijn", joined_on=datetime.date(2021, 12, 31))
    join(coalition, "Twee", "welzijn", joined_on=datetime.date(2022, 8, 1))
    shown = [(row.label, row.total) for row in gaps.changes_in(gaps.growth_of(coalition))]
    assert shown == [("2021, kwartaal 4", 1), ("2022, kwartaal 3", 2), ("vandaag", 2)]


def test_under_the_matrix_stands_how_often_each_kind_is_missing(log_in, coordinator, coalition, url):
    join(coalition, "Kraam Venlo", "kraamzorg", place(coalition, "Venlo"))
    response = log_in(coordinator).get(url)
    missing = dict(zip([one.label for one in gaps.LOCAL], response.context["missing"], strict=True))
    count = coalition.municipalities().count()
    assert (missing["kraamzorg"], missing["welzijn"]) == (count - 1, count)
    assert "Hoe vaak ontbreekt het?" in response.text


def test_without_members_there_is_no_growth(coalition):
    assert gaps.growth_of(coalition) == []


def test_the_chart_has_its_table(log_in, coordinator, coalition, url):
    join(coalition, "Een", "welzijn")
    page = log_in(coordinator).get(f"{url}groei/").text
    assert "<svg" in page
    assert "2021, kwartaal 4" in page
    assert "Bron:" in page


def test_domains_show_what_is_missing(coalition):
    join(coalition, "Een", "kraamzorg")
    join(coalition, "Twee", "kraamzorg", state=MembershipState.PROSPECT, joined_on=None)
    assert gaps.domains_of(coalition) == [
        ("medisch", 1, 1),
        ("sociaal", 0, 0),
        ("informeel", 0, 0),
        ("publiek", 0, 0),
    ]


@pytest.mark.parametrize("count", [1, 40])
def test_costs_the_same_few_queries_for_one_and_many(
    log_in, coordinator, coalition, page_url, count, django_assert_max_num_queries
):
    for number in range(count):
        join(coalition, f"Lid {number}", "kraamzorg", place(coalition, "Venlo"))
    client = log_in(coordinator)
    client.get(page_url)
    with django_assert_max_num_queries(12):
        client.get(page_url)


def test_the_team_sees_them_too(log_in, coalition, page_url):
    person = factories.make_person()
    factories.give_role(person, coalition, Role.TEAM)
    assert log_in(person).get(page_url).status_code == 200
