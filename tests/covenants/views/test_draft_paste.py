"""Pasted text is shown first and kept after that."""

import json

import pytest
from django.urls import reverse

from covenants import block_edits
from covenants.models import CovenantVersion
from tests import factories
from tests.covenants.test_pasting import sample

pytestmark = pytest.mark.django_db


def address(draft, name: str = "draft-paste") -> str:
    return reverse(f"covenants:{name}", args=[draft.covenant.coalition.slug, draft.covenant.slug])


def blocks_of(draft) -> list[dict]:
    return CovenantVersion.objects.get(pk=draft.pk).blocks


def test_word_is_recognised_and_kept_after_a_look(log_in, coordinator, draft):
    client = log_in(coordinator)
    shown = client.post(address(draft), {"text": "x", "html": sample("word.html")})
    content = shown.content.decode()
    assert "Er is nog niets opgeslagen" in content
    assert "Hoofdstuk 1. Samenwerking" in content
    assert blocks_of(draft) == draft.blocks

    client.post(
        address(draft, "draft-paste-save"),
        {"blocks": shown.context["blocks"], "seen": "0", "plaats": "alles"},
    )
    assert blocks_of(draft)[0]["text"] == "Convenant Samen Vroeg Erbij"
    assert len(blocks_of(draft)) == 14


def test_bare_text_is_recognised_without_script(log_in, coordinator, draft):
    content = log_in(coordinator).post(address(draft), {"text": sample("mail.txt")}).content.decode()
    assert "Artikel 1. Doel" in content


def test_it_can_come_behind_what_is_there(log_in, coordinator, draft):
    blocks = [{"kind": "title", "text": "Weg"}, {"kind": "article", "text": "Erbij"}]
    log_in(coordinator).post(
        address(draft, "draft-paste-save"), {"blocks": json.dumps(blocks), "seen": "0", "plaats": "achteraan"}
    )
    found = blocks_of(draft)
    assert found[:-1] == draft.blocks
    assert found[-1]["text"] == "Erbij"


def test_nobody_is_written_over(log_in, coordinator, draft):
    cees = factories.make_person("Cees Collega")
    block_edits.delete_block(version=draft, key=draft.blocks[6]["key"], by=cees)
    response = log_in(coordinator).post(
        address(draft, "draft-paste-save"),
        {"blocks": json.dumps([{"kind": "title", "text": "T"}]), "seen": "0", "plaats": "alles"},
        follow=True,
    )
    assert "Intussen gewijzigd door Cees Collega" in response.content.decode()
    assert len(blocks_of(draft)) == len(draft.blocks) - 1


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "{",
        "[1]",
        "null",
        "12",
        '[{"kind": "poem"}]',
        '[{"text": "x"}]',
        '{"a": 1}',
        '[{"kind": "table", "rows": 3}]',
    ],
)
def test_what_no_page_sends_is_a_sentence(log_in, coordinator, draft, sent):
    response = log_in(coordinator).post(
        address(draft, "draft-paste-save"), {"blocks": sent, "seen": "x"}, follow=True
    )
    assert response.status_code == 200
    assert "alert--danger" in response.content.decode()
    assert blocks_of(draft) == draft.blocks


@pytest.mark.parametrize(
    ("data", "sentence"),
    [({}, "Er staat nog geen tekst"), ({"text": "Kop\nZij heet 111222333."}, "burgerservicenummer")],
)
def test_what_cannot_be_pasted_is_said(log_in, coordinator, draft, data, sentence):
    assert sentence in log_in(coordinator).post(address(draft), data).content.decode()


@pytest.mark.parametrize("name", ["draft-paste", "draft-paste-save"])
def test_others_paste_nothing(client, log_in, partner, outsider, draft, name):
    for who, status in ((None, 302), (outsider, 404), (partner, 403)):
        visitor = log_in(who) if who else client
        assert visitor.post(address(draft, name), {"text": "x"}).status_code == status
