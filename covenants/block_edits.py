"""One change of a draft at a time: under a lock, written down, and with a way back.

Whoever changes a block says which revision she saw. Where somebody else changed that block since,
nothing is overwritten: both texts come back in the refusal.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone

from covenants.block_places import place_above, place_below, run_length
from covenants.blocks import Block, clean_block, clean_blocks, clean_meaning
from covenants.models import BlockEdit, CovenantVersion
from partners.models import Person
from portal.acts import Refused, act


class NotEditable(Refused):
    def __init__(self, version: CovenantVersion) -> None:
        if version.is_proposed:
            words = "Deze tekst ligt klaar om vast te stellen. Trek dat eerst in om verder te schrijven."
        elif version.is_being_sealed:
            words = "Deze tekst is bevestigd en wordt verzegeld. Ze verandert niet meer."
        else:
            words = "Deze tekst staat vast. Maak een nieuwe versie om haar te wijzigen."
        super().__init__(words)


class BlockGone(Refused):
    def __init__(self, edit: BlockEdit | None) -> None:
        who = f" door {edit.edited_by} om {_clock(edit)}" if edit and edit.edited_by else ""
        super().__init__(f"Dit stuk tekst is intussen verwijderd{who}.")


class ChangedMeanwhile(Refused):
    """Somebody else changed the block first; `current` is what it says now."""

    def __init__(self, edit: BlockEdit, current: Any) -> None:
        self.edit, self.current = edit, current
        who = edit.edited_by or "het portaal"
        super().__init__(
            f"Intussen gewijzigd door {who} om {_clock(edit)}. Hieronder staan beide teksten. "
            "Kies wat er moet staan en sla opnieuw op."
        )


class CannotUndo(Refused):
    def __init__(self) -> None:
        super().__init__("Dit is niet meer terug te draaien: er is daarna verder geschreven.")


def removal_of(version: CovenantVersion, key: str) -> BlockEdit | None:
    """The last change that took the block `key` away, by itself or with the whole text."""
    alone = Q(kind=BlockEdit.Kind.DELETE, block_key=key)
    edits = version.edits.filter(alone | Q(kind=BlockEdit.Kind.REPLACE)).select_related("edited_by")
    return next((edit for edit in edits.order_by("-revision") if held(edit, key)), None)


def held(edit: BlockEdit, key: str) -> Block:
    """The block `key` as it was before `edit`; empty where the text held none of that name."""
    before: Any = [edit.before] if edit.kind == BlockEdit.Kind.DELETE else edit.before or []
    return next((block for block in before if block["key"] == key), {})


def neighbour_of(version: CovenantVersion, edit: BlockEdit) -> str:
    """The block below which stood what `edit` took away; nothing where that was the first or is unknown."""
    place = edit.position_before
    return version.blocks[min(place, len(version.blocks)) - 1]["key"] if place and version.blocks else ""


def locked(version: CovenantVersion) -> CovenantVersion:
    """The version as it is now; whoever else changes it waits."""
    return (
        CovenantVersion.objects.select_for_update(of=("self",), no_key=True)
        .select_related("covenant__coalition", "frozen_by", "second_by")
        .get(pk=version.pk)
    )


def add_block(
    *,
    version: CovenantVersion,
    values: Mapping[str, Any],
    by: Person | None,
    after: str = "",
) -> tuple[CovenantVersion, Block]:
    """A new block below the block `after`, or at the end; the version and the block."""
    with act(by=by):
        version = _editable(version)
        block = clean_block({**values, "key": None})
        place = _place_of(version.blocks, after)
        position = len(version.blocks) if place is None else place + 1
        version.blocks.insert(position, block)
        _check_whole(version)
        _write_down(version, BlockEdit.Kind.ADD, by, after=block, position_after=position)
    return version, block


def change_block(
    *,
    version: CovenantVersion,
    key: str,
    values: Mapping[str, Any],
    seen: int,
    by: Person | None,
) -> CovenantVersion:
    """Other words in the block `key`, by somebody who saw the text at revision `seen`."""
    with act(by=by):
        version = _editable(version)
        place = _present(version, key)
        before = version.blocks[place]
        block = clean_block({"kind": before["kind"], **values, "key": key})
        if block == before:
            return version
        _refuse_if_changed(version, key, seen, before)
        version.blocks[place] = block
        _write_down(
            version,
            BlockEdit.Kind.CHANGE,
            by,
            before=before,
            after=block,
            position_before=place,
            position_after=place,
        )
    return version


def move_block(*, version: CovenantVersion, key: str, steps: int, by: Person | None) -> CovenantVersion:
    """The block `key` stands `steps` lower, or higher where negative, with what stands under it; the ends
    stop it."""
    with act(by=by):
        version = _editable(version)
        place = start = _present(version, key)
        text = version.blocks
        for _ in range(abs(steps)):
            target = place_above(text, place) if steps < 0 else place_below(text, place)
            text, place = _carried(text, place, target), target
        if place != start:
            _carry(version, start, place, by)
    return version


def delete_block(*, version: CovenantVersion, key: str, by: Person | None) -> CovenantVersion:
    """The block `key` is gone; `undo` brings it back."""
    with act(by=by):
        version = _editable(version)
        place = _present(version, key)
        block = version.blocks.pop(place)
        _write_down(version, BlockEdit.Kind.DELETE, by, before=block, position_before=place)
    return version


def edit_blocks(
    *,
    version: CovenantVersion,
    blocks: Iterable[Mapping[str, Any]],
    by: Person | None,
    seen: int | None = None,
) -> CovenantVersion:
    """The whole text anew; refused where somebody wrote since revision `seen`."""
    with act(by=by):
        version = _editable(version)
        if seen is not None and seen != version.revision:
            _refuse_if_rewritten(version)
        before, version.blocks = version.blocks, clean_blocks(blocks)
        if before != version.blocks:
            _write_down(version, BlockEdit.Kind.REPLACE, by, before=before, after=version.blocks)
    return version


def edit_meaning(
    *, version: CovenantVersion, meaning: Mapping[str, str], by: Person | None, seen: int | None = None
) -> CovenantVersion:
    """Other words in the five lines on what signing means."""
    with act(by=by):
        version = _editable(version)
        clean = clean_meaning(meaning)
        if clean == version.meaning:
            return version
        if seen is not None:
            last = version.edits.filter(kind=BlockEdit.Kind.MEANING, revision__gt=seen).last()
            if last is not None:
                raise ChangedMeanwhile(last, version.meaning)
        before, version.meaning = version.meaning, clean
        _write_down(version, BlockEdit.Kind.MEANING, by, before=before, after=clean)
    return version


def undo(*, version: CovenantVersion, revision: int, by: Person | None) -> CovenantVersion:
    """Take back the change that made `revision`, where what it made still stands."""
    with act(by=by):
        version = _editable(version)
        edit = version.edits.filter(revision=revision).first()
        if edit is None or not _UNDO[BlockEdit.Kind(edit.kind)](version, edit, by):
            raise CannotUndo
    return version


def _undo_add(version: CovenantVersion, edit: BlockEdit, by: Person | None) -> bool:
    place = _place_of(version.blocks, edit.block_key)
    if place is None or version.blocks[place] != edit.after:
        return False
    version.blocks.pop(place)
    _write_down(version, BlockEdit.Kind.DELETE, by, before=edit.after, position_before=place)
    return True


def _undo_change(version: CovenantVersion, edit: BlockEdit, by: Person | None) -> bool:
    place = _place_of(version.blocks, edit.block_key)
    if place is None or version.blocks[place] != edit.after:
        return False
    version.blocks[place] = edit.before
    _write_down(
        version,
        BlockEdit.Kind.CHANGE,
        by,
        before=edit.after,
        after=edit.before,
        position_before=place,
        position_after=place,
    )
    return True


def _undo_move(version: CovenantVersion, edit: BlockEdit, by: Person | None) -> bool:
    place = _place_of(version.blocks, edit.block_key)
    if place is None or edit.position_before is None:
        return False
    room = len(version.blocks) - run_length(version.blocks, place)
    _carry(version, place, min(edit.position_before, room), by)
    return True


def _undo_delete(version: CovenantVersion, edit: BlockEdit, by: Person | None) -> bool:
    if edit.position_before is None or _place_of(version.blocks, edit.block_key) is not None:
        return False
    position = min(edit.position_before, len(version.blocks))
    version.blocks.insert(position, edit.before)
    _write_down(version, BlockEdit.Kind.ADD, by, after=edit.before, position_after=position)
    return True


def _undo_replace(version: CovenantVersion, edit: BlockEdit, by: Person | None) -> bool:
    if version.blocks != edit.after:
        return False
    version.blocks = edit.before
    _write_down(version, BlockEdit.Kind.REPLACE, by, before=edit.after, after=edit.before)
    return True


def _undo_meaning(version: CovenantVersion, edit: BlockEdit, by: Person | None) -> bool:
    if version.meaning != edit.after:
        return False
    version.meaning = edit.before
    _write_down(version, BlockEdit.Kind.MEANING, by, before=edit.after, after=edit.before)
    return True


_UNDO: dict[BlockEdit.Kind, Callable[[CovenantVersion, BlockEdit, Person | None], bool]] = {
    BlockEdit.Kind.ADD: _undo_add,
    BlockEdit.Kind.CHANGE: _undo_change,
    BlockEdit.Kind.MOVE: _undo_move,
    BlockEdit.Kind.DELETE: _undo_delete,
    BlockEdit.Kind.REPLACE: _undo_replace,
    BlockEdit.Kind.MEANING: _undo_meaning,
}


def _carry(version: CovenantVersion, place: int, target: int, by: Person | None) -> None:
    """Move the block at `place`, with what stands under it, to `target`."""
    block = version.blocks[place]
    version.blocks = _carried(version.blocks, place, target)
    _write_down(
        version,
        BlockEdit.Kind.MOVE,
        by,
        before=block,
        after=block,
        position_before=place,
        position_after=target,
    )


def _carried(blocks: list[Block], place: int, target: int) -> list[Block]:
    end = place + run_length(blocks, place)
    rest = blocks[:place] + blocks[end:]
    return rest[:target] + blocks[place:end] + rest[target:]


def _editable(version: CovenantVersion) -> CovenantVersion:
    version = locked(version)
    if not version.is_editable:
        raise NotEditable(version)
    return version


def _place_of(blocks: list[Block], key: str) -> int | None:
    return next((place for place, block in enumerate(blocks) if block["key"] == key), None)


def _present(version: CovenantVersion, key: str) -> int:
    place = _place_of(version.blocks, key)
    if place is None:
        raise BlockGone(removal_of(version, key))
    return place


def _refuse_if_changed(version: CovenantVersion, key: str, seen: int, current: Block) -> None:
    """Whether the words of the block, and not only its place, changed since `seen`."""
    later = version.edits.select_related("edited_by").filter(revision__gt=seen).order_by("-revision")
    for edit in later:
        if edit.block_key == key and edit.kind in {BlockEdit.Kind.CHANGE, BlockEdit.Kind.ADD}:
            raise ChangedMeanwhile(edit, current)
        if edit.kind == BlockEdit.Kind.REPLACE:
            was, became = (
                [block for block in text or () if block["key"] == key] for text in (edit.before, edit.after)
            )
            if was != became:
                raise ChangedMeanwhile(edit, current)


def _refuse_if_rewritten(version: CovenantVersion) -> None:
    last = version.edits.select_related("edited_by").last()
    if last is not None:
        raise ChangedMeanwhile(last, version.blocks)


def _check_whole(version: CovenantVersion) -> None:
    version.blocks = clean_blocks(version.blocks)


def _write_down(
    version: CovenantVersion,
    kind: BlockEdit.Kind,
    by: Person | None,
    *,
    before: Any = None,
    after: Any = None,
    position_before: int | None = None,
    position_after: int | None = None,
) -> None:
    version.revision += 1
    version.save(update_fields=["blocks", "meaning", "revision"])
    named = after if isinstance(after, dict) else before
    BlockEdit.objects.create(
        version=version,
        revision=version.revision,
        kind=kind,
        block_key=(named or {}).get("key", "") if isinstance(named, dict) else "",
        before=before,
        after=after,
        position_before=position_before,
        position_after=position_after,
        edited_by=by,
    )


def _clock(edit: BlockEdit) -> str:
    return f"{timezone.localtime(edit.edited_at):%H.%M} uur"
