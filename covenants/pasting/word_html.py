"""What a word processor puts on the clipboard, made safe and read line by line."""

import re
from html.parser import HTMLParser

import nh3

from covenants.blocks import plain
from covenants.pasting.lines import Line, marked

HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LINE_TAGS = {"p", "li", "div", "br", *HEADING_TAGS}
# Only what says something about the structure; nh3 also repairs what is not well formed.
_TAGS = {
    "p",
    "div",
    "br",
    "span",
    "a",
    "ol",
    "ul",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    *HEADING_TAGS,
}
_ATTRIBUTES = {
    **{tag: {"class", "style"} for tag in ("p", "li", "div", *HEADING_TAGS)},
    "span": {"style"},
    "a": {"class"},
    "ol": {"type", "style"},
    "ul": {"style"},
}
# With their words: what was struck out in Word is not part of the text.
_GONE = {"script", "style", "title", "del", "noscript", "template", "svg", "math", "iframe", "object"}


def read_html(html: str) -> list[Line]:
    """The lines of a piece of HTML, whatever it was made with."""
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        clean_content_tags=_GONE,
        strip_comments=True,
        link_rel=None,
    )
    reader = _HtmlReader()
    reader.feed(clean)
    reader.close()
    return reader.finished()


class _HtmlReader(HTMLParser):
    """Walks through clean HTML and gives a line for every paragraph, item and table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self.line: Line | None = None
        self.lists: list[str] = []
        self.rows: list[list[str]] | None = None
        self.cell: list[str] | None = None
        self.ignored: list[str] = []
        self.mark_words = ""
        self.tables = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if self.ignored:
            self.ignored += [tag] if tag in {"span", "a"} else []
        elif tag == "table":
            self._close_line()
            self.tables += 1
            if self.tables == 1:
                self.rows = []
        elif tag == "tr" and self.rows is not None:
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows is not None:
            self.cell = []
        elif tag == "br":
            self.handle_data("\n")
        elif self.cell is None:
            self._open(tag, found)
        elif tag in LINE_TAGS:
            self.cell.append(" ")

    def _open(self, tag: str, found: dict[str, str]) -> None:
        style = found.get("style", "").replace(" ", "").lower()
        if tag in {"ol", "ul"}:
            self._close_line()
            self.lists.append(_kind_of_list(tag, found.get("type", ""), style))
        elif tag in LINE_TAGS:
            # A paragraph inside an item is that item.
            if tag in {"p", "div"} and self.line is not None and self.line.mark and not self.line.text:
                return
            self._close_line()
            self.line = self._new_line(tag, found.get("class", "").lower(), style)
        elif tag == "span" and "mso-list:ignore" in style:
            self.ignored.append("mark")
        elif tag == "a" and "msocom" in found.get("class", "").lower():
            self.ignored.append(tag)

    def _new_line(self, tag: str, name: str, style: str) -> Line:
        if tag in HEADING_TAGS:
            return Line(heading=int(tag[1]))
        if re.search(r"mso(title|titel)", name):
            return Line(is_title=True)
        heading = re.search(r"mso-outline-level:(\d)", style) or re.search(r"\b(?:kop|heading)(\d)", name)
        if heading:
            return Line(heading=int(heading[1]))
        if tag == "li" and self.lists:
            return Line(mark=self.lists[-1], depth=len(self.lists) - 1)
        level = re.search(r"mso-list:.*level(\d+)", style)
        if level:
            return Line(mark="word", depth=int(level[1]) - 1)
        return Line()

    def handle_endtag(self, tag: str) -> None:
        if self.ignored:
            if tag in {"span", "a"}:
                self.ignored.pop()
        elif tag == "table":
            self.tables -= 1
            if self.tables == 0 and self.rows is not None:
                self.lines.append(Line(cells=[row for row in self.rows if row]))
                self.rows = self.cell = None
        elif tag in {"td", "th"}:
            if self.rows and self.cell is not None:
                self.rows[-1].append(plain("".join(self.cell)))
            self.cell = None
        elif self.cell is not None:
            return
        elif tag in {"ol", "ul"}:
            self._close_line()
            if self.lists:
                self.lists.pop()
        elif tag in LINE_TAGS:
            self._close_line()

    def handle_data(self, data: str) -> None:
        if self.ignored:
            self.mark_words += data if self.ignored[0] == "mark" else ""
        elif self.cell is not None:
            self.cell.append(data)
        elif self.rows is None:
            if self.line is None:
                if not data.strip():
                    return
                self.line = Line()
            self.line.text += data if data == "\n" else re.sub(r"\s+", " ", data)

    def finished(self) -> list[Line]:
        """All lines, once everything was read."""
        self._close_line()
        return self.lines

    def _close_line(self) -> None:
        line, self.line = self.line, None
        mark, self.mark_words = plain(self.mark_words), ""
        if line is None:
            return
        line.text = plain(line.text, lines=True)
        if mark and not line.heading and not line.is_title:
            # Word writes the mark of an item as words of the paragraph.
            found = marked(f"{mark} x")
            line.mark, line.number = found.mark or "bullet", found.number
            line.depth = max(line.depth, found.depth)
        elif line.mark == "word":
            line.mark = "bullet"
        elif not line.mark and not line.heading and not line.is_title and "\n" not in line.text:
            line = marked(line.text)
        if line.text:
            self.lines.append(line)


def _kind_of_list(tag: str, kind: str, style: str) -> str:
    if tag == "ul":
        return "bullet"
    is_lettered = kind.lower() in {"a", "i"} or "alpha" in style or "roman" in style
    return "letter" if is_lettered else "number"
