"""The profile of a coalition."""

import pytest

from coalitions.models import Level, MembershipState, Role
from tests import factories


@pytest.fixture
def hidden(db):
    return factories.make_coalition("Achter gesloten deuren", is_public=False)


def test_works_for_everybody_where_it_is_public(client, coalition):
    factories.make_member(coalition, factories.make_organisation("Welzijn Venlo"))
    coalition.mission = "Elk kind een goede start."
    coalition.approach = "Wij beginnen bij de wijk."
    coalition.source_note = "Startdocument 2021"
    coalition.save()
    page = client.get(coalition.get_absolute_url()).text
    for words in (
        "Elk kind een goede start.",
        "Wij beginnen bij de wijk.",
        "Startdocument 2021",
        "Welzijn Venlo",
        "/gemeenten/GM0983/",
        "Sociaal",
    ):
        assert words in page


def test_an_outsider_does_not_find_a_coalition_that_is_not_public(client, log_in, hidden, outsider):
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert log_in(outsider).get(hidden.get_absolute_url()).status_code == 404


def test_who_takes_part_sees_it_also_where_it_is_not_public(log_in, hidden):
    person = factories.make_person()
    factories.give_role(person, hidden)
    assert log_in(person).get(hidden.get_absolute_url()).status_code == 200


def test_an_unknown_coalition_does_not_exist(client, db):
    assert client.get("/coalities/bestaat-niet/").status_code == 404


def test_refuses_a_post(client, coalition):
    assert client.post(coalition.get_absolute_url()).status_code == 405


@pytest.mark.parametrize("state", [MembershipState.PROSPECT, MembershipState.IN_TALKS, MembershipState.LEFT])
def test_shows_members_only(log_in, coordinator, coalition, state):
    factories.make_member(coalition, factories.make_organisation("Woonstichting"), state=state)
    assert "Woonstichting" not in log_in(coordinator).get(coalition.get_absolute_url()).text


def test_names_who_leads_by_function_and_shows_no_person_or_address(client, coalition):
    alderman = factories.make_person("Wil van Dam", email="wil@example.org")
    government = factories.make_organisation(
        "Gemeente Roermond", type_code="gemeente", municipality=factories.make_area("Roermond")
    )
    factories.make_representative(alderman, government, function="wethouder")
    factories.give_role(alderman, coalition, Role.COMMISSIONER)
    page = client.get(coalition.get_absolute_url()).text
    assert "Opdrachtgever" in page
    assert "Wethouder, Gemeente Roermond" in page
    assert "Wil van Dam" not in page
    assert "wil@example.org" not in page


def test_links_to_the_wider_coalition_and_to_the_local_ones(client, coalition, hidden):
    local = factories.make_coalition("Delft", level=Level.LOCAL, parent=coalition)
    assert coalition.name in client.get(local.get_absolute_url()).text
    assert local.get_absolute_url() in client.get(coalition.get_absolute_url()).text


def test_does_not_name_a_wider_coalition_that_is_not_public(client, hidden):
    local = factories.make_coalition("Delft", level=Level.LOCAL, parent=hidden)
    assert hidden.name not in client.get(local.get_absolute_url()).text


@pytest.mark.parametrize(
    ("fixture", "line"),
    [
        ("coordinator", "Je bent hier coördinator."),
        ("partner", "Je bent hier partner."),
        ("alderman", "U bent hier partner en bestuurder."),
    ],
)
def test_says_what_somebody_is_here(log_in, coalition, request, fixture, line):
    person = request.getfixturevalue(fixture)
    assert line in log_in(person).get(coalition.get_absolute_url()).text


MEMBERS_SEE = [
    *("Overzicht", "Leden", "Convenant", "Actieprogramma", "Bijeenkomsten", "Geld", "Cijfers"),
    "Voor bestuurders",
]


@pytest.mark.parametrize(
    ("fixture", "labels"),
    [
        ("coordinator", [*MEMBERS_SEE, "Beheer"]),
        ("partner", MEMBERS_SEE),
        ("outsider", ["Overzicht", "Convenant", "Cijfers"]),
    ],
)
def test_menu_shows_what_somebody_may_see(log_in, coalition, request, fixture, labels):
    from coalitions import menu

    person = request.getfixturevalue(fixture)
    entries = menu.entries(coalition, person, path=coalition.get_absolute_url())
    assert [label for label, _, _ in entries] == labels
    assert [label for label, _, is_current in entries if is_current] == ["Overzicht"]
    page = log_in(person).get(coalition.get_absolute_url()).text
    assert all(address in page for _, address, _ in entries)


@pytest.mark.parametrize("count", [1, 30])
def test_costs_the_same_few_queries_for_one_and_many(
    log_in, coordinator, coalition, count, django_assert_max_num_queries
):
    for _ in range(count):
        factories.make_member(coalition)
    client = log_in(coordinator)
    with django_assert_max_num_queries(12):
        client.get(coalition.get_absolute_url())


def test_counts_with_those_below_each_once(client, coalition):
    municipality = coalition.municipalities().first()
    local = factories.make_coalition(
        "Lokaal", level="local", parent=coalition, municipalities=(municipality,)
    )
    shared = factories.make_member(coalition).organisation
    factories.make_member(local, shared)
    factories.make_member(local)

    page = client.get(coalition.get_absolute_url()).text

    assert "Samen met 1 coalitie die hierbij horen: 2 gemeenten en 2 leden" in page


def test_who_takes_part_finds_what_is_there_for_members(client, coalition, coordinator, partner, log_in):
    address = coalition.get_absolute_url()
    shown = log_in(partner).get(address).text
    assert "Voor wie meedoet" in shown
    for path in ("berichten", "documenten", "werkgroepen", "parels"):
        assert f'href="{address}{path}/"' in shown
    assert "Wie missen we?" not in shown
    for other in (client, log_in(coordinator)):
        assert "Voor wie meedoet" not in other.get(address).text
