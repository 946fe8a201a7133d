"""A heading takes along what stands under it."""

import pytest

from covenants import block_edits
from covenants.block_places import place_above, place_below, run_length
from covenants.models import CovenantVersion
from tests import factories

KINDS = {
    "t": "title",
    "p": "parties",
    "c": "consideration",
    "H": "chapter",
    "A": "article",
    "a": "paragraph",
    "l": "list",
    "X": "annex",
}


def text_of(letters: str) -> list[dict]:
    """Blocks by the letters of their kinds, with the place in the word as their text."""
    return [
        {"kind": KINDS[letter], "text": f"{letter}{place}", "key": f"stuk{place:03}"}
        for place, letter in enumerate(letters)
    ]


def moved(letters: str, place: int, *, up: bool) -> str:
    """The kinds in their new order, by the rule alone."""
    blocks = text_of(letters)
    target = place_above(blocks, place) if up else place_below(blocks, place)
    end = place + run_length(blocks, place)
    rest = letters[:place] + letters[end:]
    return f"{rest[:target]}[{letters[place:end]}]{rest[target:]}"


@pytest.mark.parametrize(
    ("letters", "place", "after"),
    [
        ("tAaaAl", 1, "tAl[Aaa]"),
        ("tHAaHAaX", 1, "tHAa[HAa]X"),
        # The last article of a chapter goes into the next one, below what opens it.
        ("HAaHaAa", 1, "HHa[Aa]Aa"),
        ("HAaX", 1, "HX[Aa]"),
        # What is no heading goes one place, also past a heading.
        ("AaAa", 1, "AA[a]a"),
        ("tcc", 1, "tc[c]"),
        ("AaAl", 2, "Aa[Al]"),
    ],
)
def test_down(letters, place, after):
    assert moved(letters, place, up=False) == after


@pytest.mark.parametrize(
    ("letters", "place", "after"),
    [
        ("tAaaAl", 4, "t[Al]Aaa"),
        ("HAaHaAa", 5, "HAa[Aa]Ha"),
        ("HAaHAaX", 3, "[HAa]HAaX"),
        ("tpccHAa", 4, "tpc[HAa]c"),
        ("AaAa", 3, "Aa[a]A"),
        ("Aa", 0, "[Aa]"),
    ],
)
def test_up(letters, place, after):
    assert moved(letters, place, up=True) == after


@pytest.mark.django_db
def test_a_move_of_an_article_is_taken_back_as_a_whole(coalition, coordinator):
    draft = factories.make_draft(coalition, blocks=text_of("tHAaaAaHA"), by=coordinator)
    start = CovenantVersion.objects.get(pk=draft.pk).blocks
    for place, steps in ((2, 1), (5, -1), (1, 1), (2, 2)):
        block_edits.move_block(version=draft, key=start[place]["key"], steps=steps, by=coordinator)
        moved_blocks = CovenantVersion.objects.get(pk=draft.pk)
        assert moved_blocks.blocks != start
        block_edits.undo(version=draft, revision=moved_blocks.revision, by=coordinator)
        assert CovenantVersion.objects.get(pk=draft.pk).blocks == start
