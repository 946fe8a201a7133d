"""Search over the whole portal: what somebody may see, by its kind, however many kinds there are.

Each app brings its shelves (`shelves.py`). A shelf of rows is part of one question to the database over all
shelves together; a shelf of words is in memory already.
"""

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, JSONObject, NullIf

from portal import hooks
from portal.names import fold, name_holds, position_of

# Of each kind when all are shown, and of one kind by itself.
MOST_SHOWN, MOST_ALONE = 6, 100
# Of what looks like the words: how many are compared letter by letter, and how many are shown.
MOST_COMPARED, MOST_MEANT = 30, 3
# How much a name must look like the words: three letters by three for the database, then letter by letter.
LEAST_ALIKE, LEAST_ALIKE_LETTERS = 0.4, 0.7
SHORTEST = 2


@dataclass(frozen=True)
class Entry:
    """One thing that was found: its name, what it is, and where it stands."""

    name: str
    url: str
    detail: str = ""


Facts = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """Rows of one kind, as far as this person may see them."""

    title: str
    # Where it stands on the page; no two shelves have the same.
    order: int
    rows: QuerySet
    name: str = "name"
    sort_key: str | Combinable = "sort_key"
    # Where on a row one word may stand; without it in its name.
    holds: Callable[[str], Q] | None = None
    # What is read of a row that was found, and what follows from it: its address and what it is.
    facts: Mapping[str, str | Combinable]
    address: Callable[[Facts], str]
    detail: Callable[[Facts], str] = lambda _: ""


@dataclass(frozen=True, kw_only=True)
class WordShelf:
    """Things that are in memory; `words` says in which text each is found."""

    title: str
    order: int
    entries: Sequence[tuple[Entry, str]]


@dataclass(frozen=True)
class Group:
    """What was found on one shelf."""

    title: str
    order: int
    entries: list[Entry]
    has_more: bool


@dataclass(frozen=True)
class Found:
    """Everything that was found, and else the names that look like what was asked for."""

    groups: list[Group] = field(default_factory=list)
    meant: list[str] = field(default_factory=list)


def search(person: Any, words: str, *, only: int | None = None) -> Found:
    """What `person` may see with all of `words` in it, of every kind or of the one at this order; one query,
    and one more where nothing is found."""
    asked = words.split()
    if len("".join(asked)) < SHORTEST:
        return Found()
    shelves = sorted(
        (shelf for part in hooks.parts("shelves") for shelf in part.shelves(person)),
        key=lambda shelf: shelf.order,
    )
    most = MOST_SHOWN
    if chosen := [shelf for shelf in shelves if shelf.order == only]:
        shelves, most = chosen, MOST_ALONE
    found = _rows_found([shelf for shelf in shelves if isinstance(shelf, Shelf)], asked, most)
    found |= {shelf.order: _words_found(shelf, asked) for shelf in shelves if isinstance(shelf, WordShelf)}
    groups = [
        Group(shelf.title, shelf.order, found[shelf.order][:most], has_more=len(found[shelf.order]) > most)
        for shelf in shelves
        if found[shelf.order]
    ]
    return Found(groups=groups) if groups else Found(meant=_meant(shelves, words))


def joined(*parts: str | None) -> str:
    """What there is to say of something, on one line."""
    return " · ".join(part for part in parts if part)


def _rows_found(shelves: Sequence[Shelf], asked: list[str], most: int) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = {shelf.order: [] for shelf in shelves}
    together = _together([_question(shelf, asked)[: most + 1] for shelf in shelves])
    if together is None:
        return found
    for row in sorted(together, key=_better_first):
        shelf = next(shelf for shelf in shelves if shelf.order == row["found_on"])
        facts = row["found_facts"]
        found[shelf.order].append(Entry(row["found_name"], shelf.address(facts), shelf.detail(facts)))
    return found


def _better_first(row: dict[str, Any]) -> tuple[bool, int, bytes]:
    return row["found_place"] is None, row["found_place"] or 0, bytes(row["found_key"])


def _question(shelf: Shelf, asked: list[str]) -> QuerySet:
    """The rows of one shelf: earlier in the name is better, and elsewhere than in the name comes last."""
    rows = shelf.rows.order_by()
    for word in asked:
        rows = rows.filter(shelf.holds(word) if shelf.holds else name_holds(word, shelf.sort_key))
    place = F("found_place").asc(nulls_last=True)
    return (
        rows.annotate(
            found_on=Value(shelf.order),
            found_place=NullIf(position_of(asked[0], shelf.sort_key), Value(0)),
            found_key=F(shelf.sort_key) if isinstance(shelf.sort_key, str) else shelf.sort_key,
            found_name=Cast(shelf.name, TextField()),
            found_facts=JSONObject(**shelf.facts),
        )
        .order_by(place, "found_key", "pk")
        .values("found_on", "found_place", "found_key", "found_name", "found_facts")
    )


def _together(questions: list[QuerySet]) -> QuerySet | None:
    """All rows of `questions`, which give the same columns, in one question."""
    return questions[0].union(*questions[1:], all=True) if questions else None


def _words_found(shelf: WordShelf, asked: list[str]) -> list[Entry]:
    wanted = [fold(word) for word in asked]
    return [entry for entry, text in shelf.entries if all(word in fold(text) for word in wanted)]


def _meant(shelves: Iterable[Shelf | WordShelf], words: str) -> list[str]:
    """What looks like `words` and would be found, the most alike first; one query."""
    names = [entry.name for shelf in shelves if isinstance(shelf, WordShelf) for entry, _ in shelf.entries]
    alike = [
        shelf.rows.order_by()
        .annotate(found_name=Cast(shelf.name, TextField()), alike=TrigramWordSimilarity(words, shelf.name))
        .filter(alike__gte=LEAST_ALIKE)
        .values_list("found_name", "alike")
        for shelf in shelves
        if isinstance(shelf, Shelf)
    ]
    if (together := _together(alike)) is not None:
        names += [name for name, _ in together.order_by("-alike", "found_name")[:MOST_COMPARED]]
    likeness: dict[str, tuple[float, str]] = {}
    for ratio, suggestion in (_suggestion(words, name) for name in names):
        if ratio >= LEAST_ALIKE_LETTERS:
            likeness.setdefault(fold(suggestion), (-ratio, suggestion))
    return [suggestion for _, suggestion in sorted(likeness.values())[:MOST_MEANT]]


def _suggestion(words: str, name: str) -> tuple[float, str]:
    """How much `words` look like a name; who wrote one word meant one of it, or all of it."""
    parts = [] if " " in words.strip() else [part.strip("(),.") for part in name.split()]
    asked = fold(words)
    return max((difflib.SequenceMatcher(None, asked, fold(part)).ratio(), part) for part in (*parts, name))
