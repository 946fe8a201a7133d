"""A table on a small screen: which columns wait until somebody asks for them, and on a phone each row is a
block, in which a cell stands after the word of its head.

The head of a column says what may be done with it: `data-minor` where the name and the other columns are
enough to find a row, `data-plain` where a cell says by itself what it is, so that several share a line, and
`data-brief` where word and cell together are short enough for that.
"""

import re

_HEAD = re.compile(r"<t[hd]\b([^>]*)>(.*?)</t[hd]>", re.DOTALL)
_MARKUP = re.compile(r"<[^>]*>")
_SPAN = re.compile(r"colspan=.(\d+)")
_NOTHING = ("", "–")
# Room for a dash with white space around it: a longer cell says something.
_SHORT = 80
MINOR, PLAIN, BRIEF = "data-minor", "data-plain", "data-brief"


def stacked(table: str) -> str | None:
    """The rows of a table with on each cell what the head of its column says; None where it has no head."""
    head, end, body = table.partition("</thead>")
    columns = [_beginnings(*one) for one in _HEAD.findall(head)]
    return head + end + _labelled(body, columns) if end else None


def _beginnings(marks: str, head: str) -> tuple[str, str]:
    """How a cell of this column begins: one that says something, and one that does not."""
    minor = f" {MINOR}" if MINOR in marks else ""
    if PLAIN in marks:
        return f"<td {PLAIN}{minor}", f'<td data-label=""{minor}'
    word, brief = _word(head), f" {BRIEF}" if BRIEF in marks else ""
    return (f'<td data-label="{word}"' if word else "<td") + brief + minor, f'<td data-label=""{minor}'


def _word(head: str) -> str:
    """What stands before a cell; nothing where the head is for listeners only, as above buttons."""
    if "visually-hidden" in head:
        return ""
    words = " ".join(_MARKUP.sub("", head).split()).replace('"', "&quot;")
    return f"{words.rstrip('.')}:" if words and words[-1] not in "?:" else words


def _labelled(body: str, columns: list[tuple[str, str]]) -> str:
    """A large table has thousands of cells, so that its text is split and not searched by a pattern."""
    return "<tr".join(_row(row, columns) for row in body.split("<tr"))


def _row(row: str, columns: list[tuple[str, str]]) -> str:
    before, *cells = row.split("<td")
    column = _columns(before)
    made = [before]
    for cell in cells:
        # Where nothing is said, on a phone it takes no line.
        is_empty = len(cell) < _SHORT and cell.partition(">")[2].partition("</td>")[0].strip() in _NOTHING
        says, says_nothing = columns[column] if column < len(columns) else ("<td", '<td data-label=""')
        made.append((says_nothing if is_empty else says) + cell)
        column += 1 + _columns(cell)
    return "".join(made)


def _columns(text: str) -> int:
    """How many columns the heads of rows in this text take, and cells that are wider than one."""
    number = text.count("<th")
    return number + sum(int(span) - 1 for span in _SPAN.findall(text)) if "colspan" in text else number
