"""The member list: on the screen, as a file and as addresses."""

import datetime
import io

import pytest
from django.db.models import Value
from openpyxl import load_workbook

from coalitions import groups, member_filters
from coalitions.member_table import FILE_FACTS, NUMBER
from coalitions.models import MembershipState, Role, SeatLevel
from partners.models import Organisation
from portal import hooks
from tests import factories


@pytest.fixture
def url(coalition):
    return f"/coalities/{coalition.slug}/leden/"


@pytest.fixture
def file_url(coalition):
    return f"/coalities/{coalition.slug}/leden"


def names(response):
    return [row.organisation.name for row in response.context["filter"].page]


def join(coalition, name, **facts):
    kind = facts.pop("type_code", "welzijn")
    place = facts.pop("municipality", None)
    organisation = factories.make_organisation(name, type_code=kind, municipality=place)
    return factories.make_member(coalition, organisation, **facts)


def test_works_for_a_partner(log_in, partner, url):
    response = log_in(partner).get(url)
    assert response.status_code == 200
    assert names(response) == ["Welzijn Maasdorp"]
    assert "1 organisatie" in response.text


def test_anonymous_is_asked_to_log_in(client, url):
    response = client.get(url)
    assert response.status_code == 302
    assert response.url.startswith("/inloggen/")


def test_an_outsider_does_not_find_it(log_in, outsider, url):
    assert log_in(outsider).get(url).status_code == 404


def test_a_reader_may_not_see_members(log_in, coalition, url):
    reader = factories.make_person()
    factories.give_role(reader, coalition, Role.READER)
    assert log_in(reader).get(url).status_code == 403


def test_refuses_a_post(log_in, partner, url):
    assert log_in(partner).post(url).status_code == 405


@pytest.mark.parametrize(
    "query",
    [{"stand": "x"}, {"soort": "bestaat-niet"}, {"sorteer": "person__password"}, {"zoek": "\0"}],
)
def test_bad_input_still_gives_a_page(log_in, coordinator, coalition, url, query):
    join(coalition, "Kraamzorg Venlo")
    assert log_in(coordinator).get(url, query).status_code == 200


def test_searches_without_accents_and_capitals(log_in, coordinator, coalition, url):
    join(coalition, "Zorggroep Één")
    join(coalition, "Kraamzorg Venlo")
    client = log_in(coordinator)
    assert names(client.get(url, {"zoek": "zorggroep een"})) == ["Zorggroep Één"]


def test_filters_add_up_and_can_be_taken_away(log_in, coordinator, coalition, url):
    venlo, beesel = coalition.municipalities().order_by("-name")
    factories.make_type("kraamzorg", domain="medical")
    join(coalition, "Kraamzorg Venlo", type_code="kraamzorg", municipality=venlo)
    join(coalition, "Kraamzorg Beesel", type_code="kraamzorg", municipality=beesel)
    join(coalition, "Welzijn Venlo", municipality=venlo)
    query = {"domein": "medical", "soort": "kraamzorg", "gemeente": "GM0983"}
    response = log_in(coordinator).get(url, query)
    assert names(response) == ["Kraamzorg Venlo"]
    assert "1 organisatie, 3 filters" in response.text
    assert 'href="?soort=kraamzorg&amp;gemeente=GM0983"' in response.text


def test_filters_by_the_level_of_a_seat(log_in, coordinator, coalition, alderman, url):
    join(coalition, "Welzijn Venlo")
    client = log_in(coordinator)
    assert names(client.get(url, {"niveau": SeatLevel.BOARD})) == ["Gemeente Beesel"]
    assert names(client.get(url, {"niveau": SeatLevel.EXECUTION})) == []
    assert names(client.get(url, {"niveau": "geen-bestuur"})) == ["Welzijn Venlo"]


def test_the_coordinator_also_sees_who_is_not_a_member_yet(log_in, coordinator, coalition, url):
    for state in MembershipState:
        join(coalition, state.label, state=state)
    client = log_in(coordinator)
    assert names(client.get(url, {"sorteer": "stand"})) == [
        "Gewenst",
        "In gesprek",
        "Uitgenodigd",
        "Lid",
        "Lid, nu niet actief",
    ]
    assert names(client.get(url, {"stand": MembershipState.LEFT})) == ["Gestopt"]


def test_a_partner_sees_members_only_whatever_the_address_asks(log_in, partner, coalition, url):
    factories.make_type("woningcorporatie")
    join(coalition, "Woonstichting", type_code="woningcorporatie", state=MembershipState.PROSPECT)
    client = log_in(partner)
    for query in ({}, {"stand": MembershipState.PROSPECT}, {"zoek": "woon"}):
        page = client.get(url, query)
        assert "Woonstichting" not in page.text
        assert "woningcorporatie" not in page.text


def test_sorts_names_as_people_read_them(log_in, coordinator, coalition, url):
    for name in ("Zorg", "élan", "Aanloop", "eiland"):
        join(coalition, name)
    client = log_in(coordinator)
    assert names(client.get(url)) == ["Aanloop", "eiland", "élan", "Zorg"]
    assert names(client.get(url, {"sorteer": "-naam"})) == ["Zorg", "élan", "eiland", "Aanloop"]


def test_sorts_by_date_and_puts_the_unknown_last(log_in, coordinator, coalition, url):
    join(coalition, "Later", joined_on=datetime.date(2022, 1, 1))
    join(coalition, "Eerder", joined_on=datetime.date(2021, 1, 1))
    join(coalition, "Nog niet", state=MembershipState.PROSPECT, joined_on=None)
    client = log_in(coordinator)
    assert names(client.get(url, {"sorteer": "lid-sinds"})) == ["Eerder", "Later", "Nog niet"]
    assert names(client.get(url, {"sorteer": "-lid-sinds"})) == ["Later", "Eerder", "Nog niet"]


def test_shows_fifty_a_page(log_in, coordinator, coalition, url):
    for _ in range(51):
        factories.make_member(coalition)
    client = log_in(coordinator)
    assert len(names(client.get(url))) == 50
    assert len(names(client.get(url, {"pagina": 2}))) == 1
    assert "51 organisaties" in client.get(url).text


def test_says_what_to_do_when_nothing_is_found(log_in, partner, url):
    page = log_in(partner).get(url, {"zoek": "zzz"}).text
    assert "Geen organisaties met deze filters." in page
    assert "Wis alle filters" in page


def test_a_coalition_without_members_says_so(log_in, coordinator, url):
    assert "Deze coalitie heeft nog geen leden." in log_in(coordinator).get(url).text


def test_the_csv_holds_exactly_the_selection(log_in, coordinator, coalition, url, file_url):
    join(coalition, "=Kraamzorg", joined_on=datetime.date(2021, 12, 1))
    join(coalition, "Welzijn", state=MembershipState.PROSPECT, joined_on=None)
    client = log_in(coordinator)
    lines = client.get(f"{file_url}.csv").content.decode("utf-8-sig").splitlines()
    # What only an import needs stands behind what the screen shows.
    for_imports = [*(column.label for column in FILE_FACTS), NUMBER.label]
    assert lines[0].split(";")[-len(for_imports) :] == for_imports
    assert [";".join(line.split(";")[:7]) for line in lines] == [
        "Naam;Stand;Soort;Domein;Gemeente;Niveau;Lid sinds",
        "'=Kraamzorg;Lid;welzijn;sociaal;;;01-12-2021",
        "Welzijn;Gewenst;welzijn;sociaal;;;",
    ]
    query = {"zoek": "welz", "sorteer": "-naam"}
    lines = client.get(f"{file_url}.csv", query).content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in lines[1:]] == names(client.get(url, query))


def test_the_workbook_holds_all_pages(log_in, coordinator, coalition, file_url):
    for _ in range(51):
        factories.make_member(coalition)
    content = log_in(coordinator).get(f"{file_url}.xlsx").content
    assert load_workbook(io.BytesIO(content)).active.max_row == 52


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_only_who_may_export_gets_a_file(client, log_in, partner, outsider, file_url, url, extension):
    address = f"{file_url}.{extension}"
    assert client.get(address).status_code == 302
    assert log_in(outsider).get(address).status_code == 404
    assert log_in(partner).get(address).status_code == 403
    assert address not in log_in(partner).get(url).text


def taken_along(response):
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Naam;Soort"), lines[0]
    return sorted(line.split(";")[0] for line in lines[1:])


def test_who_governs_takes_along_the_members_of_the_own_municipality(
    log_in, alderman, coalition, url, file_url
):
    town = Organisation.objects.get(representatives__person=alderman)
    join(coalition, "Welzijn", municipality=town.municipality)
    join(coalition, "Kraamzorg", municipality=town.municipality)
    join(coalition, "Woonstichting", municipality=town.municipality, state=MembershipState.PROSPECT)
    join(coalition, "Elders")
    client = log_in(alderman)
    assert taken_along(client.get(f"{file_url}.csv")) == sorted([town.name, "Kraamzorg", "Welzijn"])
    assert taken_along(client.get(f"{file_url}.csv", {"zoek": "kraam"})) == ["Kraamzorg"]
    assert f"{file_url}.csv" in client.get(url).text


def test_who_leads_a_group_takes_along_the_organisations_in_it(log_in, coordinator, coalition, url, file_url):
    people = {}
    for name in ("Leidt", "Doet mee", "Ander"):
        people[name] = factories.make_person(f"{name} Persoon")
        factories.make_representative(people[name], join(coalition, name).organisation)
    group = factories.make_group(coalition, people["Leidt"])
    groups.add_person(group=group, person=people["Doet mee"], role="member", by=coordinator)
    client = log_in(people["Leidt"])
    assert taken_along(client.get(f"{file_url}.csv")) == ["Doet mee", "Leidt"]
    assert "Download de eigen gemeente" in client.get(url).text
    assert "Download de eigen gemeente" not in log_in(people["Ander"]).get(url).text


def test_the_coordinator_copies_the_addresses_of_the_selection(log_in, coordinator, coalition, partner, url):
    member = join(coalition, "Kraamzorg Venlo")
    midwife = factories.make_person(email="kraamzorg@example.org")
    colleague = factories.make_person(email="collega@example.org")
    factories.make_representative(midwife, member.organisation, is_primary=True)
    factories.make_representative(colleague, member.organisation)
    join(coalition, "Welzijn zonder adres")
    client = log_in(coordinator)
    assert f'href="{url}mailadressen/?zoek=kraam"' in client.get(url, {"zoek": "kraam"}).text
    page = client.get(f"{url}mailadressen/").text
    assert f"kraamzorg@example.org; {partner.email}" in page
    assert "collega@example.org" not in page
    assert "Van 1 organisatie is geen mailadres bekend." in page
    selection = client.get(f"{url}mailadressen/", {"zoek": "kraam"}).text
    assert "kraamzorg@example.org" in selection
    assert partner.email not in selection


def test_a_selection_without_addresses_says_so(log_in, coordinator, url):
    page = log_in(coordinator).get(f"{url}mailadressen/").text
    assert "Van deze organisaties is geen mailadres bekend." in page


def test_others_do_not_see_addresses(client, log_in, alderman, outsider, url):
    address = f"{url}mailadressen/"
    assert client.get(address).status_code == 302
    assert log_in(outsider).get(address).status_code == 404
    assert log_in(alderman).get(address).status_code == 403
    assert "Kopieer mailadressen" not in log_in(alderman).get(url).text


@pytest.fixture
def bring(monkeypatch):
    """Another app with a column; the portal of everybody else has the same columns from start to end."""
    member_filters.listed_in.cache_clear()
    yield lambda column: monkeypatch.setattr(hooks, "columns", lambda: [column])
    member_filters.listed_in.cache_clear()


def test_other_apps_add_columns_to_screen_and_file(log_in, coordinator, coalition, url, file_url, bring):
    join(coalition, "Welzijn")
    column = hooks.Column(key="signed", label="Ondertekend", annotation=lambda _: Value("ja, in 2021"))
    bring(column)
    client = log_in(coordinator)
    assert "ja, in 2021" in client.get(url).text
    assert "ja, in 2021" in client.get(f"{file_url}.csv").content.decode("utf-8-sig")


def test_a_column_of_another_app_may_bring_a_filter(log_in, coordinator, coalition, url, bring):
    join(coalition, "Kraamzorg Beesel")
    join(coalition, "Welzijn Venlo")
    column = hooks.Column(
        key="ondertekend",
        label="Ondertekend",
        annotation=lambda _: Value("nee"),
        options=(("nee", "nog niet ondertekend"),),
        narrow=lambda members, value: members.filter(organisation__name="Kraamzorg Beesel"),
    )
    bring(column)
    client = log_in(coordinator)
    assert names(client.get(url)) == ["Kraamzorg Beesel", "Welzijn Venlo"]
    assert names(client.get(f"{url}?ondertekend=nee")) == ["Kraamzorg Beesel"]
    assert "Nog niet ondertekend" in client.get(url).text


@pytest.mark.parametrize("count", [1, 400])
def test_costs_the_same_few_queries_for_one_and_four_hundred(
    log_in, coordinator, coalition, url, count, django_assert_num_queries
):
    venlo = coalition.municipalities().first()
    for _ in range(count):
        organisation = factories.make_organisation(municipality=venlo)
        factories.make_member(coalition, organisation)
    client = log_in(coordinator)
    with django_assert_num_queries(7):
        client.get(url)
