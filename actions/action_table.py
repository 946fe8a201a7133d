"""The actions of a coalition in a row each: for the screen, the board, the time line and both files."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, Max, Min, QuerySet, Window, prefetch_related_objects
from django.db.models.functions import RowNumber
from django.utils import timezone

from actions.filters import ActionFilter
from actions.imports.action_fields import WHOLE_REGION
from actions.models import Action, ActionScope, ActionState, StatusClaim
from portal.subqueries import IsOneOf

# More cards than these do not help; the table holds them all.
CARDS_PER_STATE = 20
# The time line is drawn on a canvas this wide; the browser stretches it.
CANVAS = 1000

HEADER = [
    "Nummer",
    "Actie",
    "Thema",
    "Soort",
    "Moment",
    "Stand",
    "Gemeld",
    "Trekker",
    "Trekker buiten de coalitie",
    "Werkgroep",
    "Begint op",
    "Klaar op",
    "Te laat",
    "Voorrang",
    "Waar",
    "Wijken",
    "Waarom",
    "Moet opleveren",
    "Reden",
    "Gevraagde hulp",
    "Les",
    "Gaat door bij",
    "Betaald uit",
]


def exported(actions: QuerySet[Action]) -> list[list[Any]]:
    """The rows of the file: what the screen shows, all pages of it. It comes back in as it went out."""
    whole = actions.defer(None).select_related(
        "theme", "lead__organisation", "group", "secured_by__organisation"
    )
    return [_row(action) for action in whole.prefetch_related("areas")]


def _row(action: Any) -> list[Any]:
    return [
        action.number,
        action.title,
        str(action.theme or ""),
        action.get_kind_display(),
        action.get_phase_display(),
        action.get_state_display(),
        _claim(action),
        action.lead.organisation.name if action.lead else "",
        action.lead_name,
        str(action.group or ""),
        action.starts_on,
        action.due_on,
        action.is_late,
        action.get_priority_display(),
        _places(action),
        action.districts,
        action.why,
        action.result_expected,
        action.state_reason,
        action.needs_help,
        action.lesson,
        action.secured_by.organisation.name if action.secured_by else "",
        action.secured_funding,
    ]


def _claim(action: Any) -> str:
    """What was said; of what does not run nothing is asked."""
    if action.claim:
        return str(StatusClaim(action.claim).label)
    return "Nog niets gemeld" if action.is_live else ""


def _places(action: Action) -> str:
    if action.scope == ActionScope.REGIONAL:
        return WHOLE_REGION
    return "; ".join(sorted(area.name for area in action.areas.all()))


@dataclass(frozen=True)
class BoardColumn:
    """One state on the board, with its first cards and how many there are."""

    state: ActionState
    cards: list[Action]
    count: int

    @property
    def hidden_count(self) -> int:
        """How many do not fit on the board."""
        return self.count - len(self.cards)


def board_of(actions: ActionFilter) -> list[BoardColumn]:
    """A column for every state, what is due first on top. Two queries."""
    found = actions.qs.order_by()
    counts = dict(found.values_list("state").annotate(count=Count("pk")))
    order: tuple[Any, ...] = (F("due_on").asc(nulls_last=True), "number")
    # Only their keys: what else stands in a row would be worked out for all of them.
    first = (
        found.annotate(place=Window(RowNumber(), partition_by="state", order_by=order))
        .filter(place__lte=CARDS_PER_STATE)
        .values("pk")
    )
    cards: dict[str, list[Action]] = {}
    # Known before the rest of a row is joined, or that would be done for all of them.
    shown = Action.objects.filter(IsOneOf("pk", ArraySubquery(first)))
    for action in shown.for_list().order_by(*order):
        cards.setdefault(action.state, []).append(action)
    return [BoardColumn(state, cards.get(state, []), counts.get(state, 0)) for state in ActionState]


@dataclass(frozen=True)
class Bar:
    """Where an action lies on the canvas; None where it has no day at all."""

    start: int
    width: int
    milestones: list[tuple[int, bool]]


@dataclass(frozen=True)
class TimeLine:
    """The years of the canvas, today on it, and the rows with their bars."""

    years: list[int]
    today: int | None
    rows: list[tuple[Action, Bar | None]]

    @property
    def lines(self) -> list[int]:
        """Where one year goes over into the next."""
        return [round(CANVAS * place / len(self.years)) for place in range(1, len(self.years))]


def time_line_of(actions: ActionFilter) -> TimeLine:
    """The rows of one page on the years of everything that passes the filters. Three queries."""
    days = actions.qs.order_by().aggregate(
        first=Min("starts_on"), first_due=Min("due_on"), last=Max("due_on"), last_start=Max("starts_on")
    )
    known = [day for day in days.values() if day] or [timezone.localdate()]
    years = list(range(min(known).year, max(known).year + 1))
    first = datetime.date(years[0], 1, 1)
    length = (datetime.date(years[-1] + 1, 1, 1) - first).days

    def place(day: datetime.date) -> int:
        return round(CANVAS * (day - first).days / length)

    shown = list(actions.page.object_list)
    prefetch_related_objects(shown, "milestones")
    today = place(timezone.localdate())
    rows = [(action, _bar(action, place)) for action in shown]
    return TimeLine(years, today if 0 <= today <= CANVAS else None, rows)


def _bar(action: Action, place: Any) -> Bar | None:
    start, end = action.starts_on or action.due_on, action.due_on or action.starts_on
    if start is None or end is None:
        return None
    begin = place(start)
    milestones = [
        (place(one.due_on), one.done_on is not None)
        for one in action.milestones.all()
        if 0 <= place(one.due_on) <= CANVAS
    ]
    # A day is too thin to see.
    return Bar(begin, max(place(end) - begin, 8), milestones)
