"""The list of members, each membership, and who is missing."""

from django.urls import URLPattern, path

from coalitions.views import (
    bulk_invite,
    contact_list,
    gap_list,
    member_list,
    membership_add,
    membership_contribution,
    membership_detail,
    membership_leave,
    membership_step,
    pipeline,
    seat_add,
)

urlpatterns: list[URLPattern] = [
    path("coalities/<slug:slug>/beheer/leden/", pipeline.pipeline_list, name="pipeline-list"),
    path("coalities/<slug:slug>/beheer/leden.csv", pipeline.pipeline_csv, name="pipeline-csv"),
    path("coalities/<slug:slug>/beheer/leden.xlsx", pipeline.pipeline_xlsx, name="pipeline-xlsx"),
    path("coalities/<slug:slug>/beheer/leden/bord/", pipeline.pipeline_board, name="pipeline-board"),
    path(
        "coalities/<slug:slug>/beheer/leden/nieuw/",
        membership_add.membership_add,
        name="membership-add",
    ),
    path(
        "coalities/<slug:slug>/beheer/leden/nieuw/organisatie/",
        membership_add.membership_add_new,
        name="membership-add-new",
    ),
    path(
        "coalities/<slug:slug>/beheer/leden/nieuw/<int:pk>/",
        membership_add.membership_add_known,
        name="membership-add-known",
    ),
    path(
        "coalities/<slug:slug>/leden/<int:pk>/",
        membership_detail.membership_detail,
        name="membership-detail",
    ),
    path(
        "coalities/<slug:slug>/leden/<int:pk>/stap/<str:step>/",
        membership_step.membership_step,
        name="membership-step",
    ),
    path(
        "coalities/<slug:slug>/leden/<int:pk>/verplaatsen/",
        membership_step.membership_move,
        name="membership-move",
    ),
    path(
        "coalities/<slug:slug>/leden/<int:pk>/rol/",
        membership_contribution.membership_contribution,
        name="membership-contribution",
    ),
    path(
        "coalities/<slug:slug>/leden/<int:pk>/opzeggen/",
        membership_leave.membership_leave,
        name="membership-leave",
    ),
    path("coalities/<slug:slug>/leden/<int:pk>/contact/", contact_list.contact_add, name="contact-add"),
    path("coalities/<slug:slug>/contactmomenten/", contact_list.contact_list, name="contact-list"),
    path("coalities/<slug:slug>/contactmomenten.csv", contact_list.contact_csv, name="contact-csv"),
    path("coalities/<slug:slug>/contactmomenten.xlsx", contact_list.contact_xlsx, name="contact-xlsx"),
    path("coalities/<slug:slug>/contactmomenten/<int:pk>/", contact_list.contact_edit, name="contact-edit"),
    path(
        "coalities/<slug:slug>/contactmomenten/<int:pk>/gezet/",
        contact_list.contact_step,
        name="contact-step",
    ),
    path("coalities/<slug:slug>/beheer/leden/uitnodigen/", bulk_invite.bulk_invite, name="bulk-invite"),
    path("coalities/<slug:slug>/beheer/leden/uitnodigen/versturen/", bulk_invite.bulk_send, name="bulk-send"),
    path("coalities/<slug:slug>/wie-missen-we/", gap_list.gap_list, name="gap-list"),
    path("coalities/<slug:slug>/wie-missen-we/niveaus/", gap_list.gap_levels, name="gap-levels"),
    path("coalities/<slug:slug>/wie-missen-we/groei/", gap_list.growth, name="growth"),
    path(
        "coalities/<slug:slug>/wie-missen-we/gebied/wens/",
        gap_list.gap_fill_everywhere,
        name="gap-fill-everywhere",
    ),
    path("coalities/<slug:slug>/wie-missen-we/<str:code>/wens/", gap_list.gap_fill, name="gap-fill"),
    path("coalities/<slug:slug>/leden/<int:pk>/zetels/nieuw/", seat_add.seat_add, name="seat-add"),
    path("coalities/<slug:slug>/zetels/<int:pk>/beeindigen/", seat_add.seat_end, name="seat-end"),
    path("coalities/<slug:slug>/leden/", member_list.member_list, name="member-list"),
    path(
        "coalities/<slug:slug>/leden/mailadressen/",
        member_list.member_addresses,
        name="member-addresses",
    ),
    path("coalities/<slug:slug>/leden.csv", member_list.member_csv, name="member-csv"),
    path("coalities/<slug:slug>/leden.xlsx", member_list.member_xlsx, name="member-xlsx"),
]
