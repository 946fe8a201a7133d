"""A table on a phone: each row is a block, and each cell stands after the word of its head."""

import re

_HEAD = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.DOTALL)
_MARKUP = re.compile(r"<[^>]*>")
_SPAN = re.compile(r"colspan=.(\d+)")
_NOTHING = ("", "–")
# Room for a dash with white space around it: a longer cell says something.
_SHORT = 80


def stacked(table: str) -> str | None:
    """The rows of a table with the word of its head on each cell; None where it has no head."""
    head, end, body = table.partition("</thead>")
    words = [_word(one) for one in _HEAD.findall(head)]
    return head + end + _labelled(body, words) if end else None


def _word(head: str) -> str:
    """What stands before a cell; nothing where the head is for listeners only, as above buttons."""
    if "visually-hidden" in head:
        return ""
    words = " ".join(_MARKUP.sub("", head).split()).replace('"', "&quot;")
    return f"{words.rstrip('.')}:" if words and words[-1] not in "?:" else words


def _labelled(body: str, words: list[str]) -> str:
    """A large table has thousands of cells, so that its text is split and not searched by a pattern."""
    starts = [f'<td data-label="{word}"' if word else "<td" for word in words]
    return "<tr".join(_row(row, starts) for row in body.split("<tr"))


def _row(row: str, starts: list[str]) -> str:
    before, *cells = row.split("<td")
    column = _columns(before)
    made = [before]
    for cell in cells:
        # Where nothing is said, on a phone it takes no line.
        is_empty = len(cell) < _SHORT and cell.partition(">")[2].partition("</td>")[0].strip() in _NOTHING
        start = starts[column] if column < len(starts) else "<td"
        made.append(('<td data-label=""' if is_empty else start) + cell)
        column += 1 + _columns(cell)
    return "".join(made)


def _columns(text: str) -> int:
    """How many columns the heads of rows in this text take, and cells that are wider than one."""
    number = text.count("<th")
    return number + sum(int(span) - 1 for span in _SPAN.findall(text)) if "colspan" in text else number
