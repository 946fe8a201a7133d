"""Blocks hold plain words: what is typed is kept as it is read, and nothing else."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from covenants import blocks
from covenants.blocks import BlockKind, clean_block, clean_blocks, clean_meaning, plain
from portal.text_guard import REFUSAL
from tests.covenants.samples import BLOCKS, MEANING

# A machine with other work to do is slow at times, which says nothing of the code.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_a_clean_text_keeps_its_words_and_gets_names():
    found = clean_blocks(BLOCKS)

    assert [block["kind"] for block in found] == [block["kind"] for block in BLOCKS]
    assert len({block["key"] for block in found}) == len(BLOCKS)
    assert clean_blocks(found) == found


def test_two_blocks_never_share_a_name():
    twice = {"kind": "paragraph", "text": "Hetzelfde", "key": "abcdef12"}

    first, second = clean_blocks([twice, twice])

    assert first["key"] == "abcdef12" != second["key"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"kind": "poem", "text": "x"}, "Kies wat voor stuk tekst dit is"),
        ({"kind": "article", "text": "  "}, "Vul bij artikel een tekst in"),
        ({"kind": "article", "text": "x" * 301}, "ten hoogste 300 tekens"),
        ({"kind": "paragraph", "text": ""}, "Vul de tekst in, of verwijder dit stuk"),
        ({"kind": "paragraph", "text": "x" * 20_001}, "ten hoogste 20000 tekens"),
        ({"kind": "paragraph", "text": "x", "key": "../etc"}, "geen geldige naam"),
        ({"kind": "parties", "items": [" "]}, "Noem minstens één partij"),
        ({"kind": "list", "items": []}, "Vul minstens één regel in"),
        ({"kind": "table", "text": "T", "rows": [["a", "b"]]}, "een kopregel en minstens één rij"),
        ({"kind": "table", "text": "T", "rows": [["a", ""], ["1", "2"]]}, "Geef elke kolom"),
        ({"kind": "table", "text": "", "rows": [["a"], ["1"]]}, "Geef de tabel een opschrift"),
        ({"kind": "table", "text": "T", "rows": [["a"] * 9, ["1"] * 9]}, "ten hoogste 8 kolommen"),
        ({"kind": "paragraph", "text": "Zij heet 111222333."}, REFUSAL[:40]),
        ({"kind": "list", "items": ["nummer 111222333"]}, REFUSAL[:40]),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(raw, words):
    with pytest.raises(ValidationError) as refusal:
        clean_block(raw)
    assert words in " ".join(refusal.value.messages)


def test_a_refusal_in_a_whole_text_says_where():
    with pytest.raises(ValidationError, match="Stuk 2"):
        clean_blocks([BLOCKS[0], {"kind": "article", "text": ""}])


def test_a_text_has_an_end():
    with pytest.raises(ValidationError, match="ten hoogste 2000 stukken"):
        clean_blocks([{"kind": "paragraph", "text": "x"}] * 2001)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("be\u0301be\u0301", "bébé"),
        ("soft\u00adhyphen", "softhyphen"),
        ("veilig\u202egilievno", "veiliggilievno"),
        ("nul\x00teken", "nulteken"),
        ("half\ud800paar", "halfpaar"),
        ("Łódź, Sint-Maartensdijk, ’s-Gravenhage", "Łódź, Sint-Maartensdijk, ’s-Gravenhage"),
        ('#read("/etc/passwd") *vet* <b>x</b>', '#read("/etc/passwd") *vet* <b>x</b>'),
        ("vast\u00a0wit", "vast wit"),
    ],
)
def test_plain_words_have_one_form_and_nothing_unseen(raw, kept):
    assert plain(raw) == kept


@UNHURRIED
@given(st.text())
def test_plain_is_done_at_once_and_can_be_stored(text):
    once = plain(text, lines=True)
    assert plain(once, lines=True) == once
    assert "\x00" not in once
    once.encode("utf-8")


def test_paragraphs_keep_their_lines_and_headings_do_not():
    assert clean_block({"kind": "paragraph", "text": "een\r\n  twee "})["text"] == "een\ntwee"
    assert clean_block({"kind": "article", "text": "een\ntwee"})["text"] == "een twee"


def test_lines_of_a_form_become_items_and_come_back():
    items = blocks.items_from_lines("eerst\n- onder\n  ook onder\n\nlaatst")

    assert [(item["text"], item["depth"]) for item in items] == [
        ("eerst", 0), ("onder", 1), ("ook onder", 1), ("laatst", 0),
    ]  # fmt: skip
    assert blocks.lines_from_items(items) == "eerst\n- onder\n- ook onder\nlaatst"


def test_the_first_item_never_stands_below_another():
    block = clean_block({"kind": "list", "items": blocks.items_from_lines("- eerst\n- tweede")})
    assert [item["depth"] for item in block["items"]] == [0, 1]


def test_lines_of_a_form_become_rows_and_come_back():
    rows = blocks.rows_from_lines("Partij | Bedrag\n| Venlo | € 1 |\nPeel\t€ 2")

    assert rows == [["Partij", "Bedrag"], ["Venlo", "€ 1"], ["Peel", "€ 2"]]
    assert blocks.lines_from_rows(rows) == "Partij | Bedrag\nVenlo | € 1\nPeel | € 2"


def test_a_table_is_made_rectangular():
    block = clean_block({"kind": "table", "text": "T", "rows": [["a", "b"], ["1"]]})
    assert block["rows"] == [["a", "b"], ["1", ""]]


def test_the_five_lines_are_kept_and_nothing_beside_them():
    assert clean_meaning({**MEANING, "extra": "x"}) == MEANING
    with pytest.raises(ValidationError, match="Geld: gebruik ten hoogste 600"):
        clean_meaning({**MEANING, "money": "x" * 601})


def test_the_digest_does_not_depend_on_the_order_of_keys():
    assert blocks.digest_of({"a": 1, "b": "é"}) == blocks.digest_of({"b": "é", "a": 1})
    assert blocks.digest_of({"a": 1}) != blocks.digest_of({"a": 2})


def test_every_kind_has_a_dutch_word():
    assert [kind.label for kind in BlockKind] == [
        "titel", "partijen", "overweging", "hoofdstuk", "artikel", "lid", "opsomming", "tabel", "bijlage",
    ]  # fmt: skip
