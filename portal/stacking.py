"""A table on a phone: each row is a block, and each cell stands after the word of its head."""

import re

_HEAD = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.DOTALL)
_MARKUP = re.compile(r"<[^>]*>")
_PART = re.compile(r"<(tr|th|td)\b([^>]*)>(\s*–?\s*</td>)?")
_SPAN = re.compile(r"colspan=.(\d+)")


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
    labels = [f' data-label="{word}">' if word else ">" for word in words]
    column = 0

    def put(part: re.Match[str]) -> str:
        nonlocal column
        tag, attributes, end = part.groups()
        if tag == "tr":
            column = 0
            return part[0]
        at = column
        span = _SPAN.search(attributes)
        column += int(span[1]) if span else 1
        if tag == "th" or at >= len(labels):
            return part[0]
        # Nothing is said in it, so that on a phone it takes no line.
        return f'<td{attributes} data-label="">{end}' if end else f"<td{attributes}{labels[at]}"

    return _PART.sub(put, body)
