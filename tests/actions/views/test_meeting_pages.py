"""The pages of meetings: what each role sees and does there."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from actions import meeting_mails, table_notes
from actions.models import Attendance, Meeting, MeetingInvitation, MeetingState, Response, TableNote
from tests import factories

pytestmark = pytest.mark.django_db

DETAILS = {
    "title": "Ontmoeting",
    "kind": "encounter",
    "day": "2027-03-28",
    "starts": "13:30",
    "ends": "16:00",
    "place": "Weert",
}


def address(name, meeting, *more):
    return reverse(f"actions:{name}", args=[meeting.coalition.slug, meeting.pk, *more])


@pytest.fixture
def meeting(coalition, coordinator):
    return factories.make_meeting(coalition, coordinator, state=MeetingState.INVITED, is_open=True)


@pytest.fixture
def held(coalition, coordinator):
    return factories.make_meeting(coalition, coordinator, state=MeetingState.HELD)


def test_a_meeting_is_planned_in_the_time_of_the_netherlands_with_a_new_series(
    coalition, coordinator, log_in
):
    url = reverse("actions:meeting-add", args=[coalition.slug])
    client = log_in(coordinator)
    wrong = client.post(url, {**DETAILS, "ends": "12:00"})
    assert (wrong.status_code, Meeting.objects.count()) == (422, 0)
    client.post(url, {**DETAILS, "new_series": "Ontmoetingen"})
    meeting = Meeting.objects.get()
    assert meeting.starts_at == datetime.datetime(2027, 3, 28, 11, 30, tzinfo=datetime.UTC)
    assert (str(meeting.series), meeting.state) == ("Ontmoetingen", MeetingState.DRAFT)
    shown = client.get(address("meeting-edit", meeting)).content.decode()
    assert 'value="13:30"' in shown
    assert 'value="2027-03-28"' in shown


def test_a_meeting_may_last_several_days(coalition, coordinator, log_in):
    url = reverse("actions:meeting-add", args=[coalition.slug])
    client = log_in(coordinator)
    wrong = client.post(url, {**DETAILS, "last_day": "2027-03-27"})
    assert "De laatste dag ligt voor de eerste dag." in wrong.content.decode()
    client.post(url, {**DETAILS, "last_day": "2027-03-29", "ends": "12:00"})
    meeting = Meeting.objects.get()
    assert meeting.ends_at == datetime.datetime(2027, 3, 29, 10, 0, tzinfo=datetime.UTC)
    shown = client.get(meeting.get_absolute_url()).content.decode()
    assert "zo 28 maart 2027, 13.30 tot ma 29 maart 2027, 12.00 uur" in shown
    assert 'value="2027-03-29"' in client.get(address("meeting-edit", meeting)).content.decode()


def test_a_lead_plans_for_a_group_of_her_own_only(coalition, partner, log_in):
    group = factories.make_group(coalition, partner)
    other = factories.make_group(coalition, factories.make_person())
    client = log_in(partner)
    url = reverse("actions:meeting-add", args=[coalition.slug])
    for chosen in ("", other.pk):
        assert client.post(url, {**DETAILS, "group": chosen}).status_code == 422
    assert client.post(url, {**DETAILS, "group": group.pk}).status_code == 302
    assert Meeting.objects.get().group == group


def test_a_draft_does_not_exist_for_others_and_another_meeting_is_not_theirs_to_plan(
    coalition, coordinator, meeting, partner, outsider, log_in
):
    draft = factories.make_meeting(coalition, coordinator)
    factories.make_group(coalition, partner)
    assert log_in(partner).get(address("meeting-detail", draft)).status_code == 404
    assert log_in(partner).get(address("meeting-edit", meeting)).status_code == 403
    assert log_in(outsider).get(address("meeting-detail", meeting)).status_code == 404


def test_people_are_chosen_counted_and_then_invited(coalition, meeting, coordinator, partner, log_in):
    client = log_in(coordinator)
    url = address("meeting-invite", meeting)
    shown = client.get(url, {"everybody": "on"}).content.decode()
    assert "2 personen passen bij je keuze" in shown
    assert not meeting.invitations.exists()
    client.post(url, {"everybody": "on", "domains": ["social"]})
    assert [one.person for one in meeting.invitations.all()] == [partner]
    client.post(address("invitation-withdraw", meeting, meeting.invitations.get().pk))
    assert not meeting.invitations.exists()


def test_people_are_chosen_by_municipality(coalition, meeting, coordinator, partner, alderman, log_in):
    client = log_in(coordinator)
    url = address("meeting-invite", meeting)
    chosen = {"everybody": "on", "municipalities": ["GM0889"]}
    shown = client.get(url, chosen).text
    assert "1 persoon past bij je keuze" in shown
    assert '<input type="hidden" name="municipalities" value="GM0889">' in shown
    client.post(url, chosen)
    assert [one.person for one in meeting.invitations.all()] == [alderman]


def test_somebody_answers_when_logged_in_or_registers_herself(meeting, partner, log_in):
    client = log_in(partner)
    assert client.post(address("meeting-answer", meeting), {"response": "yes"}).status_code == 404
    client.post(address("meeting-register", meeting))
    assert meeting.invitations.get().response == Response.YES
    wrong = client.post(address("meeting-answer", meeting), {"response": "no", "deputy": "Kim"})
    assert wrong.status_code == 422
    client.post(address("meeting-answer", meeting), {"response": "no"})
    assert meeting.invitations.get().response == Response.NO


def test_the_link_in_the_mail_answers_without_a_log_in_and_lets_in_nowhere_else(meeting, partner, client):
    invitation = MeetingInvitation.objects.create(meeting=meeting, person=partner)
    url = reverse("actions:meeting-link", args=[meeting_mails.token_for(invitation)])
    page = client.get(url)
    assert page.status_code == 200
    invitation.refresh_from_db()
    assert invitation.response == Response.NONE
    client.post(url, {"response": "yes", "deputy": "Kim"})
    invitation.refresh_from_db()
    assert (invitation.response, invitation.deputy) == (Response.YES, "Kim")
    assert client.get(meeting.get_absolute_url()).status_code == 302
    assert client.get(f"{url}agenda.ics")["Content-Type"].startswith("text/calendar")
    assert client.get(reverse("actions:meeting-link", args=["verzonnen"])).status_code == 404
    Meeting.objects.update(ends_at=timezone.now(), starts_at=timezone.now() - datetime.timedelta(hours=2))
    late = client.post(url, {"response": "no"})
    assert late.status_code == 422
    assert "Antwoorden kan niet meer" in late.content.decode()


def test_presence_suggests_who_said_to_come_and_keeps_what_was_ticked(held, coordinator, partner, log_in):
    MeetingInvitation.objects.create(
        meeting=held, person=partner, response=Response.YES, answered_at=timezone.now()
    )
    client = log_in(coordinator)
    url = address("attendance-record", held)
    shown = client.get(url).content.decode()
    assert "wie zei te komen" in shown
    client.post(url, {"present": [partner.pk, coordinator.pk]})
    client.post(address("guest-add", held), {"name": "Gast", "organisation": "", "level": ""})
    assert Attendance.objects.filter(meeting=held).count() == 3
    assert "3 aanwezig" in client.get(held.get_absolute_url()).content.decode()


def test_notes_are_entered_one_after_the_other_at_the_same_table(held, coordinator, log_in):
    question = table_notes.add_question(meeting=held, text="Wat loopt vast?", by=coordinator)
    client = log_in(coordinator)
    url = address("table-note-add", held)
    written = {"question": question.pk, "table_number": 4, "text": "Bellen"}
    response = client.post(url, written, follow=True)
    form = response.context["form"]
    assert (form["question"].value(), form["table_number"].value()) == (str(question.pk), "4")
    assert client.post(url, {**written, "text": ""}).status_code == 422
    note = TableNote.objects.get()
    client.post(address("table-note-edit", held, note.pk), {"text": "Mailen"})
    note.refresh_from_db()
    assert note.text == "Mailen"
    client.post(address("table-note-remove", held, note.pk))
    assert not TableNote.objects.exists()


def test_minutes_are_seen_by_all_once_they_are_fixed(held, coordinator, partner, log_in):
    log_in(coordinator).post(address("minutes-edit", held), {"text": "Er is gesproken."})
    assert "Er is gesproken" not in log_in(partner).get(held.get_absolute_url()).content.decode()
    log_in(coordinator).post(address("minutes-fix", held))
    assert "Er is gesproken" in log_in(partner).get(held.get_absolute_url()).content.decode()


def test_a_decision_is_done_by_its_owner_and_by_nobody_else(held, coordinator, partner, alderman, log_in):
    client = log_in(coordinator)
    client.post(address("decision-add", held), {"text": "Bellen", "owner": partner.pk, "due": "2027-01-05"})
    decision = held.decisions.get()
    url = address("decision-finish", held, decision.pk)
    assert log_in(alderman).post(url).status_code == 403
    log_in(partner).post(url)
    decision.refresh_from_db()
    assert decision.done_on == factories.today()


def test_the_list_filters_sorts_and_goes_out_as_shown(coalition, coordinator, meeting, held, log_in):
    client = log_in(coordinator)
    url = reverse("actions:meeting-list", args=[coalition.slug])
    shown = client.get(url, {"wanneer": "komend", "sorteer": "titel"}).content.decode()
    assert meeting.title in shown
    assert held.title not in shown
    table = client.get(reverse("actions:meeting-csv", args=[coalition.slug]), {"wanneer": "geweest"})
    assert len(table.content.decode().strip().splitlines()) == 2
    assert held.title in table.content.decode()


def test_a_page_of_a_meeting_costs_the_same_however_many_come(meeting, coordinator, log_in, cost_of):
    client = log_in(coordinator)
    few = cost_of(client, meeting.get_absolute_url())
    for _ in range(8):
        MeetingInvitation.objects.create(meeting=meeting, person=factories.make_person())
    assert cost_of(client, meeting.get_absolute_url()) == few <= 12


def test_only_a_public_meeting_stands_on_the_public_profile(coalition, coordinator, meeting, client):
    public = factories.make_meeting(coalition, coordinator, state=MeetingState.INVITED, is_public=True)
    shown = client.get(coalition.get_absolute_url()).content.decode()
    assert public.title in shown
    assert meeting.title not in shown


def test_parents_are_counted_and_a_mistake_is_taken_away(coalition, coordinator, partner, log_in):
    client = log_in(coordinator)
    url = reverse("actions:consultation-add", args=[coalition.slug])
    assert client.post(url, {"on": "2030-01-01", "count": 9, "themes": "kraamzorg"}).status_code == 422
    client.post(url, {"on": "2025-01-01", "count": 9, "themes": "kraamzorg"})
    shown = log_in(partner).get(reverse("actions:consultation-list", args=[coalition.slug]))
    assert "kraamzorg" in shown.content.decode()
    consultation = coalition.consultations.get()
    log_in(coordinator).post(reverse("actions:consultation-remove", args=[coalition.slug, consultation.pk]))
    assert not coalition.consultations.exists()


def test_an_address_for_ones_own_calendar_is_shown_once(partner, log_in):
    client = log_in(partner)
    page = client.post(reverse("actions:calendar-renew"), follow=True).content.decode()
    assert "/agenda/" in page
    assert ".ics" in page
    assert ".ics" not in client.get(reverse("actions:my-calendar")).content.decode()
