"""Two texts side by side: what came, what went and what reads differently."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from covenants.blocks import clean_blocks
from covenants.comparison import Change, compare, compare_words, keep_keys
from tests.covenants.samples import BLOCKS

# A machine with other work to do is slow at times, which says nothing of the code.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def shown(old: str, new: str) -> str:
    marks = {Change.SAME: "{}", Change.REMOVED: "[-{}-]", Change.ADDED: "[+{}+]"}
    return "".join(marks[piece.change].format(piece.text) for piece in compare_words(old, new))


def test_words_that_changed_are_marked_and_the_rest_is_left():
    assert (
        shown("Partijen betalen samen.", "Partijen betalen elk apart.")
        == "Partijen betalen [-samen-][+elk apart+]."
    )
    assert (
        shown("De termijn is 3 maanden.", "De termijn is 6 maanden.") == "De termijn is [-3-][+6+] maanden."
    )
    assert shown("Gelijk", "Gelijk") == "Gelijk"


def test_texts_that_have_nothing_in_common_stand_whole():
    assert shown("Alles anders hier", "Geld") == "[-Alles anders hier-][+Geld+]"
    assert shown("", "Nieuw") == "[+Nieuw+]"


def test_every_kind_of_change_is_found_in_its_place():
    old = clean_blocks(BLOCKS)
    new = [dict(block) for block in old]
    new[6] = {**new[6], "text": "Partijen werken vaak samen aan de eerste duizend dagen."}
    gone = new.pop(7)
    new.append({"key": "nieuw123", "kind": "paragraph", "text": "Erbij."})

    found = compare(old, new)

    assert [one.change for one in found if one.change != Change.SAME] == [
        Change.CHANGED, Change.REMOVED, Change.ADDED,
    ]  # fmt: skip
    assert found[6].name == "Artikel 1. Doel"
    assert (found[7].change, found[7].pieces[0].text) == (Change.REMOVED, gone["text"])
    assert found[7].name == "Artikel 1. Doel, lid 2"
    assert found[-1].name == "Bijlage 1. Werkwijze"
    assert len(found) == len(old) + 1


def test_a_block_that_moved_says_so_and_its_neighbours_do_not():
    old = clean_blocks(BLOCKS)
    new = [*old[:6], *old[7:], old[6]]

    moved = [one for one in compare(old, new) if one.has_moved]

    assert [one.pieces[0].text for one in moved] == [old[6]["text"]]
    assert moved[0].change == Change.SAME


def test_several_blocks_that_went_keep_their_order():
    old = clean_blocks(BLOCKS)
    found = compare(old, [old[0], old[3]])
    assert [one.pieces[0].text.split("\n")[0] for one in found[:4]] == [
        "Convenant Maas en Peel", "De partijen:", old[2]["text"], old[3]["text"],
    ]  # fmt: skip
    assert len(found) == len(old)


def test_without_an_old_text_everything_is_new_and_the_other_way_round():
    blocks = clean_blocks(BLOCKS)
    assert {one.change for one in compare([], blocks)} == {Change.ADDED}
    assert {one.change for one in compare(blocks, [])} == {Change.REMOVED}


def test_a_pasted_text_keeps_the_names_of_what_it_has_again():
    old = clean_blocks(BLOCKS)
    pasted = clean_blocks({key: value for key, value in block.items() if key != "key"} for block in old)
    pasted[6] = {**pasted[6], "text": "Partijen werken graag samen aan de eerste duizend dagen."}

    assert [block["key"] for block in keep_keys(old, pasted)] == [block["key"] for block in old]


def test_two_blocks_never_get_one_name():
    old = clean_blocks([{"kind": "paragraph", "text": "Hetzelfde."}])
    twice = clean_blocks([{"kind": "paragraph", "text": "Hetzelfde."}] * 2)

    keys = [block["key"] for block in keep_keys(old, twice)]

    assert keys[0] == old[0]["key"] != keys[1]


WORDS = st.lists(st.sampled_from(["een", "twee", " ", "\n", ".", "drie"]), max_size=12).map("".join)


@UNHURRIED
@given(WORDS, WORDS)
def test_both_texts_can_be_read_back_from_the_marks(old, new):
    pieces = compare_words(old, new)
    before = "".join(piece.text for piece in pieces if piece.change != Change.ADDED)
    after = "".join(piece.text for piece in pieces if piece.change != Change.REMOVED)
    assert before.split() == old.split()
    assert after.split() == new.split()
