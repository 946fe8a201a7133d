"""The covenant page: for everybody where the text stands, for partners while it is written."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from covenants import endings, texts
from covenants.models import CovenantVersion
from tests import factories
from tests.covenants.signing_cast import open_round, sign, sign_on_paper

pytestmark = pytest.mark.django_db


def page_of(coalition) -> str:
    return reverse("covenants:covenant-detail", args=[coalition.slug])


@pytest.fixture
def frozen(draft, coordinator, team) -> CovenantVersion:
    return factories.freeze(draft, coordinator, team)


def test_everybody_reads_a_text_that_stands(client, coalition, frozen):
    response = client.get(page_of(coalition))

    content = response.content.decode()
    assert response.status_code == 200
    for words in ("Artikel 1. Doel", "Bijlage 1. Werkwijze", "Eén regel over geld.", "3 maanden"):
        assert words in content
    assert frozen.sha256[:8] in content
    assert content.index("Artikel 1. Doel") < content.index("Artikel 2. Geld")


def test_it_says_since_when_the_text_holds_or_what_it_waits_for(client, coalition, frozen, coordinator, team):
    assert (
        "Gaat gelden zodra twee partijen getekend hebben." in client.get(page_of(coalition)).content.decode()
    )
    sign_on_paper(frozen, datetime.date(2021, 12, 9), "Gemeente Venlo", "Kraamzorg De Peel")
    content = client.get(page_of(coalition)).content.decode()
    assert "Geldt sinds 9 december 2021 tussen wie getekend heeft." in content
    today = timezone.localdate()
    proposal = endings.propose_end(covenant=frozen.covenant, ended_on=today, reason="Klaar", by=coordinator)
    endings.confirm_end(proposal=proposal, by=team)
    ended = f"Beëindigd per {date_format(today, 'j F Y')}."
    assert ended in client.get(page_of(coalition)).content.decode()


def test_only_who_speaks_for_a_party_is_led_to_giving_notice(
    log_in, coalition, frozen, coordinator, team, signatory
):
    open_round(frozen, coordinator)
    client = log_in(signatory.person)
    before = client.get(page_of(coalition)).text
    assert before.count("Lees en teken") == 1
    assert "/opzeggen/" not in before
    sign(frozen, signatory)
    assert "/opzeggen/" in client.get(page_of(coalition)).text
    assert "/opzeggen/" not in log_in(coordinator).get(page_of(coalition)).text
    proposal = endings.propose_end(
        covenant=frozen.covenant, ended_on=timezone.localdate(), reason="Klaar", by=coordinator
    )
    endings.confirm_end(proposal=proposal, by=team)
    assert "/opzeggen/" not in log_in(signatory.person).get(page_of(coalition)).text


def test_nobody_outside_reads_a_draft(client, coalition, draft):
    response = client.get(page_of(coalition))
    assert response.status_code == 200
    assert "Artikel 1" not in response.content.decode()
    document = reverse("covenants:document-detail", args=[coalition.slug, draft.covenant.slug])
    assert client.get(document).status_code == 404


def test_a_partner_sees_that_a_new_text_is_being_written(log_in, partner, coordinator, coalition, frozen):
    texts.new_version(covenant=frozen.covenant, by=coordinator)
    content = log_in(partner).get(page_of(coalition)).content.decode()
    assert "Lees versie 2 en reageer" in content
    assert "Werk aan het concept" not in content


def test_the_coordinator_is_led_to_the_next_step(log_in, coordinator, coalition, frozen):
    client = log_in(coordinator)
    assert "Maak een nieuwe versie" in client.get(page_of(coalition)).content.decode()
    texts.new_version(covenant=frozen.covenant, by=coordinator)
    assert "Werk aan het concept" in client.get(page_of(coalition)).content.decode()


def test_without_a_covenant_only_the_coordinator_can_make_one(client, log_in, coordinator, coalition):
    assert "Maak een convenant" not in client.get(page_of(coalition)).content.decode()
    assert "Maak een convenant" in log_in(coordinator).get(page_of(coalition)).content.decode()


def test_a_coalition_that_is_not_public_shows_outsiders_nothing(client, log_in, outsider, frozen, coalition):
    coalition.is_public = False
    coalition.save()
    assert client.get(page_of(coalition)).status_code == 404
    assert log_in(outsider).get(page_of(coalition)).status_code == 404


def test_several_documents_have_a_page_each(client, coalition, coordinator, team, frozen):
    other = factories.freeze(factories.make_draft(coalition, "Intentieverklaring"), coordinator, team)
    content = client.get(page_of(coalition)).content.decode()
    assert "Andere documenten" in content
    address = reverse("covenants:document-detail", args=[coalition.slug, frozen.covenant.slug])
    assert address in content
    assert client.get(address).status_code == 200
    assert other.covenant.title in client.get(address).content.decode()


def test_it_is_read_and_not_written(client, coalition):
    assert client.post(page_of(coalition)).status_code == 405


def test_it_takes_as_many_queries_for_ten_versions_as_for_one(
    client, coalition, coordinator, team, frozen, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        client.get(page_of(coalition))
    version = frozen
    for _ in range(4):
        version = factories.freeze(
            texts.new_version(covenant=version.covenant, by=coordinator), coordinator, team
        )
    with django_assert_max_num_queries(8):
        client.get(page_of(coalition))


def test_a_text_that_was_replaced_says_for_how_many_it_still_holds(
    client, coalition, version, signatory, coordinator
):
    sign(version, signatory)
    newer = factories.freeze(texts.new_version(covenant=version.covenant, by=coordinator))
    open_round(newer, coordinator)
    page = client.get(page_of(coalition)).content.decode()
    assert "Versie 1 blijft gelden voor 1 partij, tot zij deze tekst tekenen." in page
    assert "geldt nog voor 1" in page
