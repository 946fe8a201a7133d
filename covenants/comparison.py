"""What changed between two texts: block by block, and inside a block word by word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from covenants.blocks import Block, BlockKind, new_key, words_of
from covenants.layout import Layout, lay_out

_WORDS = re.compile(r"\n|[^\S\n]+|\w+|[^\w\s]")
# Two texts less alike than this are shown as a whole old and a whole new one.
ALIKE = 0.35


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Piece:
    """Some words that stayed, came or went."""

    change: Change
    text: str


@dataclass(frozen=True)
class Difference:
    """One block in both texts, or in one of them."""

    change: Change
    kind: str
    name: str
    pieces: tuple[Piece, ...]
    has_moved: bool = False

    @property
    def is_different(self) -> bool:
        """Whether there is anything to see."""
        return self.has_moved or self.change != Change.SAME

    @property
    def kind_label(self) -> str:
        """What sort of block it is, in a word."""
        return BlockKind(self.kind).label if self.kind else ""


def compare(old: list[Block], new: list[Block]) -> list[Difference]:
    """Every block of both texts in the order of the new one; what went stands where it stood."""
    old_names, new_names = _names(old), _names(new)
    before = {block["key"]: block for block in old}
    moved = _moved(old, new)
    kept = {block["key"] for block in new}
    result = [_difference(before.get(block["key"]), block, new_names, moved) for block in new]
    for place, block in enumerate(old):
        if block["key"] in kept:
            continue
        gone = Difference(
            Change.REMOVED, block["kind"], old_names[block["key"]], (Piece(Change.REMOVED, _text(block)),)
        )
        result.insert(_place_after(old[:place], new, result), gone)
    return result


def keep_keys(old: Iterable[Block], new: list[Block]) -> list[Block]:
    """`new` with the names of the blocks of `old` that it has again, so that both can be compared."""
    free = list(old)
    kept: list[Block | None] = [None] * len(new)
    for place, block in enumerate(new):
        same = next((one for one in free if _is_same(one, block)), None)
        if same is not None:
            free.remove(same)
            kept[place] = {**block, "key": same["key"]}
    for place, block in enumerate(new):
        if kept[place] is None:
            near = next((one for one in free if one["kind"] == block["kind"] and _is_alike(one, block)), None)
            if near is not None:
                free.remove(near)
            kept[place] = {**block, "key": near["key"] if near else new_key()}
    return [block for block in kept if block is not None]


def compare_words(old: str, new: str) -> tuple[Piece, ...]:
    """The words of both, in reading order, each marked as the same, removed or added."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return tuple(piece for piece in (Piece(Change.REMOVED, old), Piece(Change.ADDED, new)) if piece.text)
    pieces: list[Piece] = []
    for step, start, end, new_start, new_end in matcher.get_opcodes():
        if step == "equal":
            pieces.append(Piece(Change.SAME, "".join(before[start:end])))
            continue
        for change, words in ((Change.REMOVED, before[start:end]), (Change.ADDED, after[new_start:new_end])):
            if words:
                pieces.append(Piece(change, "".join(words)))
    return tuple(_joined(pieces))


def _difference(was: Block | None, block: Block, names: dict[str, str], moved: set[str]) -> Difference:
    name, kind, text = names[block["key"]], block["kind"], _text(block)
    if was is None:
        return Difference(Change.ADDED, kind, name, (Piece(Change.ADDED, text),))
    has_moved = block["key"] in moved
    if _text(was) == text and was["kind"] == kind:
        return Difference(Change.SAME, kind, name, (Piece(Change.SAME, text),), has_moved)
    return Difference(Change.CHANGED, kind, name, compare_words(_text(was), text), has_moved)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """A lone space between two changes belongs to both: one stroke reads better than two."""
    result: list[Piece] = []
    removed = added = ""
    for place, piece in enumerate(pieces):
        is_gap = piece.change == Change.SAME and not piece.text.strip() and "\n" not in piece.text
        if piece.change == Change.REMOVED:
            removed += piece.text
        elif piece.change == Change.ADDED:
            added += piece.text
        elif is_gap and (removed or added) and place + 1 < len(pieces):
            removed, added = removed + piece.text, added + piece.text
        else:
            result += _flushed(removed, added)
            removed = added = ""
            result.append(piece)
    return result + _flushed(removed, added)


def _flushed(removed: str, added: str) -> list[Piece]:
    pieces = (Piece(Change.REMOVED, removed), Piece(Change.ADDED, added))
    return [piece for piece in pieces if piece.text]


def _moved(old: list[Block], new: list[Block]) -> set[str]:
    """Blocks that stand in another order than before; those around them stay."""
    before = [block["key"] for block in old]
    after = [block["key"] for block in new]
    both = set(before) & set(after)
    first, second = [key for key in before if key in both], [key for key in after if key in both]
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    still = {key for match in matcher.get_matching_blocks() for key in first[match.a : match.a + match.size]}
    return both - still


def _place_after(above: list[Block], new: list[Block], result: list[Difference]) -> int:
    """Behind the last block above it that is still there, and behind what went from there before it."""
    kept = {block["key"]: place for place, block in enumerate(new)}
    places = [kept[block["key"]] for block in above if block["key"] in kept]
    target = places[-1] + 1 if places else 0
    seen = 0
    for place, one in enumerate(result):
        if seen == target and one.change != Change.REMOVED:
            return place
        seen += one.change != Change.REMOVED
    return len(result)


def _names(blocks: list[Block]) -> dict[str, str]:
    """Where each block stands, such as "Artikel 3. Geld, lid 2"."""
    layout: Layout = lay_out(blocks)
    names: dict[str, str] = {}
    for section in layout.sections:
        labels = {
            part.key: part.label for part in section.parts if part.kind == BlockKind.PARAGRAPH and part.label
        }
        for key in section.keys:
            names[key] = section.name + (f", lid {labels[key].rstrip('.')}" if key in labels else "")
    return {block["key"]: names.get(block["key"], "Titel") for block in blocks}


def _text(block: Block) -> str:
    return "\n".join(
        [
            *([block["text"]] if block.get("text") else []),
            *(f"{'– ' * item['depth']}{item['text']}" for item in block.get("items", ())),
            *(" | ".join(row) for row in block.get("rows", ())),
        ]
    )


def _is_same(one: Block, other: Block) -> bool:
    return one["kind"] == other["kind"] and words_of(one) == words_of(other)


def _is_alike(one: Block, other: Block) -> bool:
    before, after = _WORDS.findall(_text(one)), _WORDS.findall(_text(other))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return matcher.real_quick_ratio() > 0.6 and matcher.quick_ratio() > 0.6 and matcher.ratio() > 0.6
