"""The five lines, and the agreements about the document."""

import pytest
from django.urls import reverse

from covenants import block_edits
from covenants.models import CovenantVersion
from tests import factories
from tests.covenants.samples import MEANING

pytestmark = pytest.mark.django_db
TERMS = {
    "kind": "intent",
    "title": "Andere naam",
    "notice_months": "6",
    "force_rule": "quorum",
    "quorum": "5",
}


def address(draft, name: str) -> str:
    return reverse(f"covenants:{name}", args=[draft.covenant.coalition.slug, draft.covenant.slug])


def test_the_five_lines_are_saved(log_in, coordinator, draft):
    client = log_in(coordinator)
    assert "Kost het geld" in client.get(address(draft, "meaning-edit")).content.decode()
    client.post(address(draft, "meaning-edit"), {**MEANING, "money": "Niets.", "seen": "0"})
    assert CovenantVersion.objects.get(pk=draft.pk).meaning["money"] == "Niets."


def test_the_second_editor_of_the_lines_gets_both(log_in, coordinator, draft):
    cees = factories.make_person("Cees Collega")
    block_edits.edit_meaning(version=draft, meaning={**MEANING, "money": "Van Cees."}, by=cees)
    response = log_in(coordinator).post(
        address(draft, "meaning-edit"), {**MEANING, "money": "Van Carla.", "seen": "0"}
    )
    content = response.content.decode()
    assert response.status_code == 409
    assert "Van Cees." in content
    assert "Van Carla." in content


def test_a_citizen_number_is_refused(log_in, coordinator, draft):
    response = log_in(coordinator).post(address(draft, "meaning-edit"), {**MEANING, "who": "111222333"})
    assert "burgerservicenummer" in response.content.decode()


def test_the_terms_are_saved_while_no_text_stands(log_in, coordinator, draft):
    log_in(coordinator).post(address(draft, "terms-edit"), TERMS)
    stored = CovenantVersion.objects.select_related("covenant").get(pk=draft.pk)
    assert (stored.covenant.title, stored.quorum) == ("Andere naam", 5)


def test_terms_that_were_agreed_stay(log_in, coordinator, team, draft):
    factories.confirm_text(draft, coordinator, team)
    response = log_in(coordinator).post(address(draft, "terms-edit"), TERMS)
    assert "staat vast" in response.content.decode()


def test_wrong_terms_are_said_at_their_field(log_in, coordinator, draft):
    response = log_in(coordinator).post(address(draft, "terms-edit"), {**TERMS, "quorum": ""})
    assert "Vul in bij hoeveel partijen" in response.content.decode()


@pytest.mark.parametrize("name", ["meaning-edit", "terms-edit"])
def test_others_write_nothing(client, log_in, partner, outsider, draft, name):
    for who, status in ((None, 302), (outsider, 404), (partner, 403)):
        visitor = log_in(who) if who else client
        assert visitor.post(address(draft, name), {**TERMS, **MEANING}).status_code == status
    stored = CovenantVersion.objects.select_related("covenant").get(pk=draft.pk)
    assert stored.meaning == MEANING
    assert stored.covenant.title == draft.covenant.title
