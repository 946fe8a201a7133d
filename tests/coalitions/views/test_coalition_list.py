"""The list of coalitions."""

import pytest

from coalitions.models import Coalition, Level, Phase
from partners.models import AreaKind
from tests import factories

URL = "/coalities/"


def names(response):
    return [coalition.name for coalition in response.context["filter"].page]


def test_works_for_everybody(client, coalition):
    response = client.get(URL)
    assert response.status_code == 200
    assert names(response) == ["Maas en Peel"]
    assert "1 coalitie" in response.text


def test_leaves_out_what_is_not_public(client, db):
    factories.make_coalition("Achter gesloten deuren", is_public=False)
    assert names(client.get(URL)) == []


def test_searches_without_accents_and_capitals(client, coalition):
    factories.make_coalition("Fryslân")
    assert names(client.get(URL, {"zoek": "FRYSLAN"})) == ["Fryslân"]


def test_filters_by_level_and_phase(client, coalition):
    factories.make_coalition("Delft", level=Level.LOCAL, phase=Phase.EXPLORING)
    assert names(client.get(URL, {"niveau": "local", "fase": "exploring"})) == ["Delft"]
    assert names(client.get(URL, {"niveau": "local", "fase": "executing"})) == []


def test_filters_by_the_year_of_the_start(client, db):
    for year in (2018, 2019, 2020, 2023):
        started = factories.make_coalition(f"Sinds {year}")
        Coalition.objects.filter(pk=started.pk).update(started_on=f"{year}-06-01")
    Coalition.objects.filter(pk=factories.make_coalition("Onbekend").pk).update(started_on=None)
    found = {year: names(client.get(URL, {"gestart": year})) for year in ("2019", "2020", "2021")}
    assert found == {"2019": ["Sinds 2018", "Sinds 2019"], "2020": ["Sinds 2020"], "2021": ["Sinds 2023"]}
    assert len(names(client.get(URL))) == 5


@pytest.mark.parametrize(("kind", "field"), [(AreaKind.PROVINCE, "provincie"), (AreaKind.GGD_REGION, "ggd")])
def test_filters_by_region_and_keeps_the_map_the_same(client, coalition, kind, field):
    factories.make_coalition("Elders", municipalities=(factories.make_area(),))
    region = factories.make_area("Limburg", kind=kind, code="PV31")
    factories.put_in_region(region, *coalition.municipalities())
    response = client.get(URL, {field: "PV31"})
    assert names(response) == ["Maas en Peel"]
    assert [mark.coalition for mark in response.context["landscape"].marks] == [coalition]
    assert "1 coalitie, 1 filter" in response.text


def test_sorts_by_phase_as_phases_follow_each_other(client, db):
    for phase in (Phase.SUSTAINING, Phase.EXPLORING, Phase.EXECUTING):
        factories.make_coalition(phase.label, phase=phase)
    assert names(client.get(URL, {"sorteer": "fase"})) == [
        "verkenning",
        "uitvoering",
        "verduurzaming",
    ]
    assert names(client.get(URL, {"sorteer": "-fase"}))[0] == "verduurzaming"


def test_says_what_to_do_when_nothing_is_found(client, coalition):
    page = client.get(URL, {"zoek": "zzz"}).text
    assert "Geen coalitie met deze filters." in page
    assert "Wis alle filters" in page


@pytest.mark.parametrize(
    "query", [{"fase": "bestaat-niet"}, {"sorteer": "wachtwoord"}, {"pagina": "x"}, {"zoek": "\0"}]
)
def test_bad_input_still_gives_the_list(client, coalition, query):
    response = client.get(URL, query)
    assert response.status_code == 200
    assert names(response) == ["Maas en Peel"]


def test_refuses_a_post(client, db):
    assert client.post(URL).status_code == 405


@pytest.mark.parametrize("count", [1, 60])
def test_costs_the_same_few_queries_for_one_and_many(client, db, count, django_assert_num_queries):
    for _ in range(count):
        factories.make_coalition(municipalities=(factories.make_area(),))
    with django_assert_num_queries(5):
        client.get(URL)
