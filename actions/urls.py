"""Addresses of what the coalition does."""

from django.urls import URLPattern, path

from actions.programme_urls import programme_patterns
from actions.views import (
    consultation,
    meeting_attendance,
    meeting_detail,
    meeting_edit,
    meeting_invite,
    meeting_link,
    meeting_list,
    meeting_minutes,
    meeting_programme,
    my_calendar,
    table_note,
)

app_name = "actions"

MEETINGS = "coalities/<slug:slug>/bijeenkomsten/"
MEETING = f"{MEETINGS}<int:pk>/"

meeting_patterns: list[URLPattern] = [
    path(MEETINGS, meeting_list.meeting_list, name="meeting-list"),
    path(f"{MEETINGS}bijeenkomsten.csv", meeting_list.meeting_csv, name="meeting-csv"),
    path(f"{MEETINGS}nieuw/", meeting_edit.meeting_add, name="meeting-add"),
    path(f"{MEETINGS}ouders/", consultation.consultation_list, name="consultation-list"),
    path(f"{MEETINGS}ouders/nieuw/", consultation.consultation_add, name="consultation-add"),
    path(
        f"{MEETINGS}ouders/<int:pk>/verwijderen/",
        consultation.consultation_remove,
        name="consultation-remove",
    ),
    path(MEETING, meeting_detail.meeting_detail, name="meeting-detail"),
    path(f"{MEETING}antwoord/", meeting_detail.meeting_answer, name="meeting-answer"),
    path(f"{MEETING}aanmelden/", meeting_detail.meeting_register, name="meeting-register"),
    path(f"{MEETING}agenda.ics", meeting_detail.meeting_ics, name="meeting-ics"),
    path(f"{MEETING}bewerken/", meeting_edit.meeting_edit, name="meeting-edit"),
    path(f"{MEETING}aankondigen/", meeting_edit.meeting_announce, name="meeting-announce"),
    path(f"{MEETING}afzeggen/", meeting_edit.meeting_cancel, name="meeting-cancel"),
    path(f"{MEETING}gehouden/", meeting_edit.meeting_hold, name="meeting-hold"),
    path(f"{MEETING}uitnodigen/", meeting_invite.meeting_invite, name="meeting-invite"),
    path(
        f"{MEETING}uitnodigen/<int:invitation_pk>/intrekken/",
        meeting_invite.invitation_withdraw,
        name="invitation-withdraw",
    ),
    path(f"{MEETING}agendapunt/", meeting_programme.agenda_item_add, name="agenda-item-add"),
    path(
        f"{MEETING}agendapunt/<int:item_pk>/verwijderen/",
        meeting_programme.agenda_item_remove,
        name="agenda-item-remove",
    ),
    path(
        f"{MEETING}agendapunt/<int:item_pk>/eerder/",
        meeting_programme.agenda_item_lift,
        name="agenda-item-lift",
    ),
    path(f"{MEETING}spreker/", meeting_programme.speaker_add, name="speaker-add"),
    path(
        f"{MEETING}spreker/<int:speaker_pk>/verwijderen/",
        meeting_programme.speaker_remove,
        name="speaker-remove",
    ),
    path(f"{MEETING}aanwezig/", meeting_attendance.attendance_record, name="attendance-record"),
    path(f"{MEETING}aanwezig/gast/", meeting_attendance.guest_add, name="guest-add"),
    path(f"{MEETING}vraag/", table_note.question_add, name="question-add"),
    path(
        f"{MEETING}vraag/<int:question_pk>/verwijderen/",
        table_note.question_remove,
        name="question-remove",
    ),
    path(f"{MEETING}notities/", table_note.table_note_add, name="table-note-add"),
    path(f"{MEETING}notities/<int:note_pk>/", table_note.table_note_edit, name="table-note-edit"),
    path(
        f"{MEETING}notities/<int:note_pk>/verwijderen/",
        table_note.table_note_remove,
        name="table-note-remove",
    ),
    path(f"{MEETING}verslag/", meeting_minutes.minutes_edit, name="minutes-edit"),
    path(f"{MEETING}verslag/vaststellen/", meeting_minutes.minutes_fix, name="minutes-fix"),
    path(f"{MEETING}besluit/", meeting_minutes.decision_add, name="decision-add"),
    path(
        f"{MEETING}besluit/<int:decision_pk>/gedaan/",
        meeting_minutes.decision_finish,
        name="decision-finish",
    ),
    path("bijeenkomst/<str:token>/", meeting_link.meeting_link, name="meeting-link"),
    path("bijeenkomst/<str:token>/agenda.ics", meeting_link.meeting_link_ics, name="meeting-link-ics"),
    path("mijn/agenda/", my_calendar.my_calendar, name="my-calendar"),
    path("mijn/agenda/adres/", my_calendar.calendar_renew, name="calendar-renew"),
    path("mijn/agenda/adres/stoppen/", my_calendar.calendar_stop, name="calendar-stop"),
    path("agenda/<str:token>.ics", my_calendar.calendar_feed, name="calendar-feed"),
]

urlpatterns: list[URLPattern] = [*programme_patterns, *meeting_patterns]
