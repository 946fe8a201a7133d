"""Two people write in one text: nothing is lost, and everything has a way back."""

import pytest
from django.db import IntegrityError, transaction

from covenants import block_edits, texts
from covenants.models import BlockEdit, CovenantVersion
from portal.acts import Refused
from tests import factories
from tests.at_once import at_the_same_time

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(coalition, coordinator) -> CovenantVersion:
    return factories.make_draft(coalition, by=coordinator)


@pytest.fixture
def colleague(coalition):
    person = factories.make_person("Cees Collega")
    factories.give_role(person, coalition)
    return person


def stored(version: CovenantVersion) -> CovenantVersion:
    return CovenantVersion.objects.get(pk=version.pk)


def keys(version: CovenantVersion) -> list[str]:
    return [block["key"] for block in stored(version).blocks]


def text_of(version: CovenantVersion, key: str) -> str:
    return next(block["text"] for block in stored(version).blocks if block["key"] == key)


def test_a_block_comes_below_the_one_that_was_pointed_at(draft, coordinator):
    second = keys(draft)[1]

    version, block = block_edits.add_block(
        version=draft, values={"kind": "paragraph", "text": "Nieuw"}, after=second, by=coordinator
    )

    assert keys(draft)[2] == block["key"]
    assert version.revision == 1
    edit = version.edits.get()
    assert (edit.kind, edit.after, edit.position_after, edit.edited_by) == ("add", block, 2, coordinator)


@pytest.mark.parametrize("after", ["", "nergens"])
def test_without_a_place_a_block_comes_last(draft, coordinator, after):
    _, block = block_edits.add_block(
        version=draft, values={"kind": "annex", "text": "B"}, after=after, by=coordinator
    )
    assert keys(draft)[-1] == block["key"]


def test_a_bad_block_leaves_nothing_behind(draft, coordinator):
    before = stored(draft).blocks
    with pytest.raises(Refused, match="Vul de tekst in"):
        block_edits.add_block(version=draft, values={"kind": "paragraph", "text": ""}, by=coordinator)
    assert stored(draft).blocks == before
    assert not BlockEdit.objects.exists()


def test_other_words_keep_the_name_of_the_block(draft, coordinator):
    key = keys(draft)[6]
    block_edits.change_block(version=draft, key=key, values={"text": "Beter."}, seen=0, by=coordinator)
    assert text_of(draft, key) == "Beter."


def test_the_same_words_are_no_change(draft, coordinator):
    block = draft.blocks[6]
    version = block_edits.change_block(
        version=draft, key=block["key"], values={"text": block["text"]}, seen=0, by=coordinator
    )
    assert version.revision == 0


def test_a_block_can_become_of_another_kind(draft, coordinator):
    key = keys(draft)[6]
    block_edits.change_block(
        version=draft, key=key, values={"kind": "article", "text": "Kop"}, seen=0, by=coordinator
    )
    assert stored(draft).blocks[6] == {"key": key, "kind": "article", "text": "Kop"}


def test_the_second_editor_sees_both_texts_and_who_was_first(draft, coordinator, colleague):
    key = keys(draft)[6]
    block_edits.change_block(version=draft, key=key, values={"text": "Van Cees."}, seen=0, by=colleague)

    with pytest.raises(block_edits.ChangedMeanwhile, match="Intussen gewijzigd door Cees Collega om") as both:
        block_edits.change_block(
            version=draft, key=key, values={"text": "Van Carla."}, seen=0, by=coordinator
        )

    assert both.value.current["text"] == "Van Cees."
    assert text_of(draft, key) == "Van Cees."
    # Having seen it, she may go on.
    block_edits.change_block(version=draft, key=key, values={"text": "Van Carla."}, seen=1, by=coordinator)
    assert text_of(draft, key) == "Van Carla."


def test_another_block_and_another_place_are_no_conflict(draft, coordinator, colleague):
    first, second = keys(draft)[6], keys(draft)[7]
    block_edits.change_block(version=draft, key=first, values={"text": "Een."}, seen=0, by=colleague)
    block_edits.move_block(version=draft, key=second, steps=-1, by=colleague)

    block_edits.change_block(version=draft, key=second, values={"text": "Twee."}, seen=0, by=coordinator)

    assert (text_of(draft, first), text_of(draft, second)) == ("Een.", "Twee.")


def test_a_text_that_was_replaced_is_a_change_of_what_differs_in_it(draft, coordinator, colleague):
    blocks = stored(draft).blocks
    blocks[6] = {**blocks[6], "text": "Uit Word."}
    block_edits.edit_blocks(version=draft, blocks=blocks, by=colleague)

    with pytest.raises(block_edits.ChangedMeanwhile):
        block_edits.change_block(
            version=draft, key=blocks[6]["key"], values={"text": "Mijn."}, seen=0, by=coordinator
        )
    block_edits.change_block(
        version=draft, key=blocks[7]["key"], values={"text": "Mijn."}, seen=0, by=coordinator
    )


def test_a_block_that_is_gone_says_who_took_it(draft, coordinator, colleague):
    key = keys(draft)[6]
    block_edits.delete_block(version=draft, key=key, by=colleague)

    with pytest.raises(block_edits.BlockGone, match="intussen verwijderd door Cees Collega"):
        block_edits.change_block(version=draft, key=key, values={"text": "X"}, seen=0, by=coordinator)


@pytest.mark.parametrize(("steps", "place"), [(1, 3), (-1, 1), (-99, 0), (99, -1), (0, 2)])
def test_a_block_moves_and_stops_at_the_ends(draft, coordinator, steps, place):
    key = keys(draft)[2]
    block_edits.move_block(version=draft, key=key, steps=steps, by=coordinator)
    assert keys(draft)[place] == key


def test_every_change_can_be_taken_back(draft, coordinator):
    start = stored(draft).blocks
    key = start[6]["key"]
    acts = (
        lambda: block_edits.add_block(version=draft, values={"kind": "annex", "text": "B"}, by=coordinator),
        lambda: block_edits.change_block(
            version=draft, key=key, values={"text": "X"}, seen=99, by=coordinator
        ),
        lambda: block_edits.move_block(version=draft, key=key, steps=-3, by=coordinator),
        lambda: block_edits.delete_block(version=draft, key=key, by=coordinator),
        lambda: block_edits.edit_blocks(version=draft, blocks=start[:3], by=coordinator),
    )
    for act in acts:
        act()
        assert stored(draft).blocks != start
        block_edits.undo(version=draft, revision=stored(draft).revision, by=coordinator)
        assert stored(draft).blocks == start


def test_the_five_lines_can_be_taken_back_as_well(draft, coordinator):
    start = stored(draft).meaning
    block_edits.edit_meaning(version=draft, meaning={**start, "money": "Niets."}, by=coordinator)
    block_edits.undo(version=draft, revision=1, by=coordinator)
    assert stored(draft).meaning == start


def test_what_was_written_after_is_not_lost_by_taking_back(draft, coordinator, colleague):
    key = keys(draft)[6]
    block_edits.change_block(version=draft, key=key, values={"text": "A"}, seen=0, by=coordinator)
    block_edits.change_block(version=draft, key=key, values={"text": "B"}, seen=1, by=colleague)

    with pytest.raises(block_edits.CannotUndo):
        block_edits.undo(version=draft, revision=1, by=coordinator)
    with pytest.raises(block_edits.CannotUndo):
        block_edits.undo(version=draft, revision=77, by=coordinator)
    assert text_of(draft, key) == "B"


def test_a_deleted_block_comes_back_although_others_wrote_on(draft, coordinator, colleague):
    key, other = keys(draft)[6], keys(draft)[7]
    block_edits.delete_block(version=draft, key=key, by=coordinator)
    block_edits.change_block(version=draft, key=other, values={"text": "B"}, seen=1, by=colleague)

    block_edits.undo(version=draft, revision=1, by=coordinator)

    assert keys(draft)[6] == key
    assert text_of(draft, other) == "B"
    with pytest.raises(block_edits.CannotUndo):
        block_edits.undo(version=draft, revision=1, by=coordinator)


def test_the_five_lines_have_two_editors_too(draft, coordinator, colleague):
    meaning = stored(draft).meaning
    block_edits.edit_meaning(version=draft, meaning={**meaning, "money": "A"}, by=colleague, seen=0)
    with pytest.raises(block_edits.ChangedMeanwhile) as both:
        block_edits.edit_meaning(version=draft, meaning={**meaning, "money": "B"}, by=coordinator, seen=0)
    assert both.value.current["money"] == "A"


def test_a_whole_text_is_not_written_over_somebody_else(draft, coordinator, colleague):
    block_edits.change_block(version=draft, key=keys(draft)[6], values={"text": "A"}, seen=0, by=colleague)
    with pytest.raises(block_edits.ChangedMeanwhile):
        block_edits.edit_blocks(version=draft, blocks=[], by=coordinator, seen=0)


def test_a_proposed_text_waits(draft, coordinator, colleague):
    texts.propose_freeze(version=draft, by=coordinator)
    key = keys(draft)[6]
    for act in (
        lambda: block_edits.add_block(version=draft, values={"kind": "annex", "text": "B"}, by=colleague),
        lambda: block_edits.change_block(version=draft, key=key, values={"text": "X"}, seen=0, by=colleague),
        lambda: block_edits.move_block(version=draft, key=key, steps=1, by=colleague),
        lambda: block_edits.delete_block(version=draft, key=key, by=colleague),
        lambda: block_edits.edit_blocks(version=draft, blocks=[], by=colleague),
        lambda: block_edits.edit_meaning(version=draft, meaning={}, by=colleague),
    ):
        with pytest.raises(block_edits.NotEditable, match="Trek dat eerst in"):
            act()


def test_a_fixed_text_says_what_to_do(draft, coordinator, colleague):
    factories.confirm_text(draft, coordinator, colleague)
    with pytest.raises(block_edits.NotEditable, match="wordt verzegeld"):
        block_edits.delete_block(version=draft, key=keys(draft)[6], by=coordinator)
    texts.complete_freeze(version=draft, sha256="ab" * 32)
    with pytest.raises(block_edits.NotEditable, match="Maak een nieuwe versie"):
        block_edits.delete_block(version=draft, key=keys(draft)[6], by=coordinator)


def test_what_was_changed_stays_written_down(draft, coordinator):
    block_edits.delete_block(version=draft, key=keys(draft)[6], by=coordinator)
    with pytest.raises(IntegrityError, match="blijft bewaard"), transaction.atomic():
        BlockEdit.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_ten_who_write_at_once_all_write(coalition, coordinator):
    draft = factories.make_draft(coalition)

    outcomes = at_the_same_time(
        *[
            lambda: block_edits.add_block(
                version=draft, values={"kind": "paragraph", "text": "Erbij"}, by=coordinator
            )
        ]
        * 10
    )

    assert all(isinstance(outcome, tuple) for outcome in outcomes)
    assert len(stored(draft).blocks) == len(draft.blocks) + 10
    assert sorted(draft.edits.values_list("revision", flat=True)) == list(range(1, 11))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_one_block_at_once_the_second_is_told(coalition, coordinator):
    draft = factories.make_draft(coalition)
    key = draft.blocks[6]["key"]

    outcomes = at_the_same_time(
        *(
            lambda word=word: block_edits.change_block(
                version=draft, key=key, values={"text": word}, seen=0, by=coordinator
            )
            for word in ("Een.", "Twee.")
        )
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["ChangedMeanwhile", "CovenantVersion"]
