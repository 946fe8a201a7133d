"""A text as it is shown: with its numbers, its meaning and its fingerprint."""

from collections import defaultdict
from dataclasses import dataclass

from covenants import layout, rendering
from covenants.blocks import MeaningLine
from covenants.comparison import Change, Difference, compare_words
from covenants.models import BlockEdit, Comment, CovenantVersion
from covenants.presenters.signing import in_groups

RECENT_EDITS = 5
OLDER_EDITS = 45


@dataclass(frozen=True)
class TextPage:
    """One version, ready to be read."""

    version: CovenantVersion
    text: layout.Layout
    meaning: list[tuple[str, str]]
    terms: list[tuple[str, str]]

    @property
    def fingerprint(self) -> list[str]:
        """The SHA-256 of the sealed file in groups of eight."""
        return in_groups(self.version.sha256 or "")


def text_page(version: CovenantVersion) -> TextPage:
    """The text of `version` with what belongs to it. No query."""
    return TextPage(
        version=version,
        text=layout.lay_out(version.blocks, title=version.covenant.title),
        meaning=layout.meaning_lines(version.meaning),
        terms=rendering.terms_of(version),
    )


@dataclass(frozen=True)
class Talk:
    """One part of a draft with what was said about it."""

    section: layout.Section | None
    comments: list[Comment]

    @property
    def open_count(self) -> int:
        """How many comments still wait for an answer."""
        return sum(comment.resolved_at is None for comment in self.comments)


def talks_of(version: CovenantVersion, text: layout.Layout) -> list[Talk]:
    """Every part of the draft with its comments; what is about a part that went stands last. One query."""
    by_section: dict[str, list[Comment]] = defaultdict(list)
    lost: list[Comment] = []
    for comment in version.comments.select_related("organisation", "author", "resolved_by"):
        section = text.section_of(comment.block_key)
        if section is None:
            lost.append(comment)
        else:
            by_section[section.key].append(comment)
    talks = [Talk(section, by_section[section.key]) for section in text.sections]
    return [*talks, Talk(None, lost)] if lost else talks


def recent_edits(version: CovenantVersion) -> tuple[list[BlockEdit], list[BlockEdit]]:
    """The last changes and those before them, the newest first."""
    newest = version.edits.select_related("edited_by").order_by("-revision")
    edits = list(newest[: RECENT_EDITS + OLDER_EDITS])
    return edits[:RECENT_EDITS], edits[RECENT_EDITS:]


def terms_differences(before: CovenantVersion, after: CovenantVersion) -> list[Difference]:
    """Which agreements about the text itself changed, its number and days aside."""
    of_their_own = {"Versie", "Wie al tekende", *(one.second_words.capitalize() for one in (before, after))}
    old, new = dict(rendering.terms_of(before)), dict(rendering.terms_of(after))
    return [
        Difference(Change.CHANGED, "", name, compare_words(old.get(name, ""), new.get(name, "")))
        for name in dict.fromkeys([*old, *new])
        if name not in of_their_own and old.get(name) != new.get(name)
    ]


def meaning_differences(before: CovenantVersion, after: CovenantVersion) -> list[Difference]:
    """Which of the five lines read differently."""
    found = []
    for line in MeaningLine:
        old, new = before.meaning.get(line.value, ""), after.meaning.get(line.value, "")
        if old != new:
            found.append(Difference(Change.CHANGED, "", line.label, compare_words(old, new)))
    return found
