"""One municipality."""

import datetime

import pytest

from coalitions.models import MembershipState
from partners.models import AreaKind, AreaSuccession
from tests import factories

URL = "/gemeenten/GM0983/"
DAY = datetime.date(2023, 1, 1)


@pytest.fixture
def venlo(coalition):
    return coalition.municipalities().get(code="GM0983")


def test_works_for_everybody(client, coalition, venlo):
    for kind, code, name in (
        (AreaKind.PROVINCE, "PV31", "Limburg"),
        (AreaKind.GGD_REGION, "ln", "GGD Limburg-Noord"),
    ):
        factories.put_in_region(factories.make_area(name, kind=kind, code=code), venlo)
    organisation = factories.make_organisation("Kraamzorg Venlo", municipality=venlo)
    factories.make_member(coalition, organisation)
    page = client.get(URL).text
    for words in (
        "Venlo",
        "Limburg",
        "GGD Limburg-Noord",
        "Kraamzorg Venlo",
        coalition.get_absolute_url(),
    ):
        assert words in page


def test_an_unknown_code_does_not_exist(client, db):
    assert client.get("/gemeenten/GM0001/").status_code == 404
    assert client.get("/gemeenten/bestaat-niet/").status_code == 404


def test_a_region_is_not_a_municipality(client, db):
    factories.make_area(kind=AreaKind.PROVINCE, code="PV31")
    assert client.get("/gemeenten/PV31/").status_code == 404


def test_refuses_a_post(client, venlo):
    assert client.post(URL).status_code == 405


def test_shows_only_what_everybody_may_know(client, coalition, venlo):
    wanted = factories.make_organisation("Woonstichting", municipality=venlo)
    factories.make_member(coalition, wanted, state=MembershipState.PROSPECT)
    hidden = factories.make_coalition("Geheim", is_public=False, municipalities=(venlo,))
    secret = factories.make_organisation("Stille kracht", municipality=venlo)
    factories.make_member(hidden, secret)
    page = client.get(URL).text
    for words in ("Woonstichting", "Geheim", "Stille kracht"):
        assert words not in page


def test_a_municipality_that_is_gone_says_into_what_it_went(client, db):
    brielle = factories.make_area("Brielle", code="GM0501", valid_to=DAY)
    voorne = factories.make_area("Voorne aan Zee", code="GM1992", valid_from=DAY)
    AreaSuccession.objects.create(predecessor=brielle, successor=voorne, on=DAY, kind="full")
    page = client.get("/gemeenten/GM0501/").text
    assert "Deze gemeente bestaat niet meer" in page
    assert "is op 1 januari 2023 opgegaan in" in page
    assert "/gemeenten/GM1992/" in page
    assert "/gemeenten/GM0501/" in client.get("/gemeenten/GM1992/").text


def test_a_municipality_that_was_split_names_every_part(client, db):
    haaren = factories.make_area("Haaren", code="GM0788", valid_to=DAY)
    for name in ("Boxtel", "Vught"):
        AreaSuccession.objects.create(
            predecessor=haaren,
            successor=factories.make_area(name),
            on=DAY,
            kind="partial",
            share=0.5,
        )
    page = client.get("/gemeenten/GM0788/").text
    assert page.count("voor een deel overgegaan naar") == 2


def test_a_municipality_without_coalition_shows_the_way(client, db):
    factories.make_area("Mook en Middelaar", code="GM0944")
    page = client.get("/gemeenten/GM0944/").text
    assert "Deze gemeente doet nog in geen coalitie mee." in page


@pytest.mark.parametrize("count", [1, 30])
def test_costs_the_same_few_queries_for_one_and_many(
    client, coalition, venlo, count, django_assert_max_num_queries
):
    for _ in range(count):
        factories.make_member(coalition, factories.make_organisation(municipality=venlo))
    # What a release says of a municipality is drawn at the first visit.
    client.get(URL)
    with django_assert_max_num_queries(12):
        client.get(URL)


def test_shows_who_works_there_the_schakelfuncties_and_what_is_regional(client, coalition, partner):
    venlo = coalition.municipalities().get(code="GM0983")
    organisation = partner.representatives.get().organisation
    organisation.service_areas.create(municipality=venlo)
    organisation.linking_roles.create(
        municipality=venlo, person=partner, title="Schakel", domain_from="medical", domain_to="social"
    )
    coalition.area.member_links.update(replaces_local=True)

    page = client.get(venlo.get_absolute_url()).text

    for words in (
        "Welzijn Maasdorp",
        "Schakel",
        "van medisch naar sociaal",
        "Regionaal in plaats van lokaal",
    ):
        assert words in page
    assert "Petra Partner" not in page
