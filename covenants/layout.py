"""A text in the order and with the numbers in which it is read: the same for screen and PDF."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from covenants.block_places import run_length
from covenants.blocks import HEADINGS, Block, BlockKind, MeaningLine


@dataclass(frozen=True)
class Item:
    """One line of an enumeration, with its own mark."""

    label: str
    text: str
    below: tuple["Item", ...] = ()


@dataclass(frozen=True)
class Part:
    """One block inside a section: a numbered or plain paragraph, an enumeration or a table."""

    key: str
    kind: str
    label: str = ""
    text: str = ""
    items: tuple[Item, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    # Stands under a numbered paragraph.
    is_under: bool = False


@dataclass
class Section:
    """A heading with what stands under it; comments belong to a section."""

    key: str
    kind: str
    level: int
    label: str
    heading: str
    parts: list[Part] = field(default_factory=list)
    # The blocks of which it is made, in order.
    keys: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The heading as it is read, with its number."""
        return ". ".join(part for part in (self.label, self.heading) if part)

    @property
    def anchor(self) -> str:
        """Where on the page it stands."""
        return f"deel-{self.key}"


@dataclass
class Layout:
    """A whole text: its title and its sections."""

    title: str
    sections: list[Section]

    def section_of(self, key: str) -> Section | None:
        """The section in which the block `key` stands."""
        return next((section for section in self.sections if key in section.keys), None)

    def as_data(self) -> dict[str, Any]:
        """For a template of the PDF."""
        return {
            "title": self.title,
            "sections": [{**asdict(section), "name": section.name} for section in self.sections],
        }


PARTIES_HEADING = "Partijen"
CONSIDERATIONS_HEADING = "Overwegingen"
LOOSE_HEADING = "Algemeen"


class _Reader:
    """Walks through the blocks and keeps the counts."""

    def __init__(self, title: str) -> None:
        self.layout = Layout(title, [])
        self.chapters = self.articles = self.annexes = self.considerations = 0

    def read(self, block: Block) -> None:
        kind = block["kind"]
        if kind == BlockKind.TITLE:
            self.layout.title = block["text"]
        elif kind == BlockKind.CHAPTER:
            self.chapters += 1
            self._open(block, 2, f"Hoofdstuk {self.chapters}", block["text"])
        elif kind == BlockKind.ARTICLE:
            self.articles += 1
            self._open(block, 3 if self._under_chapter() else 2, f"Artikel {self.articles}", block["text"])
        elif kind == BlockKind.ANNEX:
            self.annexes += 1
            self._open(block, 2, f"Bijlage {self.annexes}", block["text"])
        elif kind == BlockKind.PARTIES:
            self._open(block, 2, "", PARTIES_HEADING)
            self._add(block)
        elif kind == BlockKind.CONSIDERATION:
            self._read_consideration(block)
        else:
            if self._last_kind() in {None, BlockKind.CONSIDERATION, BlockKind.PARTIES}:
                self._open(block, 2, "", LOOSE_HEADING)
                self.layout.sections[-1].keys.clear()
            self._add(block)

    def _read_consideration(self, block: Block) -> None:
        if self._last_kind() != BlockKind.CONSIDERATION:
            self.considerations = 0
            self._open(block, 3 if self._under_chapter() else 2, "", CONSIDERATIONS_HEADING)
            self.layout.sections[-1].keys.clear()
        self.considerations += 1
        self._add(block, label=f"{_letters(self.considerations)}.")

    def _open(self, block: Block, level: int, label: str, heading: str) -> None:
        section = Section(block["key"], block["kind"], level, label, heading, keys=[block["key"]])
        self.layout.sections.append(section)

    def _add(self, block: Block, *, label: str = "") -> None:
        section = self.layout.sections[-1]
        if block["key"] not in section.keys:
            section.keys.append(block["key"])
        rows = [tuple(row) for row in block.get("rows", ())]
        section.parts.append(
            Part(
                key=block["key"],
                kind=block["kind"],
                label=label,
                text=block.get("text", ""),
                items=_items(block),
                head=rows[0] if rows else (),
                rows=tuple(rows[1:]),
            )
        )

    def _last_kind(self) -> str | None:
        return self.layout.sections[-1].kind if self.layout.sections else None

    def _under_chapter(self) -> bool:
        """Whether what comes now stands inside a chapter: an annex ends the last one."""
        tops = [section.kind for section in self.layout.sections if section.level == 2]
        return bool(tops) and tops[-1] == BlockKind.CHAPTER


def lay_out(blocks: Iterable[Block], *, title: str = "") -> Layout:
    """Sections with their numbers. Headings never skip a level, whatever the order of the blocks."""
    reader = _Reader(title)
    for block in blocks:
        reader.read(block)
    for section in reader.layout.sections:
        _number_paragraphs(section)
    return reader.layout


@dataclass(frozen=True)
class Row:
    """One block in the editor: as it is read, with its number."""

    block: Block
    name: str
    part: Part | None
    # The name of what it stands under.
    under: str
    is_first: bool
    is_last: bool

    @property
    def about(self) -> str:
        """Its name for who hears the buttons of many blocks: `lid 1 van Artikel 1. Doel`."""
        if self.name:
            return self.name
        number = self.part.label.rstrip(".") if self.part else ""
        place = f"van {self.under}" if self.under else ""
        return " ".join(filter(None, (self.kind_label, number, place)))

    @property
    def key(self) -> str:
        """The name of the block."""
        return str(self.block["key"])

    @property
    def kind_label(self) -> str:
        """What sort of block it is, in a word."""
        return BlockKind(self.block["kind"]).label


def rows_of(blocks: list[Block], text: Layout) -> list[Row]:
    """Every block of the draft with the number that it has in `text`."""
    parts = {part.key: part for section in text.sections for part in section.parts}
    under = {part.key: section.name for section in text.sections for part in section.parts}
    names = {section.key: section.name for section in text.sections}
    return [
        Row(
            block=block,
            name=names.get(block["key"], "") if block["kind"] in HEADINGS else "",
            part=parts.get(block["key"]),
            under=under.get(block["key"], ""),
            is_first=place == 0,
            is_last=place + run_length(blocks, place) == len(blocks),
        )
        for place, block in enumerate(blocks)
    ]


def meaning_lines(meaning: dict[str, str]) -> list[tuple[str, str]]:
    """The five lines with their names, in their fixed order."""
    return [(line.label, meaning.get(line.value, "")) for line in MeaningLine]


def _number_paragraphs(section: Section) -> None:
    """A paragraph has a number where its article has more than one."""
    paragraphs = [part for part in section.parts if part.kind == BlockKind.PARAGRAPH]
    if section.kind != BlockKind.ARTICLE or len(paragraphs) < 2:
        return
    number = 0
    for place, part in enumerate(section.parts):
        if part.kind == BlockKind.PARAGRAPH:
            number += 1
            section.parts[place] = replace(part, label=f"{number}.")
        else:
            section.parts[place] = replace(part, is_under=number > 0)


def _items(block: Block) -> tuple[Item, ...]:
    groups: list[tuple[str, list[str]]] = []
    for item in block.get("items", ()):
        if item["depth"] and groups:
            groups[-1][1].append(item["text"])
        else:
            groups.append((item["text"], []))
    is_lettered = block["kind"] == BlockKind.LIST
    return tuple(
        Item(
            f"{_letters(number)}." if is_lettered else f"{number}.",
            text,
            tuple(Item(f"{place}°", words) for place, words in enumerate(below, start=1)),
        )
        for number, (text, below) in enumerate(groups, start=1)
    )


def _letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
