"""What a lower floor leaves open for the floors above it, found by name and never imported.

An app of the house may bring any of these modules:

- `demo.py`: `load()` writes its demo data; safe to run twice.
- `asks.py`: `asks_of(person)` and `asks_in(coalition, person)` give `Ask` rows.
- `panels.py`: `panels(place, subject, person)` gives `Panel` blocks for a page.
- `columns.py`: `columns()` gives `Column` entries for the member list.
- `data_parts.py`: `data_parts(coalition)` gives `DataPart` tables for the full export of a coalition.
- `merges.py`: `merge(kept, gone, by)` moves its facts from one organisation to the other, or keeps
  them where they are, when two turn out to be one; gives a sentence on each.
- `step_facts.py`: `step_facts(coalition)` gives a `StepFact` for steps of a starting coalition, by the
  keys `meetings`, `themes`, `actions` and `groups`.
- `news.py`: `news_for(person, since)` gives `News` for the mail with news.
- `figure_links.py`: `figure_links()` gives a `FigureLink` for every figure that something can be about.
- `counts.py`: `counts_of(kind, areas)` gives how many people live or are born in each area, by its id.
- `import_kinds.py`: `KINDS`, an `ImportKind` for every kind of table that can come in
  (`coalitions/imports/kinds.py`).
- `log_kinds.py`: `KINDS`, the tables whose changes the log of a coalition tells (`coalitions/log.py`).
- `life.py`: `life_of(membership, person)` gives a `LifeLine` for what happened in a membership, as far as
  `person` may know.
- `shelves.py`: `shelves(person)` gives a `Shelf` or `WordShelf` for each kind of thing that she can find
  (`portal/search.py`).
- `landing.py`: `landing(person)` gives the address of her work, or None.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet, TextChoices
from django.db.models.expressions import BaseExpression
from django.utils import timezone
from django.utils.module_loading import module_has_submodule


class Place(StrEnum):
    """Pages with room for the blocks of other apps."""

    COALITION = "coalition"
    MUNICIPALITY = "municipality"
    ORGANISATION = "organisation"
    MEMBERSHIP = "membership"
    GROUP = "group"
    WORKPLACE = "workplace"
    SETTINGS = "settings"
    PLATFORM = "platform"


class AskKind(StrEnum):
    """What an ask is about, as the inbox of a coordinator groups them."""

    MEMBERS = "Leden en aanmeldingen"
    MANDATES = "Tekenbevoegdheid"
    COVENANT = "Convenant"
    GROUPS = "Werkgroepen en afspraken"
    MEETINGS = "Bijeenkomsten"
    PROGRAMME = "Actieprogramma"
    FIGURES = "Cijfers"
    OTHER = "Ook nog te doen"


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One thing that is asked of somebody now."""

    title: str
    url: str
    action: str
    due: datetime.date | None = None
    detail: str = ""
    kind: AskKind = AskKind.OTHER

    @property
    def is_late(self) -> bool:
        """Whether the day by which it was asked is over."""
        return self.due is not None and self.due < timezone.localdate()


class NewsKind(TextChoices):
    """What news is about; of each coalition somebody chooses which of it she wants."""

    MEMBERS = "members", "nieuwe leden"
    GROUPS = "groups", "werkgroepen, hun documenten en afspraken"
    MEETINGS = "meetings", "bijeenkomsten en verslagen"
    MESSAGES = "messages", "berichten aan de leden"
    ACTIONS = "actions", "acties en hoe het ermee gaat"
    FIGURES = "figures", "nieuwe cijfers"


@dataclass(frozen=True, kw_only=True)
class News:
    """One thing that is new for somebody in one of her coalitions, in a line of the mail with news."""

    line: str
    url: str
    coalition_id: int
    kind: NewsKind


@dataclass(frozen=True, kw_only=True)
class LifeLine:
    """One thing that happened in a membership."""

    on: datetime.date
    title: str
    detail: str = ""
    by: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class FigureLink:
    """One figure of the catalogue: its code, what it is called, and where it stands."""

    code: str
    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A block on somebody else's page."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    order: int = 50


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column on the member list: annotated once for the whole queryset, never per row."""

    key: str
    label: str
    # For a query of the members of the coalition with this id.
    annotation: Callable[[int], BaseExpression] | None = None
    value: Callable[[Any], str] = str
    is_exported: bool = True
    # For who works on the list, and not for its members.
    is_internal: bool = False
    # A filter that goes with it: its options, and how one of them narrows the members.
    options: tuple[tuple[str, str], ...] = ()
    narrow: Callable[[QuerySet, str], QuerySet] | None = None


@dataclass(frozen=True, kw_only=True)
class StepFact:
    """How many there are of what one step of a starting coalition makes, and where they stand."""

    count: int
    url: str


class CountKind(StrEnum):
    """What is counted in an area, in the words of the screen."""

    INHABITANTS = "inwoners"
    BIRTHS = "geboorten"


@dataclass(frozen=True, kw_only=True)
class Counts:
    """A count for each area by its id, all of one moment, and where they come from."""

    numbers: dict[int, int]
    source: str


@dataclass(frozen=True, kw_only=True)
class DataPart:
    """One table of the full export of a coalition; `files` go along as they are."""

    name: str
    header: Sequence[str] = ()
    rows: Iterable[Sequence[Any]] = ()
    files: Iterable[tuple[str, bytes]] = ()


@cache
def parts(name: str) -> tuple[ModuleType, ...]:
    """The module `name` of every app of the house that has one, from the ground floor up."""
    return tuple(_found(name))


def _found(name: str) -> Iterator[ModuleType]:
    for label in settings.INSTALLED_APPS:
        if "." in label or not apps.is_installed(label):
            continue
        app = apps.get_app_config(label)
        if app.module is not None and module_has_submodule(app.module, name):
            yield import_module(f"{app.name}.{name}")


def panels(place: Place, *, subject: Any, person: Any) -> list[Panel]:
    """Every block for `place`, in order."""
    found = [panel for part in parts("panels") for panel in part.panels(place, subject, person)]
    return sorted(found, key=lambda panel: panel.order)


def asks_of(person: Any) -> list[Ask]:
    """Everything that is asked of `person` now, what is due first on top."""
    found = [ask for part in parts("asks") for ask in part.asks_of(person)]
    return sorted(found, key=lambda ask: (ask.due is None, ask.due or datetime.date.max))


def asks_in(coalition: Any, person: Any) -> list[Ask]:
    """Everything in `coalition` that waits for its coordinator."""
    found = [ask for part in parts("asks") for ask in part.asks_in(coalition, person)]
    return sorted(found, key=lambda ask: (ask.due is None, ask.due or datetime.date.max))


def grouped(asks: Iterable[Ask]) -> list[tuple[str, list[Ask]]]:
    """The same asks by what they are about; the kind with what is due first stands on top."""
    groups: dict[str, list[Ask]] = {}
    for ask in asks:
        groups.setdefault(ask.kind.value, []).append(ask)
    return list(groups.items())


def step_facts(coalition: Any) -> dict[str, StepFact]:
    """What the apps know of the steps of a starting coalition."""
    return {key: fact for part in parts("step_facts") for key, fact in part.step_facts(coalition).items()}


def data_parts(coalition: Any) -> list[DataPart]:
    """Every table of the full export of `coalition`, from the ground floor up."""
    return [found for part in parts("data_parts") for found in part.data_parts(coalition)]


def news_for(person: Any, *, since: datetime.datetime) -> list[News]:
    """Everything that is new for `person`, from the ground floor up."""
    return [news for part in parts("news") for news in part.news_for(person, since=since)]


def life_of(membership: Any, *, person: Any) -> list[LifeLine]:
    """Everything that happened, the latest first; of one day in the order of the floors."""
    found = [line for part in parts("life") for line in part.life_of(membership, person)]
    return sorted(found, key=lambda line: line.on, reverse=True)


def figure_links() -> dict[str, FigureLink]:
    """Every figure that something can be about, by its code."""
    return {link.code: link for part in parts("figure_links") for link in part.figure_links()}


def landing(person: Any) -> str | None:
    """The page where the work of `person` is; the lowest floor that knows one decides."""
    addresses = (part.landing(person) for part in parts("landing"))
    return next((address for address in addresses if address), None)


def counts_of(kind: CountKind, areas: QuerySet) -> Counts | None:
    """How many of `kind` there are in each area; None where nobody published a figure of it."""
    found = (part.counts_of(kind, areas) for part in parts("counts"))
    return next((counts for counts in found if counts is not None), None)


def columns() -> list[Column]:
    """Every extra column of the member list."""
    return [column for part in parts("columns") for column in part.columns()]


def with_columns(members: QuerySet, coalition: int, *, is_internal: bool = True) -> QuerySet:
    """`members` of the coalition with this id, with the annotations of the extra columns; `is_internal` for
    who works on the list."""
    return members.annotate(
        **{
            column.key: column.annotation(coalition)
            for column in columns()
            if column.annotation is not None and (is_internal or not column.is_internal)
        }
    )
