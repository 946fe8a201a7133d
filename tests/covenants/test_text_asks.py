"""A text that is being written asks for answers and for a second person."""

import pytest
from django.utils import timezone

from covenants import asks, comments, endings, texts
from partners.models import Organisation

pytestmark = pytest.mark.django_db


def test_comments_wait_for_the_coordinator_until_they_are_answered(draft, coalition, coordinator, partner):
    organisation = Organisation.objects.get(name="Welzijn Maasdorp")
    key = draft.blocks[5]["key"]
    said = [
        comments.add(version=draft, block_key=key, organisation=organisation, text=text, by=partner)
        for text in ("Te vaag.", "Te lang.")
    ]
    (ask,) = asks.asks_in(coalition, coordinator)
    assert ask.title == "Beantwoord 2 opmerkingen"
    comments.answer(comment=said[0], text="Ja.", by=coordinator)
    (ask,) = asks.asks_in(coalition, coordinator)
    assert ask.title == "Beantwoord 1 opmerking"
    comments.answer(comment=said[1], text="Ja.", by=coordinator)
    assert asks.asks_in(coalition, coordinator) == []
    assert asks.asks_in(coalition, partner) == []


def test_a_proposal_asks_somebody_else_to_confirm(draft, coordinator, team, partner):
    texts.propose_freeze(version=draft, by=coordinator)
    (ask,) = asks.asks_of(team)
    assert ask.title == "Bevestig versie 1 van Convenant Maas en Peel"
    assert "Carla Coördinator" in ask.detail
    assert asks.asks_of(coordinator) == asks.asks_of(partner) == []
    # On the workplace of the coalition as well.
    assert asks.asks_in(draft.covenant.coalition, team) == [ask]
    assert asks.asks_in(draft.covenant.coalition, coordinator) == []
    texts.confirm_freeze(version=draft, by=team, digest=texts.digest_of_version(draft))
    assert asks.asks_of(team) == []


def test_the_second_person_is_asked_to_confirm_that_a_document_ends(version, coordinator, team):
    endings.propose_end(
        covenant=version.covenant, ended_on=timezone.localdate(), reason="Klaar", by=coordinator
    )
    (ask,) = asks.asks_of(team)
    assert ask.title == f"Bevestig dat {version.covenant.title} eindigt"
    assert coordinator.name in ask.detail
    assert asks.asks_of(coordinator) == []
    assert [one for one in asks.asks_in(version.covenant.coalition, team) if "eindigt" in one.title] == [ask]
