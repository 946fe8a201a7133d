"""Telling how an action goes: who may, the draft that keeps itself, and the question that comes back."""

import pytest
from django.urls import reverse

from actions import reports
from actions.models import ProgressReport
from tests.actions.programme_rows import make_action, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(coalition, coordinator, partner):
    """An action that the organisation of the partner pulls."""
    return make_action(coalition, coordinator, lead=coalition.memberships.get())


def page(action, name="report-edit"):
    return reverse(f"actions:{name}", args=[action.coalition.slug, action.number])


def test_who_pulls_it_reports_beside_what_was_said_before(own, coordinator, partner, log_in):
    client = log_in(partner)
    client.post(page(own), {"claim": "attention", "done_text": "Eerste gesprek gevoerd"})
    assert ProgressReport.objects.get().headline == "Tussendoor gemeld"
    asked = make_round(own.coalition, coordinator)

    shown = client.get(page(own)).content.decode()
    assert "Eerste gesprek gevoerd" in shown
    assert f"{asked}, melden uiterlijk" in shown
    sent = client.post(page(own), {"claim": "on_track", "done_text": "Proef begonnen"})

    assert sent.status_code == 302
    report = asked.reports.get()
    assert (report.state, report.author, report.membership) == ("submitted", partner, own.lead)
    assert "in deze ronde al gemeld" in client.get(page(own)).content.decode()


def test_the_draft_keeps_itself_and_a_bsn_is_refused_in_words(own, coordinator, partner, log_in):
    make_round(own.coalition, coordinator)
    client = log_in(partner)

    kept = client.post(page(own, "report-save"), {"done_text": "Half"})
    assert "Concept bewaard om" in kept.content.decode()
    refused = client.post(page(own, "report-save"), {"done_text": "Kind 111222333"})
    assert "burgerservicenummer" in refused.content.decode()
    kept_by_hand = client.post(page(own), {"done_text": "Half af", "bewaren": "1"}, follow=True)
    assert "Je concept is bewaard" in kept_by_hand.content.decode()

    report = ProgressReport.objects.get()
    assert (report.state, report.done_text) == ("draft", "Half af")
    assert client.get(page(own, "report-save")).status_code == 405


def test_what_is_missing_is_said_at_its_field(own, partner, log_in):
    response = log_in(partner).post(page(own), {"claim": "stuck", "done_text": "x"})
    assert response.status_code == 422
    assert "Schrijf op wat er vastzit." in response.content.decode()


def test_another_partner_does_not_report_on_it(coalition, coordinator, partner, log_in):
    theirs = make_action(coalition, coordinator)
    assert log_in(partner).get(page(theirs)).status_code == 403


def test_the_coordinator_reads_asks_and_fixes(own, coordinator, partner, log_in):
    asked = make_round(own.coalition, coordinator)
    report = reports.begin(action=own, reporting_round=asked, membership=own.lead, by=partner)
    reports.submit(report=report, by=partner, claim="on_track", done_text="Begonnen in drie gemeenten")
    client = log_in(coordinator)
    shown = client.get(asked.get_absolute_url()).content.decode()
    assert "Begonnen in drie gemeenten" in shown
    assert "1 van 1 acties gemeld" in shown

    back = reverse("actions:report-return", args=[own.coalition.slug, asked.pk, report.pk])
    client.post(back, {"question": "Welke drie?"})
    assert "0 van 1 acties gemeld" in client.get(asked.get_absolute_url()).content.decode()

    log_in(partner).post(page(own), {"claim": "on_track", "done_text": "Venlo, Beesel en Gennep"})
    log_in(coordinator).post(reverse("actions:report-fix", args=[own.coalition.slug, asked.pk, report.pk]))
    report.refresh_from_db()
    assert (report.state, report.fixed_by) == ("fixed", coordinator)


def test_who_looks_after_the_round_reads_of_which_action_a_report_is_and_how_many_she_reminds(
    own, coordinator, partner, log_in
):
    asked = make_round(own.coalition, coordinator)
    client = log_in(coordinator)
    remind = reverse("actions:round-remind", args=[own.coalition.slug, asked.pk])
    assert "1 persoon krijgt vandaag een herinnering." in client.post(remind, follow=True).text
    log_in(partner).post(page(own), {"claim": "on_track", "done_text": "Proef begonnen"})
    assert (
        f'<a href="{own.get_absolute_url()}">{own.title}</a>'
        in log_in(coordinator).get(asked.get_absolute_url()).text
    )
