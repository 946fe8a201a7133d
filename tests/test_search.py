"""Search over the whole portal: everybody finds what she may open, and nothing else."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coalitions import documents
from coalitions.models import Audience, Role
from portal.search import MOST_SHOWN, search
from tests import factories
from tests.actions import programme_rows

pytestmark = pytest.mark.django_db

WORD = "Kruisbes"


def titles(found) -> dict[str, list[str]]:
    return {group.title: [entry.name for entry in group.entries] for group in found.groups}


def links(response) -> list[str]:
    found = re.search(r"<main.*?</main>", response.text, re.DOTALL)
    assert found
    return re.findall(r'<li>\s*<a href="([^"]+)"', found[0])


@pytest.fixture
def everywhere(coalition, coordinator):
    """One thing of each kind with the same word in its name, in one coalition that is not public."""
    coalition.is_public = False
    coalition.save(update_fields=["is_public"])
    organisation = factories.make_organisation(f"{WORD} zorg")
    membership = factories.make_member(coalition, organisation)
    factories.make_representative(factories.make_person(f"Karin {WORD}"), organisation)
    factories.make_member(coalition, factories.make_organisation(f"{WORD} gewenst"), state="prospect")
    factories.make_group(coalition, coordinator, name=f"Groep {WORD}")
    for title, audience in (("voor leden", Audience.MEMBERS), ("voor het team", Audience.TEAM)):
        documents.add_document(
            coalition=coalition,
            title=f"{WORD} {title}",
            audience=audience,
            upload=factories.make_upload(),
            by=coordinator,
        )
    factories.make_draft(coalition, f"Convenant {WORD}", by=coordinator)
    programme_rows.make_action(coalition, coordinator, title=f"Actie {WORD}", lead=membership)
    factories.make_meeting(coalition, coordinator, title=f"Overleg {WORD}")
    factories.make_meeting(coalition, coordinator, state="invited", title=f"Avond {WORD}")
    return coalition


INSIDE = {
    "Organisaties": [f"{WORD} zorg"],
    "Mensen": [f"Karin {WORD}"],
    "Werkgroepen": [f"Groep {WORD}"],
    "Documenten": [f"{WORD} voor leden"],
    "Convenanten": [f"Convenant {WORD}"],
    "Acties": [f"Actie {WORD}"],
    "Bijeenkomsten": [f"Avond {WORD}"],
}


@pytest.mark.parametrize("role", ["partner", "alderman", "analyst"])
def test_who_takes_part_finds_what_she_may_open(role, request, log_in, everywhere):
    person = request.getfixturevalue(role)
    assert titles(search(person, WORD)) == INSIDE
    client = log_in(person)
    addresses = links(client.get("/zoeken/", {"zoek": WORD}))
    assert len(addresses) == len(INSIDE)
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )


def test_a_coordinator_finds_whom_she_works_on_and_what_is_for_her_team(coordinator, everywhere):
    found = titles(search(coordinator, WORD))
    assert found["Organisaties"] == [f"{WORD} gewenst", f"{WORD} zorg"]
    assert found["Documenten"] == [f"{WORD} voor het team", f"{WORD} voor leden"]


def test_who_is_elsewhere_finds_nothing_of_it(client, log_in, outsider, everywhere):
    reader = factories.make_person()
    factories.give_role(reader, everywhere, Role.READER)
    for person in (outsider, reader, factories.make_person()):
        assert titles(search(person, WORD)) == {}, person
    for visitor in (client, log_in(outsider)):
        text = visitor.get("/zoeken/", {"zoek": WORD}).text
        assert "Niets gevonden" in text
        assert f"{WORD} " not in text


def test_what_nobody_may_know_of_is_not_meant_either(client, log_in, outsider, coordinator, everywhere):
    assert f"Karin {WORD}" in log_in(coordinator).get("/zoeken/", {"zoek": "Karin Kruisbis"}).text
    assert "Bedoelde je" not in log_in(outsider).get("/zoeken/", {"zoek": "Karin Kruisbis"}).text


def test_a_coalition_that_is_not_public_exists_for_its_own_people_only(partner, outsider, everywhere):
    assert titles(search(partner, everywhere.name))["Coalities"] == [everywhere.name]
    assert "Coalities" not in titles(search(outsider, everywhere.name))


def test_an_administrator_finds_organisations_and_no_people(administrator, everywhere):
    assert titles(search(administrator, WORD)) == {"Organisaties": [f"{WORD} gewenst", f"{WORD} zorg"]}


def test_a_visitor_finds_birth_care_places_figures_and_words(client, coalition):
    factories.make_organisation(
        "Kraamzorg Maas", type_code="kraamzorg", municipality=coalition.municipalities()[0]
    )
    factories.make_organisation("Welzijn Maas")
    for words, name in (
        ("kraamzorg maas", "Kraamzorg Maas"),
        ("beesel", "Beesel"),
        ("GM0889", "Beesel"),
        ("0889", "Beesel"),
        ("maas en", "Maas en Peel"),
        ("vroeggeboorte", "Vroeggeboorte"),
        ("kwartier", "Kwartiermaker"),
    ):
        response = client.get("/zoeken/", {"zoek": words})
        assert f">{name}</a>" in response.text, words
        # Without figures there is no page of an indicator yet.
        for address in [one for one in links(response) if not one.startswith("/indicatoren/")]:
            assert client.get(address).status_code == 200, address
    assert "Welzijn Maas" not in client.get("/zoeken/", {"zoek": "maas"}).text


def test_a_region_leads_to_the_municipalities_in_it(client, coalition):
    region = factories.make_area("GGD Maasland", kind="ggd_region", code="ggd-maasland")
    factories.put_in_region(region, coalition.municipalities().get(name="Venlo"))
    (address,) = links(client.get("/zoeken/", {"zoek": "maasland"}))
    page = client.get(address).text
    assert "Venlo" in page
    assert ">Beesel</a>" not in page


def test_every_word_counts_and_may_stand_in_kind_and_place(coordinator, coalition):
    venlo = coalition.municipalities().get(name="Venlo")
    wanted = factories.make_organisation("De Ooievaar", type_code="kraamzorg", municipality=venlo)
    other = factories.make_organisation("De Lepelaar", type_code="kraamzorg")
    for organisation in (wanted, other):
        factories.make_member(coalition, organisation)
    assert titles(search(coordinator, "venlo kraamzorg"))["Organisaties"] == ["De Ooievaar"]
    assert titles(search(coordinator, "kraamzorg"))["Organisaties"] == ["De Lepelaar", "De Ooievaar"]


def test_what_begins_with_the_word_comes_first_and_elsewhere_last(coordinator, coalition):
    kind = factories.make_type("peelzorg")
    for name in ("Aan de Peel", "Peelrand", "Zonder"):
        organisation = factories.make_organisation(name, type_code=kind.code)
        factories.make_member(coalition, organisation)
    assert titles(search(coordinator, "peel"))["Organisaties"] == ["Peelrand", "Aan de Peel", "Zonder"]


def test_more_of_one_kind_is_one_link_away(log_in, coordinator, coalition):
    for number in range(MOST_SHOWN + 1):
        factories.make_member(coalition, factories.make_organisation(f"Maatjes {number}"))
    client = log_in(coordinator)
    page = client.get("/zoeken/", {"zoek": "maatjes"}).text
    assert f"Maatjes {MOST_SHOWN}" not in page
    more = re.search(r'href="(\?zoek=maatjes&amp;soort=\d+)"', page)
    assert more
    page = client.get("/zoeken/" + more[1].replace("&amp;", "&")).text
    assert f"Maatjes {MOST_SHOWN}" in page
    assert "Zoek weer in alles" in page


def test_a_slip_of_the_pen_leads_to_the_word_that_was_meant(client, coalition):
    page = client.get("/zoeken/", {"zoek": "vroegebborte"}).text
    assert '<a href="?zoek=Vroeggeboorte">Vroeggeboorte</a>' in page
    assert "?zoek=Beesel" in client.get("/zoeken/", {"zoek": "beseel"}).text
    assert "Bedoelde je" not in client.get("/zoeken/", {"zoek": "xyzzy"}).text


@pytest.mark.parametrize("words", ["", " ", "a", "%", "\x00", "' OR 1=1 --", "x" * 101, "10", "&", "€ 3"])
def test_nothing_that_somebody_types_breaks_it(client, coalition, words):
    assert client.get("/zoeken/", {"zoek": words}).status_code == 200


@pytest.mark.parametrize("words", [WORD, "Kruisbis"])
def test_it_takes_two_questions_however_many_kinds_there_are(log_in, coordinator, everywhere, words):
    client = log_in(coordinator)
    client.get("/zoeken/", {"zoek": words})
    with CaptureQueriesContext(connection) as queries:
        client.get("/zoeken/", {"zoek": words})
    # Session, person and roles besides.
    assert len([one for one in queries if "SAVEPOINT" not in one["sql"]]) <= 5


def test_no_two_shelves_stand_at_the_same_place(coordinator):
    from portal import hooks

    orders = [shelf.order for part in hooks.parts("shelves") for shelf in part.shelves(coordinator)]
    assert len(orders) == len(set(orders))
