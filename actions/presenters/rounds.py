"""A reporting round on a page or in a file: what was said of every action, and of how many."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Window, prefetch_related_objects
from django.db.models.functions import RowNumber

from actions import reminders
from actions.models import (
    ActionState,
    ReportingRound,
    ReportState,
    RoundSnapshot,
    RoundState,
    StatusClaim,
)
from actions.models.reports import WRITABLE_ROUNDS
from actions.progress import Progress, progress_in_each
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
    """Every round, the youngest first. Three queries."""
    newest = RoundSnapshot.objects.order_by("round_id", "-pk").distinct("round_id").defer("rows")
    rounds = list(coalition.rounds.all())
    prefetch_related_objects(rounds, Prefetch("snapshots", newest))
    progress = _progress_of(coalition, rounds)
    return [RoundLine(round=one, progress=progress.get(one.pk)) for one in rounds]


def _progress_of(coalition: Coalition, rounds: list[ReportingRound]) -> dict[int, Progress]:
    """A round that is fixed is as its newest snapshot says; one that is to come says nothing. The
    snapshots are there already; one query."""
    begun = [one for one in rounds if one.state != RoundState.PLANNED]
    fixed = {one.pk: _as_fixed(one) for one in begun if one.state == RoundState.FIXED and one.snapshots.all()}
    return fixed | progress_in_each(coalition, [one for one in begun if one.pk not in fixed])


def _as_fixed(reporting_round: ReportingRound) -> Progress:
    newest = reporting_round.snapshots.all()[0]
    counts = {name: getattr(newest, name) for name in ("expected", *StatusClaim.values)}
    return Progress(round=reporting_round, **counts)


def page_of(coalition: Coalition, reporting_round: ReportingRound) -> dict[str, Any]:
    """Everything on the page of one round. Six queries."""
    # Names of who has fixed it; what was said then is for the file.
    snapshots = RoundSnapshot.objects.select_related("fixed_by").defer("rows")
    prefetch_related_objects([reporting_round], Prefetch("snapshots", snapshots))
    is_open = reporting_round.state in WRITABLE_ROUNDS
    silent = list(silent_in(reporting_round).order_by("number")) if is_open else []
    reminded = len(reminders.who_can_report(silent)) if silent else 0
    told = _told_in(reporting_round)
    return {
        "round": reporting_round,
        "progress": _progress_of(coalition, [reporting_round]).get(reporting_round.pk),
        "is_open": is_open,
        "to_read": told[ReportState.SUBMITTED],
        "returned": told[ReportState.RETURNED],
        "fixed_reports": told[ReportState.FIXED],
        "silent": silent[:SHOWN],
        "reminds": reminded,
        "reminds_label": "Herinner 1 persoon" if reminded == 1 else f"Herinner {reminded} mensen",
    }


def _told_in(reporting_round: ReportingRound) -> dict[str, list[Any]]:
    """The first reports of every state, each with `in_state`: how many there are of its kind. One query."""
    numbered = (
        reporting_round.reports.told()
        .annotate(
            place=Window(RowNumber(), partition_by="state", order_by=("submitted_at", "pk")),
            in_state=Window(Count("pk"), partition_by="state"),
        )
        .filter(place__lte=SHOWN)
        .select_related("action__coalition", "membership__organisation")
        .order_by("submitted_at", "pk")
    )
    found: dict[str, list[Any]] = {state: [] for state in ReportState.values}
    for report in numbered:
        found[report.state].append(report)
    return found


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
