"""Tables of members and people that come in."""

from django.urls import URLPattern, path

from coalitions.views import (
    member_import,
    member_import_detail,
)

urlpatterns: list[URLPattern] = [
    path("coalities/<slug:slug>/leden/importeren/", member_import.member_import, name="member-import"),
    path(
        "coalities/<slug:slug>/importeren/<int:pk>/",
        member_import_detail.member_import_detail,
        name="member-import-detail",
    ),
    path(
        "coalities/<slug:slug>/importeren/<int:pk>/kolommen/",
        member_import.member_import_columns,
        name="member-import-columns",
    ),
    path(
        "coalities/<slug:slug>/importeren/<int:pk>/keuzes/",
        member_import_detail.member_import_answer,
        name="member-import-answer",
    ),
    path(
        "coalities/<slug:slug>/importeren/<int:pk>/geen-bsn/",
        member_import_detail.member_import_not_bsn,
        name="member-import-not-bsn",
    ),
    path(
        "coalities/<slug:slug>/importeren/<int:pk>/opslaan/",
        member_import_detail.member_import_confirm,
        name="member-import-confirm",
    ),
    path(
        "coalities/<slug:slug>/importeren/<int:pk>/stoppen/",
        member_import_detail.member_import_cancel,
        name="member-import-cancel",
    ),
    path(
        "coalities/<slug:slug>/importeren/<int:pk>/terugdraaien/",
        member_import_detail.member_import_undo,
        name="member-import-undo",
    ),
    path(
        "coalities/<slug:slug>/importeren/<int:pk>/voortgang/",
        member_import_detail.member_import_progress,
        name="member-import-progress",
    ),
    path(
        "coalities/<slug:slug>/importeren/<int:pk>/bevindingen.xlsx",
        member_import_detail.member_import_issues,
        name="member-import-issues",
    ),
    path("coalities/<slug:slug>/leden/mensen.csv", member_import.member_people_csv, name="member-people-csv"),
    path(
        "coalities/<slug:slug>/leden/mensen.xlsx", member_import.member_people_xlsx, name="member-people-xlsx"
    ),
]
