"""Rounds and reports: drafts, questions, coverage, reminders, the snapshot and the roll-up."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from actions import asks, reminders, reports, rounds, work
from actions.models import ProgressReport, ReportState, RoundSnapshot, RoundState
from actions.presenters import national
from actions.progress import progress_in, progress_in_each, progress_of
from coalitions.models import Level, Role
from portal.acts import Refused
from portal.models import Mail
from tests import factories
from tests.actions.programme_rows import make_action, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(coalition, coordinator):
    return make_round(coalition, coordinator)


def tell(action, asked, by, claim="on_track", **words):
    report = reports.begin(action=action, reporting_round=asked, membership=action.lead, by=by)
    return reports.submit(report=report, by=by, claim=claim, **{"done_text": "Begonnen", **words})


def test_a_silent_reporter_lowers_the_coverage(coalition, coordinator, asked):
    first, second, _ = (make_action(coalition, coordinator) for _ in range(3))
    make_action(coalition, coordinator, state="planned")
    tell(first, asked, coordinator)
    tell(second, asked, coordinator, "stuck", stuck_text="Geen geld")

    progress = progress_of(coalition)

    assert progress.coverage == "2 van 3 acties gemeld"
    assert (progress.on_track, progress.attention, progress.stuck, progress.silent) == (1, 0, 1, 1)


def test_news_in_between_counts_after_the_round_opened_and_a_question_does_not(coalition, coordinator, asked):
    action, other = (make_action(coalition, coordinator) for _ in range(2))
    tell(action, asked, coordinator)
    tell(action, None, coordinator, "attention")
    reports.send_back(report=tell(other, asked, coordinator), question="Waar?", by=coordinator)

    progress = progress_of(coalition)

    assert (progress.on_track, progress.attention, progress.coverage) == (0, 1, "1 van 2 acties gemeld")


def test_rounds_together_say_what_each_says_alone(coalition, coordinator, django_assert_num_queries):
    action, other, _ = (make_action(coalition, coordinator) for _ in range(3))
    first = make_round(coalition, coordinator)
    tell(action, first, coordinator)
    over = make_action(coalition, coordinator)
    tell(over, first, coordinator, "attention", stuck_text="Geen tijd")
    rounds.close(reporting_round=first, by=coordinator)
    for report in first.reports.all():
        reports.fix(report=report, by=coordinator)
    rounds.fix(reporting_round=first, by=coordinator)
    first.refresh_from_db()
    first = rounds.reopen(reporting_round=first, reason="Een cijfer klopte niet", by=coordinator)
    work.finish(action=over, lesson="Het werkt", by=coordinator)
    second = make_round(coalition, coordinator)
    tell(other, second, coordinator, "stuck", stuck_text="Geen geld")
    with django_assert_num_queries(1):
        together = progress_in_each(coalition, [first, second])
    assert together == {one.pk: progress_in(coalition, one) for one in (first, second)}
    assert [one.coverage for one in together.values()] == ["2 van 4 acties gemeld", "1 van 3 acties gemeld"]
    assert progress_in_each(coalition, []) == {}


def test_a_draft_keeps_anything_and_is_sent_only_when_complete(coalition, coordinator, asked):
    action = make_action(coalition, coordinator)
    begun = {"action": action, "reporting_round": asked, "membership": action.lead, "by": coordinator}
    report = reports.begin(**begun)
    reports.save(report=report, by=coordinator, help_text="Een zaal")
    assert reports.begin(**begun) == report
    with pytest.raises(Refused, match="Kies hoe het gaat"):
        reports.submit(report=report, by=coordinator)
    with pytest.raises(Refused, match="wat er vastzit"):
        reports.submit(report=report, by=coordinator, claim="stuck", done_text="Niets")
    report.refresh_from_db()
    assert (report.state, report.help_text) == (ReportState.DRAFT, "Een zaal")

    sent = reports.submit(report=report, by=coordinator, claim="attention", done_text="Gebeld")

    action.refresh_from_db()
    assert (sent.state, action.needs_help) == (ReportState.SUBMITTED, "Een zaal")
    with pytest.raises(Refused, match="al ingediend"):
        reports.save(report=sent, by=coordinator, done_text="Toch anders")


def test_nobody_reports_on_what_does_not_run_or_in_a_round_that_is_fixed(coalition, coordinator, asked):
    action = make_action(coalition, coordinator)
    tell(action, asked, coordinator)
    with pytest.raises(Refused, match="Melden kan over een actie die loopt"):
        tell(make_action(coalition, coordinator, state="done"), asked, coordinator)
    with pytest.raises(Refused, match="1 bericht is nog niet nagekeken"):
        rounds.fix(reporting_round=rounds.close(reporting_round=asked, by=coordinator), by=coordinator)
    assert not RoundSnapshot.objects.exists()
    reports.fix(report=ProgressReport.objects.get(), by=coordinator)
    rounds.fix(reporting_round=asked, by=coordinator)
    asked.refresh_from_db()
    with pytest.raises(Refused, match="niet meer veranderen"):
        tell(make_action(coalition, coordinator), asked, coordinator)
    late = make_action(coalition, coordinator)
    with pytest.raises(IntegrityError, match="niet open"), transaction.atomic():
        ProgressReport.objects.create(round=asked, action=late, author=coordinator)


def test_a_fixed_round_keeps_what_it_was(coalition, coordinator, asked):
    action, _silent = (make_action(coalition, coordinator) for _ in range(2))
    reports.fix(report=tell(action, asked, coordinator), by=coordinator)
    rounds.close(reporting_round=asked, by=coordinator)

    snapshot = rounds.fix(reporting_round=asked, by=coordinator)

    work.finish(action=action, lesson="Klein beginnen", by=coordinator)
    work.edit(action=action, by=coordinator, title="Heet nu anders")
    snapshot.refresh_from_db()
    assert (snapshot.expected, snapshot.reported) == (2, 1)
    assert [row["title"] for row in snapshot.rows] == ["Elkaar leren kennen"] * 2
    assert [row["claim"] for row in snapshot.rows] == ["on_track", None]
    with pytest.raises(IntegrityError, match="verandert niet"), transaction.atomic():
        RoundSnapshot.objects.update(expected=1)
    rounds.reopen(reporting_round=asked, reason="Een fout", by=coordinator)
    rounds.fix(reporting_round=asked, by=coordinator)
    assert [one.expected for one in asked.snapshots.all()] == [2, 2]


def test_only_one_round_is_open_and_a_planned_one_waits_for_it(coalition, coordinator, asked):
    second = rounds.plan(
        coalition=coalition,
        title="Tweede halfjaar",
        opens_on=factories.today(),
        due_on=factories.today() + datetime.timedelta(days=9),
        by=coordinator,
    )
    with pytest.raises(Refused, match="loopt al een rapportageronde"):
        rounds.open_round(reporting_round=second, by=coordinator)
    assert rounds.open_due() == 0
    rounds.close(reporting_round=asked, by=coordinator)
    rounds.fix(reporting_round=asked, by=coordinator)
    assert rounds.open_due() == 1
    second.refresh_from_db()
    assert second.state == RoundState.OPEN


def test_who_is_silent_gets_one_mail_a_day_with_at_most_twenty_lines(coalition, coordinator, partner, asked):
    lead = coalition.memberships.get()
    for number in range(22):
        make_action(coalition, coordinator, lead=lead, title=f"Actie {number}")
    told = make_action(coalition, coordinator, lead=lead, title="Al gemeld")
    tell(told, asked, coordinator)

    assert reminders.remind(reporting_round=asked, by=coordinator) == 1
    assert reminders.remind(reporting_round=asked, by=coordinator) == 1

    mail = Mail.objects.get(purpose="report_reminder")
    assert mail.recipient == partner.email
    assert "en nog 2" in mail.text
    assert "Al gemeld" not in mail.text
    assert "/mijn/acties/" in mail.text


def test_reminders_leave_on_their_days_only(coalition, coordinator, partner, asked):
    make_action(coalition, coordinator, lead=coalition.memberships.get())
    days = {
        days: reminders.remind_due(today=asked.due_on + datetime.timedelta(days=days))
        for days in (-14, -13, -3, 0, 3)
    }
    assert days == {-14: 1, -13: 0, -3: 1, 0: 0, 3: 1}


def test_what_nobody_asks_about_is_fixed_after_the_days_of_its_round(coalition, coordinator, asked):
    report, fresh = (tell(make_action(coalition, coordinator), asked, coordinator) for _ in range(2))
    long_ago = timezone.now() - datetime.timedelta(days=asked.fixes_after_days, minutes=1)
    ProgressReport.objects.filter(pk=report.pk).update(submitted_at=long_ago)

    assert reports.fix_unanswered() == 1
    assert reports.fix_unanswered() == 0

    report.refresh_from_db()
    fresh.refresh_from_db()
    assert (report.state, report.fixed_by, fresh.state) == ("fixed", None, "submitted")


def test_somebody_is_asked_for_her_own_actions_until_she_reported(coalition, coordinator, partner, asked):
    lead = coalition.memberships.get()
    mine = make_action(coalition, coordinator, lead=lead)
    make_action(coalition, coordinator)
    assert [one.title for one in asks.asks_of(partner)] == ["Hoe gaat het met ‘Elkaar leren kennen’?"]

    report = tell(mine, asked, partner)
    assert asks.asks_of(partner) == []
    assert "Kijk 1 voortgangsbericht na" in [one.title for one in asks.asks_in(coalition, coordinator)]

    reports.send_back(report=report, question="Welke gemeente?", by=coordinator)
    assert [(one.title, one.detail) for one in asks.asks_of(partner)] == [
        ("Beantwoord een vraag over ‘Elkaar leren kennen’", "Welke gemeente?")
    ]
    assert asks.asks_in(coalition, partner) == []


def test_the_roll_up_holds_what_is_below_and_adds_up_with_its_coverage(coordinator):
    country = factories.make_coalition("Nederland", level=Level.NATIONAL)
    region = factories.make_coalition("Regio", parent=country)
    town = factories.make_coalition("Stad", level=Level.LOCAL, parent=region)
    factories.make_coalition("Elders")
    reader = factories.make_person()
    factories.give_role(reader, country, Role.READER)
    asked = make_round(region, coordinator)
    reports.fix(report=tell(make_action(region, coordinator), asked, coordinator), by=coordinator)
    make_action(region, coordinator)
    rounds.close(reporting_round=asked, by=coordinator)
    rounds.fix(reporting_round=asked, by=coordinator)
    # After the snapshot: it counts no more in the round that was fixed.
    make_action(region, coordinator)
    tell(make_action(town, coordinator), make_round(town, coordinator), coordinator, "attention")
    make_action(town, coordinator, state="secured")

    lines = national.lines_for(reader)

    assert {line.coalition.name: line.progress.coverage for line in lines} == {
        "Nederland": "0 van 0 acties gemeld",
        "Regio": "1 van 2 acties gemeld",
        "Stad": "1 van 1 acties gemeld",
    }
    total = national.total_of(lines)
    assert (total.coalitions, total.progress.coverage, total.secured) == (3, "2 van 3 acties gemeld", 1)
