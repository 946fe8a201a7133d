"""A reporting round on a page or in a file: what was said of every action, and of how many."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from actions import reminders
from actions.models import (
    Action,
    ActionState,
    ProgressReport,
    ReportingRound,
    ReportState,
    RoundSnapshot,
    RoundState,
    StatusClaim,
)
from actions.models.actions import LIVE_STATES
from actions.models.reports import WRITABLE_ROUNDS
from actions.progress import Progress, expected_in, with_claim
from actions.rounds import rows_of, silent_in
from coalitions.models import Coalition

SHOWN = 50
HEADER = ["Nummer", "Actie", "Thema", "Trekker", "Stand", "Gemeld", "Gedaan", "Zit vast", "Hulp nodig"]


@dataclass(frozen=True, kw_only=True)
class RoundLine:
    """A round in the list, with of how many actions something was said."""

    round: ReportingRound
    progress: Progress | None


def lines(coalition: Coalition) -> list[RoundLine]:
    """Every round, the youngest first. What was fixed is told by its snapshot. Two queries."""
    counted = (
        ProgressReport.objects.counted()
        .filter(round=OuterRef("pk"))
        .order_by()
        .values("round")
        .annotate(count=Count("action", distinct=True))
        .values("count")
    )
    by_claim = {
        claim.value: Coalesce(
            Subquery(
                ProgressReport.objects.counted()
                .filter(round=OuterRef("pk"), claim=claim)
                .order_by()
                .values("round")
                .annotate(count=Count("action", distinct=True))
                .values("count"),
                output_field=IntegerField(),
            ),
            0,
        )
        for claim in StatusClaim
    }
    rounds = list(
        coalition.rounds.annotate(
            told=Coalesce(Subquery(counted, output_field=IntegerField()), 0),
            fixed_expected=_of_snapshot("expected"),
            **{f"fixed_{claim.value}": _of_snapshot(claim.value) for claim in StatusClaim},
            **by_claim,
        )
    )
    live = coalition.actions.filter(state__in=LIVE_STATES).count()
    return [RoundLine(round=one, progress=_progress(one, live)) for one in rounds]


def _of_snapshot(column: str) -> Subquery:
    return Subquery(RoundSnapshot.objects.filter(round=OuterRef("pk")).order_by("-pk").values(column)[:1])


def _progress(one: Any, live: int) -> Progress | None:
    if one.state == RoundState.PLANNED:
        return None
    if one.state == RoundState.FIXED and one.fixed_expected is not None:
        counts = {claim.value: getattr(one, f"fixed_{claim.value}") for claim in StatusClaim}
        return Progress(expected=one.fixed_expected, round=one, **counts)
    counts = {claim.value: getattr(one, claim.value) for claim in StatusClaim}
    return Progress(expected=max(live, sum(counts.values())), round=one, **counts)


def page_of(reporting_round: ReportingRound) -> dict[str, Any]:
    """Everything on the page of one round."""
    is_open = reporting_round.state in WRITABLE_ROUNDS
    rows = with_claim(expected_in(reporting_round.coalition, reporting_round).order_by(), reporting_round)
    counts = rows.aggregate(
        expected=Count("pk"),
        **{claim.value: Count("pk", filter=Q(claim=claim)) for claim in StatusClaim},
    )
    snapshots = list(reporting_round.snapshots.select_related("fixed_by"))
    to_read = reporting_round.reports.filter(state=ReportState.SUBMITTED)
    progress = Progress(round=reporting_round, **counts)
    if reporting_round.state == RoundState.FIXED and snapshots:
        newest = snapshots[0]
        progress = Progress(
            expected=newest.expected,
            on_track=newest.on_track,
            attention=newest.attention,
            stuck=newest.stuck,
            round=reporting_round,
        )
    reminded = len(reminders.who_is_silent(reporting_round)) if is_open else 0
    silent = silent_in(reporting_round).order_by("number") if is_open else Action.objects.none()
    return {
        "round": reporting_round,
        "progress": progress,
        "is_open": is_open,
        "snapshots": snapshots,
        "to_read": to_read.select_related("action", "membership__organisation").order_by("submitted_at")[
            :SHOWN
        ],
        "to_read_count": to_read.count(),
        "returned": reporting_round.reports.filter(state=ReportState.RETURNED).select_related("action")[
            :SHOWN
        ],
        "fixed_reports": reporting_round.reports.filter(state=ReportState.FIXED)
        .select_related("action", "membership__organisation")
        .order_by("action__number")[:SHOWN],
        "fixed_count": reporting_round.reports.filter(state=ReportState.FIXED).count(),
        "silent": silent[:SHOWN],
        "reminds": reminded,
        "reminds_label": "Herinner 1 persoon" if reminded == 1 else f"Herinner {reminded} mensen",
    }


def exported(reporting_round: ReportingRound) -> tuple[list[str], list[list[Any]]]:
    """Header and rows of the file: as it was fixed, or as it stands while the round is open."""
    snapshot = reporting_round.snapshots.first()
    if reporting_round.state == RoundState.FIXED and snapshot is not None:
        return HEADER, [_row(row) for row in snapshot.rows]
    return HEADER, [_row(row) for row in rows_of(reporting_round)]


def _row(row: dict[str, Any]) -> list[Any]:
    return [
        row["number"],
        row["title"],
        row["theme_title"] or "",
        row["lead_title"] or row["lead_name"],
        ActionState(row["state"]).label,
        StatusClaim(row["claim"]).label if row["claim"] else "Nog niets gemeld",
        row["done_text"] or "",
        row["stuck_text"] or "",
        row["help_text"] or "",
    ]
