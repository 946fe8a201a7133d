"""One block in its form; nobody's words are lost."""

import pytest
from django.urls import reverse

from covenants import block_edits
from covenants.models import CovenantVersion
from tests import factories

pytestmark = pytest.mark.django_db


def address(draft, name: str, *args: object) -> str:
    covenant = draft.covenant
    return reverse(f"covenants:{name}", args=[covenant.coalition.slug, covenant.slug, *args])


def blocks_of(draft) -> list[dict]:
    return CovenantVersion.objects.get(pk=draft.pk).blocks


NEW = {
    "title": ({"text": "Kop"}, {"text": "Kop"}),
    "parties": (
        {"text": "Tussen:", "lines": "Gemeente Venlo\nVSV Noord, namens haar leden"},
        {"text": "Tussen:", "items": [{"text": "Gemeente Venlo", "depth": 0},
                                      {"text": "VSV Noord, namens haar leden", "depth": 0}]},
    ),
    "consideration": ({"text": "dat het telt"}, {"text": "dat het telt"}),
    "chapter": ({"text": "Doel"}, {"text": "Doel"}),
    "article": ({"text": "Geld"}, {"text": "Geld"}),
    "paragraph": ({"text": "Een\nTwee"}, {"text": "Een\nTwee"}),
    "list": (
        {"text": "", "lines": "een\n- onder"},
        {"text": "", "items": [{"text": "een", "depth": 0}, {"text": "onder", "depth": 1}]},
    ),
    "table": ({"text": "Uren", "lines": "A | B\n1 | 2"}, {"text": "Uren", "rows": [["A", "B"], ["1", "2"]]}),
    "annex": ({"text": "Lijst"}, {"text": "Lijst"}),
}  # fmt: skip


@pytest.mark.parametrize("kind", NEW)
def test_every_kind_of_block_can_be_added_and_read_back(log_in, coordinator, draft, kind):
    sent, kept = NEW[kind]
    client = log_in(coordinator)
    place = f"{address(draft, 'block-add')}?soort={kind}&na={draft.blocks[0]['key']}"
    assert client.get(place).status_code == 200

    response = client.post(place, sent)

    block = blocks_of(draft)[1]
    assert response["Location"].endswith(f"#stuk-{block['key']}")
    assert block == {"key": block["key"], "kind": kind, **kept}
    again = client.get(address(draft, "block-edit", block["key"]))
    assert again.status_code == 200
    form = again.context["form"]
    client.post(address(draft, "block-edit", block["key"]), form.initial)
    assert blocks_of(draft)[1] == block


def test_other_words_are_saved(log_in, coordinator, draft):
    key = draft.blocks[6]["key"]
    log_in(coordinator).post(address(draft, "block-edit", key), {"text": "Beter.", "seen": "0"})
    assert blocks_of(draft)[6]["text"] == "Beter."


def test_the_second_editor_gets_both_texts_and_can_go_on(log_in, coordinator, draft):
    key = draft.blocks[6]["key"]
    cees = factories.make_person("Cees Collega")
    block_edits.change_block(version=draft, key=key, values={"text": "Van Cees."}, seen=0, by=cees)
    client = log_in(coordinator)

    response = client.post(address(draft, "block-edit", key), {"text": "Van Carla.", "seen": "0"})

    content = response.content.decode()
    assert response.status_code == 409
    assert "Intussen gewijzigd door Cees Collega om" in content
    assert "Van Cees." in content
    assert "Van Carla." in content
    assert blocks_of(draft)[6]["text"] == "Van Cees."
    seen = response.context["form"].data["seen"]
    client.post(address(draft, "block-edit", key), {"text": "Van Carla.", "seen": seen})
    assert blocks_of(draft)[6]["text"] == "Van Carla."


def test_a_block_that_went_meanwhile_keeps_the_words_on_the_screen(log_in, coordinator, draft):
    key = draft.blocks[6]["key"]
    cees = factories.make_person("Cees Collega")
    block_edits.delete_block(version=draft, key=key, by=cees)
    client = log_in(coordinator)
    page = client.get(address(draft, "block-edit", key), follow=True)
    assert "intussen verwijderd door Cees Collega" in page.content.decode()

    response = client.post(address(draft, "block-edit", key), {"text": "Mijn woorden.", "seen": "0"})

    content = response.content.decode()
    assert response.status_code == 409
    assert "intussen verwijderd door Cees Collega" in content
    assert "Mijn woorden." in content
    client.post(response.context["action"], {"text": "Mijn woorden.", "seen": "0"})
    block = blocks_of(draft)[6]
    assert (block["kind"], block["text"]) == (draft.blocks[6]["kind"], "Mijn woorden.")


def test_a_block_that_went_with_the_whole_text_keeps_the_words_as_well(log_in, coordinator, draft):
    key = draft.blocks[6]["key"]
    block_edits.edit_blocks(version=draft, blocks=draft.blocks[:3], by=factories.make_person("Cees Collega"))
    client = log_in(coordinator)
    response = client.post(address(draft, "block-edit", key), {"text": "Mijn woorden.", "seen": "0"})
    assert "intussen verwijderd door Cees Collega" in response.content.decode()
    client.post(response.context["action"], {"text": "Mijn woorden.", "seen": "0"})
    assert blocks_of(draft)[-1]["text"] == "Mijn woorden."


def test_a_block_that_never_was_is_404(log_in, coordinator, draft):
    assert log_in(coordinator).post(address(draft, "block-edit", "nooit12"), {}).status_code == 404


@pytest.mark.parametrize(
    ("kind", "data", "sentence"),
    [
        ("paragraph", {"text": ""}, "Vul hier de tekst in"),
        ("paragraph", {"text": "Zij heet 111222333."}, "burgerservicenummer"),
        ("article", {"text": "x" * 301}, "ten hoogste 300 tekens"),
        ("list", {"lines": ""}, "minstens één regel"),
        ("table", {"text": "Uren", "lines": "A | B"}, "een kopregel en minstens één rij"),
        ("table", {"text": "Uren", "lines": "|".join("abcdefghi") + "\n1"}, "ten hoogste 8 kolommen"),
    ],
)
def test_what_is_wrong_is_said_at_the_form(log_in, coordinator, draft, kind, data, sentence):
    response = log_in(coordinator).post(f"{address(draft, 'block-add')}?soort={kind}", data)
    assert sentence in response.content.decode()
    assert len(blocks_of(draft)) == len(draft.blocks)


def test_others_write_nothing(client, log_in, partner, outsider, draft):
    key = draft.blocks[6]["key"]
    for who, status in ((None, 302), (outsider, 404), (partner, 403)):
        visitor = log_in(who) if who else client
        response = visitor.post(address(draft, "block-edit", key), {"text": "X", "seen": "0"})
        assert response.status_code == status
    assert blocks_of(draft) == draft.blocks


@pytest.mark.parametrize("kind", ["", "gedicht"])
def test_an_unknown_kind_is_404(log_in, coordinator, draft, kind):
    assert log_in(coordinator).get(f"{address(draft, 'block-add')}?soort={kind}").status_code == 404
