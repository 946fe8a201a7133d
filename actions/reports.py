"""How an action goes: a report is begun, saved while somebody writes, sent, read, and fixed."""

import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from actions.models import Action, ProgressReport, ReportingRound, ReportState
from actions.models.actions import LIVE_STATES
from actions.models.reports import REPORT_MOVES, WRITABLE_REPORTS, WRITABLE_ROUNDS
from coalitions.models import Membership
from partners.models import Person
from portal.acts import Refused, act

# What somebody writes; nothing else is asked.
FIELDS = ("claim", "done_text", "stuck_text", "help_text", "next_text", "lesson")


class IllegalReportStep(Refused):
    def __init__(self, report: ProgressReport, to: str) -> None:
        super().__init__(
            f"Dit bericht staat nu op ‘{report.get_state_display()}’. "
            f"Van daar kan de stap naar ‘{ReportState(to).label}’ niet."
        )


class AlreadySent(Refused):
    def __init__(self) -> None:
        super().__init__("Dit bericht is al ingediend. Vraag de coördinator om het terug te sturen.")


class RoundNotOpen(Refused):
    def __init__(self, reporting_round: ReportingRound) -> None:
        super().__init__(
            f"‘{reporting_round}’ staat op ‘{reporting_round.get_state_display()}’. "
            "Een bericht in deze ronde kan nu niet meer veranderen."
        )


class NotGoingOn(Refused):
    def __init__(self, action: Action) -> None:
        super().__init__(
            f"‘{action}’ staat op ‘{action.get_state_display()}’. Melden kan over een actie die loopt."
        )


def begin(
    *, action: Action, reporting_round: ReportingRound | None, membership: Membership | None, by: Person
) -> ProgressReport:
    """The draft of this member about this action in this round; the one that is there, if there is."""
    with act(by=by):
        action = Action.objects.select_for_update(no_key=True).get(pk=action.pk)
        found = action.reports.filter(round=reporting_round, membership=membership)
        if reporting_round is None:
            found = found.filter(state__in=WRITABLE_REPORTS)
        report = found.first()
        if report is not None:
            return report
        if action.state not in LIVE_STATES:
            raise NotGoingOn(action)
        _refuse_closed(reporting_round)
        report = ProgressReport(action=action, round=reporting_round, membership=membership, author=by)
        report.full_clean(exclude=["saved_at"])
        report.save(force_insert=True)
    return report


def save(*, report: ProgressReport, by: Person, **words: Any) -> ProgressReport:
    """Keep what was written so far; nothing need be complete."""
    with act(by=by):
        report = _writable(report)
        return _write(report, words, by=by)


def submit(*, report: ProgressReport, by: Person, **words: Any) -> ProgressReport:
    """Send it: from now on it counts, and its action asks for the help that it asks for."""
    with act(by=by):
        report = _writable(report)
        report = _write(report, words, by=by)
        report.state, report.submitted_at = ReportState.SUBMITTED, timezone.now()
        report.full_clean(exclude=["saved_at"])
        report.save(update_fields=["state", "submitted_at"])
        Action.objects.filter(pk=report.action_id).update(needs_help=report.help_text[:300])
    return report


def send_back(*, report: ProgressReport, question: str, by: Person) -> ProgressReport:
    """Back to who wrote it, with a question; until it is answered the report does not count."""
    return _moved(
        report, ReportState.RETURNED, by=by, review_note=question.strip(), fixed_at=None, fixed_by=None
    )


def fix(*, report: ProgressReport, by: Person | None) -> ProgressReport:
    """It was read and stays as it is."""
    return _moved(report, ReportState.FIXED, by=by, fixed_at=timezone.now(), fixed_by=by)


def fix_unanswered() -> int:
    """Fix what waited longer to be read than its round allows; how many."""
    today = timezone.now()
    waiting = ProgressReport.objects.filter(
        state=ReportState.SUBMITTED, round__state__in=WRITABLE_ROUNDS
    ).select_related("round")
    late = [
        report
        for report in waiting.only("pk", "submitted_at", "round__fixes_after_days", "state")
        if report.submitted_at
        and report.round
        and report.submitted_at + datetime.timedelta(days=report.round.fixes_after_days) <= today
    ]
    for report in late:
        fix(report=report, by=None)
    return len(late)


def previous(report: ProgressReport) -> ProgressReport | None:
    """What was said the last time before, to stand beside the fields."""
    earlier = ProgressReport.objects.counted().filter(action=report.action_id).exclude(pk=report.pk)
    return earlier.select_related("round").order_by("-submitted_at", "-pk").first()


def lessons_in(actions: QuerySet[Action]) -> QuerySet[ProgressReport]:
    """Reports on these actions that say what was learned."""
    return (
        ProgressReport.objects.counted()
        .filter(~Q(lesson=""), action__in=actions)
        .select_related("action", "membership__organisation")
    )


def _refuse_closed(reporting_round: ReportingRound | None) -> None:
    if reporting_round is not None and reporting_round.state not in WRITABLE_ROUNDS:
        raise RoundNotOpen(reporting_round)


def _locked(report: ProgressReport) -> ProgressReport:
    return (
        ProgressReport.objects.select_for_update(of=("self",), no_key=True)
        .select_related("round", "action")
        .get(pk=report.pk)
    )


def _writable(report: ProgressReport) -> ProgressReport:
    report = _locked(report)
    if report.state not in WRITABLE_REPORTS:
        raise AlreadySent
    _refuse_closed(report.round)
    return report


def _write(report: ProgressReport, words: dict[str, Any], *, by: Person) -> ProgressReport:
    for field in FIELDS:
        if field in words:
            setattr(report, field, words[field].strip())
    report.author, report.saved_at = by, timezone.now()
    report.full_clean()
    report.save(update_fields=[*FIELDS, "author", "saved_at"])
    return report


def _moved(report: ProgressReport, to: str, *, by: Person | None, **facts: Any) -> ProgressReport:
    with act(by=by):
        report = _locked(report)
        if to not in REPORT_MOVES.get(report.state, ()):
            raise IllegalReportStep(report, to)
        _refuse_closed(report.round)
        report.state = to
        for field, value in facts.items():
            setattr(report, field, value)
        report.full_clean()
        report.save(update_fields=["state", *facts])
    return report
