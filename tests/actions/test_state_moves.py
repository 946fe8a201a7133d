"""Every move that a state machine does not know is refused, by the operation and by the trigger."""

import pytest
from django.db import IntegrityError, transaction

from actions import bottlenecks, programmes, reports, rounds, work
from actions.models import (
    Action,
    ActionState,
    Bottleneck,
    BottleneckState,
    Programme,
    ProgrammeState,
    ProgressReport,
    ReportingRound,
    ReportState,
    RoundState,
)
from actions.models.actions import ACTION_MOVES
from actions.models.bottlenecks import BOTTLENECK_MOVES
from actions.models.programmes import PROGRAMME_MOVES
from actions.models.reports import REPORT_MOVES, ROUND_MOVES
from portal.acts import Refused
from tests import factories
from tests.actions.programme_rows import make_action, make_bottleneck, make_programme, make_round, make_theme

pytestmark = pytest.mark.django_db


def illegal(moves: dict, states: type) -> list[tuple[str, str]]:
    return [
        (start.value, end.value)
        for start in states
        for end in states
        if start != end and end not in moves.get(start, ())
    ]


def refused_by_trigger(row, to: str) -> None:
    with pytest.raises(IntegrityError, match="Deze stap kan niet"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(state=to)


def test_an_action_moves_along_the_table_only(coalition, coordinator):
    member = factories.make_member(coalition)
    operations = {
        ActionState.PLANNED: lambda action: work.plan(action=action, lead=member, by=coordinator),
        ActionState.RUNNING: lambda action: work.start(action=action, by=coordinator),
        ActionState.BLOCKED: lambda action: work.block(action=action, reason="x", by=coordinator),
        ActionState.PAUSED: lambda action: work.pause(action=action, reason="x", by=coordinator),
        ActionState.DONE: lambda action: work.finish(action=action, lesson="x", by=coordinator),
        ActionState.SECURED: lambda action: work.secure(
            action=action, secured_by=member, secured_funding="x", by=coordinator
        ),
        ActionState.STOPPED: lambda action: work.stop(action=action, reason="x", lesson="y", by=coordinator),
    }
    rows = {
        state.value: make_action(coalition, coordinator, state=state, lead=member) for state in ActionState
    }
    for start, end in illegal(ACTION_MOVES, ActionState):
        if end in operations:
            with pytest.raises(Refused, match="kan de stap"):
                operations[ActionState(end)](rows[start])
        refused_by_trigger(rows[start], end)
    with pytest.raises(Refused, match="kan de stap"):
        work.resume(action=rows["planned"], by=coordinator)
    with pytest.raises(Refused, match="kan de stap"):
        work.start(action=rows["blocked"], by=coordinator)
    assert dict(Action.objects.values_list("pk", "state")) == {row.pk: state for state, row in rows.items()}


def test_an_action_cannot_begin_in_the_middle(coalition, coordinator):
    with pytest.raises(IntegrityError, match="Deze stap kan niet"), transaction.atomic():
        Action.objects.create(coalition=coalition, number=1, title="Zo maar", state="running", lead_name="x")


def test_a_bottleneck_moves_along_the_table_only(coalition, coordinator):
    operations = {
        BottleneckState.SHARED: lambda one: bottlenecks.share(bottleneck=one, by=coordinator),
        BottleneckState.SOLVED: lambda one: bottlenecks.solve(bottleneck=one, by=coordinator),
        BottleneckState.DROPPED: lambda one: bottlenecks.drop(bottleneck=one, reason="x", by=coordinator),
    }
    rows = {state.value: make_bottleneck(coalition, coordinator) for state in BottleneckState}
    work.propose(
        coalition=coalition, by=coordinator, title="Doen", bottlenecks=[rows["translated"], rows["solved"]]
    )
    bottlenecks.share(bottleneck=rows["shared"], by=coordinator)
    bottlenecks.solve(bottleneck=rows["solved"], by=coordinator)
    bottlenecks.drop(bottleneck=rows["dropped"], reason="Dubbel", by=coordinator)
    assert {one.pk: one.state for one in Bottleneck.objects.all()} == {one.pk: s for s, one in rows.items()}
    for start, end in illegal(BOTTLENECK_MOVES, BottleneckState):
        if end in operations:
            with pytest.raises(Refused, match="kan de stap"):
                operations[BottleneckState(end)](rows[start])
        refused_by_trigger(rows[start], end)


def test_a_programme_moves_along_the_table_only(coalition, coordinator):
    rows = {state.value: make_programme(coalition, coordinator) for state in ProgrammeState}
    for state in ("adopted", "closed"):
        make_theme(rows[state], coordinator)
        programmes.adopt(programme=rows[state], by=coordinator)
    programmes.close(programme=rows["closed"], by=coordinator)
    operations = {"adopted": programmes.adopt, "closed": programmes.close}
    for start, end in illegal(PROGRAMME_MOVES, ProgrammeState):
        if end in operations:
            with pytest.raises(Refused, match="kan de stap"):
                operations[end](programme=rows[start], by=coordinator)
        refused_by_trigger(rows[start], end)
    with pytest.raises(Refused, match="nog geen thema"):
        programmes.adopt(programme=rows["draft"], by=coordinator)
    assert Programme.objects.get(pk=rows["draft"].pk).state == "draft"


def test_a_round_moves_along_the_table_only(coordinator):
    operations = {
        RoundState.OPEN: lambda one: rounds.open_round(reporting_round=one, by=coordinator),
        RoundState.CLOSING: lambda one: rounds.close(reporting_round=one, by=coordinator),
        RoundState.FIXED: lambda one: rounds.fix(reporting_round=one, by=coordinator),
        RoundState.REOPENED: lambda one: rounds.reopen(reporting_round=one, reason="x", by=coordinator),
    }
    # Each in a coalition of its own: only one is open at a time.
    rows = {
        state.value: make_round(factories.make_coalition(), coordinator, state=state) for state in RoundState
    }
    for start, end in illegal(ROUND_MOVES, RoundState):
        if end in operations:
            with pytest.raises(Refused, match="kan de stap"):
                operations[RoundState(end)](rows[start])
        refused_by_trigger(rows[start], end)
    assert dict(ReportingRound.objects.values_list("pk", "state")) == {
        row.pk: state for state, row in rows.items()
    }


def test_a_report_moves_along_the_table_only(coalition, coordinator):
    asked = make_round(coalition, coordinator)

    def report(state: str) -> ProgressReport:
        action = make_action(coalition, coordinator)
        found = reports.begin(action=action, reporting_round=asked, membership=action.lead, by=coordinator)
        if state == ReportState.DRAFT:
            return found
        found = reports.submit(report=found, by=coordinator, claim="on_track", done_text="Begonnen")
        if state == ReportState.RETURNED:
            return reports.send_back(report=found, question="Waar?", by=coordinator)
        return reports.fix(report=found, by=coordinator) if state == ReportState.FIXED else found

    rows = {state.value: report(state) for state in ReportState}
    operations = {
        ReportState.SUBMITTED: lambda one: reports.submit(
            report=one, by=coordinator, claim="on_track", done_text="x"
        ),
        ReportState.FIXED: lambda one: reports.fix(report=one, by=coordinator),
        ReportState.RETURNED: lambda one: reports.send_back(report=one, question="x", by=coordinator),
    }
    for start, end in illegal(REPORT_MOVES, ReportState):
        if end in operations:
            with pytest.raises(Refused):
                operations[ReportState(end)](rows[start])
        with (
            pytest.raises(IntegrityError, match=r"verandert niet meer|Deze stap kan niet"),
            transaction.atomic(),
        ):
            ProgressReport.objects.filter(pk=rows[start].pk).update(state=end)
    # What was fixed goes back only in a round that was opened again.
    with pytest.raises(Refused, match="vastgesteld"):
        reports.send_back(report=rows["fixed"], question="Toch?", by=coordinator)
    for state in ("submitted",):
        reports.fix(report=rows[state], by=coordinator)
    reports.submit(report=rows["returned"], by=coordinator, claim="on_track", done_text="In Venlo")
    reports.fix(report=rows["returned"], by=coordinator)
    rounds.close(reporting_round=asked, by=coordinator)
    rounds.fix(reporting_round=asked, by=coordinator)
    with pytest.raises(Refused, match="niet meer veranderen"):
        reports.send_back(report=rows["fixed"], question="Toch?", by=coordinator)
    rounds.reopen(reporting_round=asked, reason="Een fout", by=coordinator)
    assert reports.send_back(report=rows["fixed"], question="Toch?", by=coordinator).state == "returned"
