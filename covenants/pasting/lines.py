"""One paragraph of a text that was pasted, with what its source says of it."""

import re
from dataclasses import dataclass, field

from covenants.blocks import plain

_DOTTED = re.compile(r"^(\d{1,2}\.\d{1,2})\.?\s+(.*)$")
_NUMBER = re.compile(r"^\(?(\d{1,3})\s*[.)]\s+(.*)$")
_DEGREE = re.compile(r"^(\d{1,2})°\.?\s+(.*)$")
_LETTER = re.compile(r"^\(?([a-z])\s*[.)]\s+(.*)$", re.IGNORECASE)
_ROMAN = re.compile(r"^\(?((?:x{0,3})(?:i{2,3}|iv|vi{1,3}|ix))\s*[.)]\s+(.*)$", re.IGNORECASE)
_BULLET = re.compile(r"^[-–—•·▪◦●○*§]\s+(.*)$")


@dataclass
class Line:
    """One paragraph as it was found, with what its source says of it."""

    text: str = ""
    # 1 for the largest heading, 0 for no heading; a title is a heading of its own.
    heading: int = 0
    is_title: bool = False
    # "number", "letter" or "bullet" for what stands in a list, and how deep.
    mark: str = ""
    depth: int = 0
    number: str = ""
    cells: list[list[str]] = field(default_factory=list)


def plain_lines(text: str) -> list[str]:
    """The lines of `text` that say something, with their indentation."""
    return [
        line
        for line in text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n")
        if line.strip()
    ]


def line_of_text(raw: str) -> Line:
    text = plain(raw)
    indent = len(raw) - len(raw.lstrip())
    cells = [plain(cell) for cell in raw.strip().strip("|").split("|")]
    if raw.count("|") and len(cells) > 1:
        return Line(cells=[cells])
    line = marked(text)
    if line.mark in {"bullet", "letter"} and not line.depth:
        line.depth = 1 if indent >= 4 else 0
    return line


def marked(text: str) -> Line:
    """What the first characters of a line say: a number, a letter or a dash."""
    for pattern, mark, depth in (
        (_DOTTED, "dotted", 0),
        (_NUMBER, "number", 0),
        (_DEGREE, "bullet", 1),
        (_ROMAN, "bullet", 1),
        (_LETTER, "letter", 0),
    ):
        found = pattern.match(text)
        if found:
            return Line(text=found[2], mark=mark, depth=depth, number=found[1])
    found = _BULLET.match(text)
    return Line(text=found[1], mark="bullet") if found else Line(text=text)
