"""Counts of many coalitions beside each other: what was fixed as it was fixed, the rest as it stands."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from actions.models import (
    Action,
    ActionState,
    ProgressReport,
    ReportingRound,
    RoundSnapshot,
    RoundState,
    StatusClaim,
)
from actions.models.actions import LIVE_STATES
from actions.progress import Progress
from coalitions.access import Permission, coalition_ids_with
from coalitions.models import Coalition

HEADER = [
    "Coalitie",
    "Niveau",
    "Fase",
    "Ronde",
    "Vastgesteld",
    "Acties die lopen",
    "Gemeld",
    "Op schema",
    "Let op",
    "Zit vast",
    "Afgerond",
    "Geborgd",
    "Losgelaten",
]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One coalition, with the counts of its youngest round."""

    coalition: Coalition
    round_title: str
    is_fixed: bool
    progress: Progress
    done: int
    secured: int
    stopped: int


@dataclass(frozen=True, kw_only=True)
class Total:
    """All lines together; only counts of the same kind are added up."""

    coalitions: int
    progress: Progress
    secured: int


def in_reach(person: Any) -> QuerySet[Coalition]:
    """Coalitions whose counts `person` may read, with everything below them."""
    own = coalition_ids_with(person, Permission.BOARD_READ)
    return Coalition.objects.filter(Q(pk__in=own) | Q(parent__in=own) | Q(parent__parent__in=own)).order_by(
        "sort_key", "pk"
    )


def lines_for(person: Any) -> list[Line]:
    """A line for each coalition in reach. Four queries."""
    begun = ReportingRound.objects.begun().filter(coalition=OuterRef("pk")).order_by("-opens_on", "-pk")
    coalitions = list(
        in_reach(person).annotate(
            round_pk=Subquery(begun.values("pk")[:1]),
            round_title=Subquery(begun.values("title")[:1]),
            round_state=Subquery(begun.values("state")[:1]),
        )
    )
    states = _states(coalitions)
    claims = _claims(coalitions)
    fixed = {
        one.round_id: one
        for one in RoundSnapshot.objects.defer("rows")
        .filter(round__in=[one.round_pk for one in coalitions if one.round_state == RoundState.FIXED])
        .order_by("pk")
    }
    return [_line(one, states[one.pk], claims[one.pk], fixed.get(one.round_pk)) for one in coalitions]


def total_of(lines: list[Line]) -> Total:
    """The sums under the lines."""

    def added(field: str) -> int:
        return sum(getattr(line.progress, field) for line in lines)

    return Total(
        coalitions=len(lines),
        progress=Progress(
            expected=added("expected"),
            on_track=added("on_track"),
            attention=added("attention"),
            stuck=added("stuck"),
        ),
        secured=sum(line.secured for line in lines),
    )


def exported(lines: list[Line]) -> list[list[Any]]:
    """The same lines for a file."""
    return [
        [
            line.coalition.name,
            line.coalition.get_level_display(),
            line.coalition.get_phase_display(),
            line.round_title,
            line.is_fixed,
            line.progress.expected,
            line.progress.reported,
            line.progress.on_track,
            line.progress.attention,
            line.progress.stuck,
            line.done,
            line.secured,
            line.stopped,
        ]
        for line in lines
    ]


def _states(coalitions: list[Any]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    counted = Action.objects.filter(coalition__in=coalitions).order_by().values_list("coalition", "state")
    for coalition, state, count in counted.annotate(count=Count("pk")):
        found[coalition][state] = count
    return found


def _claims(coalitions: list[Any]) -> dict[int, dict[str | None, int]]:
    """How many live actions say what in the round of their coalition that is not fixed yet."""
    begun = (
        ReportingRound.objects.begun().filter(coalition=OuterRef("coalition")).order_by("-opens_on", "-pk")
    )
    newest = (
        ProgressReport.objects.counted()
        .filter(
            Q(round=OuterRef("counted_round"))
            | Q(round__isnull=True, submitted_at__date__gte=OuterRef("counted_from")),
            action=OuterRef("pk"),
        )
        .order_by("-submitted_at", "-pk")
    )
    told = (
        Action.objects.filter(coalition__in=coalitions, state__in=LIVE_STATES)
        .annotate(
            counted_round=Subquery(begun.values("pk")[:1]),
            counted_from=Subquery(begun.values("opens_on")[:1]),
        )
        .annotate(claim=Subquery(newest.values("claim")[:1]))
        .order_by()
        .values_list("coalition", "claim")
        .annotate(count=Count("pk"))
    )
    found: dict[int, dict[str | None, int]] = defaultdict(dict)
    for coalition, claim, count in told:
        found[coalition][claim] = count
    return found


def _line(
    coalition: Any, states: dict[str, int], claims: dict[str | None, int], snapshot: RoundSnapshot | None
) -> Line:
    if snapshot is not None:
        counts = {claim.value: getattr(snapshot, claim.value) for claim in StatusClaim}
        progress = Progress(expected=snapshot.expected, **counts)
    else:
        counts = {claim.value: claims.get(claim.value, 0) for claim in StatusClaim}
        progress = Progress(expected=sum(claims.values()), **counts)
    return Line(
        coalition=coalition,
        round_title=coalition.round_title or "",
        is_fixed=snapshot is not None,
        progress=progress,
        done=states.get(ActionState.DONE, 0),
        secured=states.get(ActionState.SECURED, 0),
        stopped=states.get(ActionState.STOPPED, 0),
    )
