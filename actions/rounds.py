"""A reporting round is planned, opened, closed for reading, fixed with a snapshot, and opened again."""

import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from actions.models import Action, ProgressReport, ReportingRound, RoundSnapshot, RoundState, StatusClaim
from actions.models.reports import ROUND_MOVES
from actions.progress import expected_in, with_claim
from coalitions.models import Coalition
from partners.models import Person
from portal.acts import Refused, act


class IllegalRoundStep(Refused):
    def __init__(self, reporting_round: ReportingRound, to: str) -> None:
        super().__init__(
            f"‘{reporting_round}’ staat nu op ‘{reporting_round.get_state_display()}’. "
            f"Van daar kan de stap naar ‘{RoundState(to).label}’ niet."
        )


class QuestionsOpen(Refused):
    def __init__(self, count: int) -> None:
        what = (
            "1 bericht is nog niet nagekeken, of ging terug met een vraag. Stel het"
            if count == 1
            else f"{count} berichten zijn nog niet nagekeken, of gingen terug met een vraag. Stel ze"
        )
        super().__init__(f"{what} vast, of wacht op het antwoord.")


def plan(
    *,
    coalition: Coalition,
    title: str,
    opens_on: datetime.date,
    due_on: datetime.date,
    by: Person,
    **facts: Any,
) -> ReportingRound:
    """A round that will come."""
    with act(by=by):
        reporting_round = ReportingRound(
            coalition=coalition, title=title.strip(), opens_on=opens_on, due_on=due_on, **facts
        )
        reporting_round.full_clean()
        reporting_round.save(force_insert=True)
    return reporting_round


def edit(*, reporting_round: ReportingRound, by: Person, **facts: Any) -> ReportingRound:
    """Another title or other days, as long as it is not fixed."""
    with act(by=by):
        reporting_round = _locked(reporting_round)
        if reporting_round.state == RoundState.FIXED:
            raise IllegalRoundStep(reporting_round, RoundState.FIXED)
        for field, value in facts.items():
            setattr(reporting_round, field, value)
        reporting_round.full_clean()
        reporting_round.save(update_fields=list(facts))
    return reporting_round


def open_round(*, reporting_round: ReportingRound, by: Person | None) -> ReportingRound:
    """Reports come in from now on."""
    return _moved(reporting_round, RoundState.OPEN, by=by)


def close(*, reporting_round: ReportingRound, by: Person | None) -> ReportingRound:
    """The day has passed; what comes in late is still read."""
    return _moved(reporting_round, RoundState.CLOSING, by=by)


def reopen(*, reporting_round: ReportingRound, reason: str, by: Person) -> ReportingRound:
    """Something was wrong: reports may change again. What was fixed before stays to be read."""
    return _moved(reporting_round, RoundState.REOPENED, by=by, reopened_reason=reason.strip())


def fix(*, reporting_round: ReportingRound, by: Person, at: datetime.datetime | None = None) -> RoundSnapshot:
    """The round is done: nothing changes any more, and all of it is kept as it stands."""
    with act(by=by):
        reporting_round = _locked(reporting_round)
        waiting = reporting_round.reports.filter(state__in=["submitted", "returned"]).count()
        if RoundState.FIXED in ROUND_MOVES.get(reporting_round.state, ()) and waiting:
            raise QuestionsOpen(waiting)
        snapshot = _snapshot(reporting_round, by=by, at=at or timezone.now())
        _step(reporting_round, RoundState.FIXED)
    return snapshot


def open_due(*, today: datetime.date | None = None) -> int:
    """Open what was planned for today or before; how many. One of a coalition waits for the other."""
    day = today or timezone.localdate()
    planned = ReportingRound.objects.filter(state=RoundState.PLANNED, opens_on__lte=day).exclude(
        coalition__rounds__state__in=[RoundState.OPEN, RoundState.CLOSING]
    )
    opened = 0
    for reporting_round in planned.order_by("coalition_id", "opens_on").distinct("coalition_id"):
        open_round(reporting_round=reporting_round, by=None)
        opened += 1
    return opened


def silent_in(reporting_round: ReportingRound) -> QuerySet[Action]:
    """Actions of which nothing counts yet in this round."""
    expected = expected_in(reporting_round.coalition, reporting_round)
    return (
        with_claim(expected, reporting_round)
        .filter(claim__isnull=True)
        .select_related("coalition", "lead__organisation", "group")
    )


def rows_of(reporting_round: ReportingRound) -> QuerySet[Action, dict[str, Any]]:
    """What was said of every action of the round, as plain values. One query."""
    newest = (
        ProgressReport.objects.counted()
        .filter(round=reporting_round, action=OuterRef("pk"))
        .order_by("-submitted_at", "-pk")
    )
    told = {field: Subquery(newest.values(field)[:1]) for field in ("done_text", "stuck_text", "help_text")}
    return (
        with_claim(expected_in(reporting_round.coalition, reporting_round), reporting_round)
        .annotate(**told, theme_title=F("theme__title"), lead_title=F("lead__organisation__name"))
        .order_by("number")
        .values("number", "title", "theme_title", "lead_title", "lead_name", "state", "claim", *told)
    )


def _snapshot(reporting_round: ReportingRound, *, by: Person, at: datetime.datetime) -> RoundSnapshot:
    rows = list(rows_of(reporting_round))
    counts = {claim: sum(row["claim"] == claim for row in rows) for claim in StatusClaim.values}
    return RoundSnapshot.objects.create(
        round=reporting_round, expected=len(rows), rows=rows, fixed_by=by, fixed_at=at, **counts
    )


def _locked(reporting_round: ReportingRound) -> ReportingRound:
    return (
        ReportingRound.objects.select_for_update(of=("self",), no_key=True)
        .select_related("coalition")
        .get(pk=reporting_round.pk)
    )


def _moved(reporting_round: ReportingRound, to: str, *, by: Person | None, **facts: Any) -> ReportingRound:
    with act(by=by):
        return _step(_locked(reporting_round), to, **facts)


def _step(reporting_round: ReportingRound, to: str, **facts: Any) -> ReportingRound:
    if to not in ROUND_MOVES.get(reporting_round.state, ()):
        raise IllegalRoundStep(reporting_round, to)
    reporting_round.state = to
    for field, value in facts.items():
        setattr(reporting_round, field, value)
    reporting_round.full_clean()
    reporting_round.save(update_fields=["state", *facts])
    return reporting_round
