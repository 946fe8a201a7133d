"""Three made-up reporting rounds: all reported, most reported, and one that is open now."""

import datetime

from django.utils import timezone

from actions import reports, rounds
from actions.models import (
    Action,
    ActionState,
    ProgressReport,
    ReportingRound,
    ReportState,
    StatusClaim,
)
from actions.models.actions import LIVE_STATES
from coalitions.models import Coalition
from partners.models import Person

ALL, MOST = "Tweede halfjaar 2025", "Eerste halfjaar 2026"
NOW = "Tweede halfjaar 2026"
SILENT_IN_MOST = 3
REPORTED_NOW = 5


def write_past(coalition: Coalition, by: Person) -> None:
    """The rounds that are over, each fixed with what was said."""
    for title, opens_on, silent in (
        (ALL, datetime.date(2026, 1, 5), 0),
        (MOST, datetime.date(2026, 7, 1), SILENT_IN_MOST),
    ):
        _write_past(coalition, title, opens_on, silent, by)


def _write_past(coalition: Coalition, title: str, opens_on: datetime.date, silent: int, by: Person) -> None:
    asked = _open(coalition, title, opens_on, by)
    live = _live(coalition)
    for action in live[: len(live) - silent]:
        _report(action, asked, by)
    told_at = _noon(opens_on + datetime.timedelta(days=20))
    asked.reports.update(
        state=ReportState.FIXED, submitted_at=told_at, saved_at=told_at, fixed_at=told_at, fixed_by=by
    )
    rounds.close(reporting_round=asked, by=by)
    rounds.fix(reporting_round=asked, by=by, at=_noon(opens_on + datetime.timedelta(days=38)))


def write_open(coalition: Coalition, by: Person) -> None:
    """The round of now: some reported, one got a question, one is half written, the rest is silent."""
    asked = _open(coalition, NOW, datetime.date(2026, 11, 16), by)
    # The action of the partner of the demo comes first, and waits for her.
    live = _live(coalition)[1:]
    told = [_report(action, asked, by) for action in live[:REPORTED_NOW]]
    for report in told[:2]:
        reports.fix(report=report, by=by)
    question = _report(live[REPORTED_NOW], asked, by)
    reports.send_back(
        report=question, question="Welke drie gemeenten bedoel je? Dan kunnen we hen vragen.", by=by
    )
    draft = reports.begin(
        action=live[REPORTED_NOW + 1], reporting_round=asked, membership=live[REPORTED_NOW + 1].lead, by=by
    )
    reports.save(report=draft, by=by, done_text="Twee praktijken zijn begonnen.")


def _open(coalition: Coalition, title: str, opens_on: datetime.date, by: Person) -> ReportingRound:
    planned = rounds.plan(
        coalition=coalition,
        title=title,
        opens_on=opens_on,
        due_on=opens_on + datetime.timedelta(days=30),
        by=by,
    )
    return rounds.open_round(reporting_round=planned, by=by)


def _live(coalition: Coalition) -> list[Action]:
    return list(coalition.actions.filter(state__in=LIVE_STATES).order_by("number"))


def _report(action: Action, asked: ReportingRound, by: Person) -> ProgressReport:
    claim = _claim(action)
    report = reports.begin(action=action, reporting_round=asked, membership=action.lead, by=by)
    return reports.submit(
        report=report,
        by=by,
        claim=claim,
        done_text="We hebben met alle deelnemers gesproken en de volgende stap voorbereid.",
        stuck_text=action.state_reason or "Er is te weinig tijd." if claim != StatusClaim.ON_TRACK else "",
        help_text=action.needs_help,
        next_text="In het nieuwe kwartaal beginnen twee organisaties met de proef.",
        lesson="Eén vast gezicht per organisatie scheelt veel mailen." if action.number % 5 == 2 else "",
    )


def _claim(action: Action) -> StatusClaim:
    if action.state == ActionState.BLOCKED:
        return StatusClaim.STUCK
    if action.state == ActionState.PAUSED or action.number % 4 == 1:
        return StatusClaim.ATTENTION
    return StatusClaim.ON_TRACK


def _noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12), timezone.get_default_timezone())
