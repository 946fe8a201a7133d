"""Lines become blocks: which of them are headings, paragraphs, items and tables."""

import re

from covenants.blocks import DEEPEST_ITEM, LONGEST_HEADING, WIDEST_TABLE, Block, BlockKind, plain
from covenants.pasting.lines import Line

_ARTICLE = re.compile(r"^art(?:ikel|\.)\s*(\d+[a-z]?)\s*[.:)–-]*\s*(.*)$", re.IGNORECASE)
_CHAPTER = re.compile(r"^(?:hoofdstuk|deel)\s+(?:\d+|[ivxlc]+)\b\s*[.:)–-]*\s*(.*)$", re.IGNORECASE)
_ANNEX = re.compile(r"^bijlage(?:\s+(?:\d+|[a-z]|[ivx]+)\b)?\s*[.:)–-]*\s*(.*)$", re.IGNORECASE)
_PARTIES = re.compile(
    r"^(?:de\s+)?(?:volgende\s+)?(?:partijen|ondergetekenden)(?:\s+bij\b.{0,60})?\s*:?$", re.IGNORECASE
)
_CONSIDERATIONS = re.compile(
    r"^(?:overwegingen|overwegende(?:\s+dat)?|considerans|(?:partijen\s+)?overwegen(?:\s+het\s+volgende)?)\s*:?$",
    re.IGNORECASE,
)
_TABLE_NAME = re.compile(r"^tabel\s*\d*\s*[.:–-]*\s*(.*)$", re.IGNORECASE)

_NAMED = ((_ARTICLE, BlockKind.ARTICLE), (_CHAPTER, BlockKind.CHAPTER), (_ANNEX, BlockKind.ANNEX))


class Builder:
    """Makes blocks of lines, knowing what came before."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.blocks: list[Block] = []
        self.place = 0
        self.section: str = ""
        # How deep the list that is being read starts.
        self.base = 0
        levels = sorted({line.heading for line in lines if line.heading})
        # The largest heading above everything is the title, where Word does not name one.
        first = lines[0] if lines else Line()
        self.has_title_heading = bool(first.heading) and first.heading == min(levels)
        several = [
            level
            for level in levels
            if sum(line.heading == level for line in lines) > 1 or level != first.heading
        ]
        self.chapter_levels = set(several[:-1])
        self.has_dotted = any(line.mark == "dotted" for line in lines)

    def build(self) -> list[Block]:
        while self.place < len(self.lines):
            line = self.lines[self.place]
            self.place += 1
            if line.cells:
                self._add_table(line)
            elif not self._add_heading(line):
                self._add_words(line)
        return self.blocks

    def _add_heading(self, line: Line) -> bool:
        """Whether the line starts a new part of the text."""
        kind, text = self._named_part(line)
        if kind is None:
            kind, text = self._unnamed_part(line), line.text
        if kind is None:
            return False
        self._open(kind, text)
        return True

    def _named_part(self, line: Line) -> tuple[BlockKind | None, str]:
        """The part that a line names itself, such as "Artikel 3 Geld", and its heading."""
        for pattern, kind in _NAMED:
            found = pattern.match(line.text)
            if found is None:
                continue
            rest = found[found.lastindex or 0]
            # A sentence can start with these words as well: "Artikel 3 geldt ook voor …".
            if line.heading or (_is_bare(line) and not rest[:1].islower()):
                return kind, rest or self._name_below()
        return None, ""

    def _unnamed_part(self, line: Line) -> BlockKind | None:
        is_headlike = bool(line.heading) or (not line.mark and len(line.text) <= 150)
        if not self.blocks and (line.is_title or self.has_title_heading or _is_bare(line)):
            return BlockKind.TITLE
        if is_headlike and self.section != BlockKind.PARTIES and _PARTIES.match(line.text):
            return BlockKind.PARTIES
        if is_headlike and _CONSIDERATIONS.match(line.text):
            return BlockKind.CONSIDERATION
        if line.heading or line.is_title:
            return BlockKind.CHAPTER if line.heading in self.chapter_levels else BlockKind.ARTICLE
        is_numbered_head = self.has_dotted and line.mark == "number" and len(line.text) <= 150
        return BlockKind.ARTICLE if is_numbered_head and not line.text.endswith(".") else None

    def _name_below(self) -> str:
        """The heading of an article whose number stands alone on its line."""
        line = self.lines[self.place] if self.place < len(self.lines) else Line()
        if line.text and not line.mark and len(line.text) <= 100 and not line.text.endswith((".", ":", ";")):
            self.place += 1
            return line.text
        return "Zonder titel"

    def _open(self, kind: BlockKind, text: str) -> None:
        self.section = kind
        words = plain(text)
        if kind == BlockKind.PARTIES:
            self.blocks.append({"kind": kind, "text": "", "items": []})
        elif kind == BlockKind.CONSIDERATION:
            # The heading of the considerations follows from them.
            return
        elif len(words) > LONGEST_HEADING:
            self.blocks += [
                {"kind": kind, "text": "Zonder titel"},
                {"kind": BlockKind.PARAGRAPH, "text": words},
            ]
        else:
            self.blocks.append({"kind": kind, "text": words})

    def _add_words(self, line: Line) -> None:
        if self.section == BlockKind.PARTIES:
            self._add_party(line)
        elif self.section == BlockKind.CONSIDERATION:
            self.blocks.append({"kind": BlockKind.CONSIDERATION, "text": line.text})
        elif line.mark in {"number", "dotted"} and not line.depth and self.section != BlockKind.ANNEX:
            self.blocks.append({"kind": BlockKind.PARAGRAPH, "text": line.text})
        elif line.mark:
            self._add_item(line)
        else:
            last = self.blocks[-1] if self.blocks else {}
            # Words without a number go on with the paragraph above, so that they get none here.
            goes_on = last.get("kind") == BlockKind.PARAGRAPH and self.section == BlockKind.ARTICLE
            if goes_on and not self._names_a_table(line):
                last["text"] += f"\n{line.text}"
            else:
                self.blocks.append({"kind": BlockKind.PARAGRAPH, "text": line.text})

    def _add_party(self, line: Line) -> None:
        block = self.blocks[-1]
        if not line.mark and not block["items"] and line.text.endswith(":"):
            block["text"] = line.text
        else:
            block["items"].append({"text": line.text, "depth": 0})

    def _add_item(self, line: Line) -> None:
        if not self.blocks or self.blocks[-1]["kind"] != BlockKind.LIST:
            self.blocks.append({"kind": BlockKind.LIST, "text": "", "items": []})
            self.base = line.depth
        depth = min(max(line.depth - self.base, 0), DEEPEST_ITEM)
        self.blocks[-1]["items"].append({"text": line.text, "depth": depth})

    def _add_table(self, line: Line) -> None:
        rows = list(line.cells)
        # Rows of bare text come one by one.
        while (
            self.place < len(self.lines) and len(line.cells) == 1 and len(self.lines[self.place].cells) == 1
        ):
            rows += self.lines[self.place].cells
            self.place += 1
        rows = [row for row in rows if any(row) and not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
        width = max((len(row) for row in rows), default=0)
        if len(rows) < 2 or not 1 < width <= WIDEST_TABLE:
            # One cell is a frame around words, and a very wide table is no table on paper.
            for row in rows:
                self._add_words(Line(text=" ".join(cell for cell in row if cell)))
            return
        rows = [row + [""] * (width - len(row)) for row in rows]
        head = [cell or f"Kolom {number}" for number, cell in enumerate(rows[0], start=1)]
        self.blocks.append({"kind": BlockKind.TABLE, "text": self._name_above(), "rows": [head, *rows[1:]]})

    def _names_a_table(self, line: Line) -> bool:
        """Whether a line such as "Tabel 1: Uren" stands just above a table."""
        below = self.lines[self.place] if self.place < len(self.lines) else Line()
        return bool(below.cells) and _TABLE_NAME.match(line.text) is not None

    def _name_above(self) -> str:
        """The words just above a table, where they are its name."""
        last = self.blocks[-1] if self.blocks else {}
        if last.get("kind") == BlockKind.PARAGRAPH:
            found = _TABLE_NAME.match(last["text"])
            if found and found[1]:
                self.blocks.pop()
                return found[1]
        return "Tabel"


def _is_bare(line: Line) -> bool:
    """Whether a line looks like a heading: short, alone and no sentence."""
    return not line.mark and len(line.text) <= 150 and "\n" not in line.text and line.text[-1:] not in ".;,:"
