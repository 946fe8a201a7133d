"""Addresses of what the coalition does."""

from django.urls import URLPattern, path

from actions.budget_urls import budget_patterns
from actions.programme_urls import programme_patterns
from actions.views import (
    adoption,
    announcement,
    attendance_import,
    consultation,
    intervention,
    meeting_attendance,
    meeting_detail,
    meeting_edit,
    meeting_invite,
    meeting_link,
    meeting_list,
    meeting_minutes,
    meeting_programme,
    my_calendar,
    outcome,
    practice_detail,
    practice_edit,
    practice_list,
    table_note,
    tool,
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
    path(f"{MEETING}doorschuiven/", meeting_programme.agenda_carry, name="agenda-carry"),
    path(f"{MEETING}spreker/", meeting_programme.speaker_add, name="speaker-add"),
    path(
        f"{MEETING}spreker/<int:speaker_pk>/verwijderen/",
        meeting_programme.speaker_remove,
        name="speaker-remove",
    ),
    path(f"{MEETING}aanwezig/", meeting_attendance.attendance_record, name="attendance-record"),
    path(f"{MEETING}aanwezig/importeren/", attendance_import.attendance_import, name="attendance-import"),
    path(f"{MEETING}aanwezig.csv", attendance_import.attendance_csv, name="attendance-csv"),
    path(f"{MEETING}aanwezig.xlsx", attendance_import.attendance_xlsx, name="attendance-xlsx"),
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
    path(f"{MEETING}opbrengst/", outcome.outcome_list, name="outcome-list"),
    path(
        f"{MEETING}opbrengst/<int:note_pk>/wordt/<str:word>/",
        outcome.outcome_at_once,
        name="outcome-at-once",
    ),
    path(f"{MEETING}opbrengst/<int:note_pk>/<str:word>/", outcome.outcome_add, name="outcome-add"),
    path(f"{MEETING}opbrengst/los/<int:outcome_pk>/maken/", outcome.outcome_detach, name="outcome-detach"),
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

GEMS = "coalities/<slug:slug>/parels/"

practice_patterns: list[URLPattern] = [
    path("parels/", practice_list.practice_list, name="practice-list"),
    path("parels/<slug:practice_slug>/", practice_detail.practice_detail, name="practice-detail"),
    path("parels/<slug:practice_slug>/kit/<int:pk>/", practice_detail.kit_download, name="kit-download"),
    path(GEMS, practice_list.coalition_practice_list, name="coalition-practice-list"),
    path(f"{GEMS}afbakken.csv", practice_list.adoption_csv, name="adoption-csv"),
    path(f"{GEMS}nieuw/", practice_edit.practice_add, name="practice-add"),
    path(f"{GEMS}<int:pk>/bewerken/", practice_edit.practice_edit, name="practice-edit"),
    path(f"{GEMS}<int:pk>/kit/", practice_edit.kit_item_add, name="kit-item-add"),
    path(
        f"{GEMS}<int:pk>/kit/<int:item_pk>/verwijderen/",
        practice_edit.kit_item_remove,
        name="kit-item-remove",
    ),
    path(f"{GEMS}<int:pk>/stap/<str:step>/", practice_edit.practice_step, name="practice-step"),
    path(f"{GEMS}afbakken/<slug:practice_slug>/", adoption.adoption_add, name="adoption-add"),
    path(f"{GEMS}afgebakken/<int:pk>/", adoption.adoption_detail, name="adoption-detail"),
    path(f"{GEMS}afgebakken/<int:pk>/bewerken/", adoption.adoption_edit, name="adoption-edit"),
    path(f"{GEMS}afgebakken/<int:pk>/stap/<str:step>/", adoption.adoption_step, name="adoption-step"),
    path("interventies/", intervention.intervention_list, name="intervention-list"),
    path(
        "interventies/<slug:intervention_slug>/",
        intervention.intervention_detail,
        name="intervention-detail",
    ),
    path(
        "coalities/<slug:slug>/interventies/<slug:intervention_slug>/",
        intervention.offer_set,
        name="offer-set",
    ),
    path("gereedschap/", tool.tool_list, name="tool-list"),
    path("coalities/<slug:slug>/gereedschap/nieuw/", tool.tool_add, name="tool-add"),
    path("coalities/<slug:slug>/gereedschap/<int:pk>/verwijderen/", tool.tool_remove, name="tool-remove"),
    path("coalities/<slug:slug>/gereedschap/<int:pk>/gebruik/", tool.tool_use, name="tool-use"),
]

MESSAGES = "coalities/<slug:slug>/berichten/"

announcement_patterns: list[URLPattern] = [
    path(MESSAGES, announcement.announcement_list, name="announcement-list"),
    path(f"{MESSAGES}nieuw/", announcement.announcement_add, name="announcement-add"),
    path(f"{MESSAGES}<int:pk>/", announcement.announcement_detail, name="announcement-detail"),
    path(f"{MESSAGES}<int:pk>/bewerken/", announcement.announcement_edit, name="announcement-edit"),
    path(f"{MESSAGES}<int:pk>/proef/", announcement.announcement_try_out, name="announcement-try-out"),
    path(f"{MESSAGES}<int:pk>/versturen/", announcement.announcement_send, name="announcement-send"),
    path(
        f"{MESSAGES}<int:pk>/voortgang/",
        announcement.announcement_progress,
        name="announcement-progress",
    ),
    path(f"{MESSAGES}<int:pk>/weg/", announcement.announcement_throw_away, name="announcement-throw-away"),
]

urlpatterns: list[URLPattern] = [
    *programme_patterns,
    *meeting_patterns,
    *practice_patterns,
    *budget_patterns,
    *announcement_patterns,
]
