"""Text from Word or from a mail, read into blocks: headings, numbers, lists and tables stay what they are."""

from covenants.blocks import Block, BlockKind, clean_blocks
from covenants.pasting.building import Builder
from covenants.pasting.lines import Line, line_of_text, plain_lines
from covenants.pasting.word_html import read_html
from portal.acts import Refused

LONGEST_PASTE = 4_000_000


class NothingPasted(Refused):
    def __init__(self) -> None:
        super().__init__("Er staat nog geen tekst. Plak de tekst in het vak en probeer het opnieuw.")


class TooMuchPasted(Refused):
    def __init__(self) -> None:
        super().__init__("Dit is te veel tekst in één keer. Plak de tekst in delen.")


def from_html(html: str) -> list[Block]:
    """The blocks in what a word processor copied; a ValidationError where one cannot be kept."""
    return _build(read_html(_readable(html)))


def from_text(text: str) -> list[Block]:
    """The blocks in bare lines; a ValidationError where one cannot be kept."""
    return _build([line_of_text(line) for line in plain_lines(_readable(text))])


def _readable(source: str) -> str:
    if len(source) > LONGEST_PASTE:
        raise TooMuchPasted
    # Lone halves of a surrogate pair are no letters, and nothing can write them.
    return source.encode("utf-8", "ignore").decode("utf-8")


def _build(lines: list[Line]) -> list[Block]:
    blocks = [
        block for block in Builder(lines).build() if block["kind"] != BlockKind.PARTIES or block["items"]
    ]
    if not blocks:
        raise NothingPasted
    return clean_blocks(blocks)
