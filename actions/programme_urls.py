"""Addresses of the programme, its actions, bottlenecks and reports."""

from django.urls import URLPattern, path

from actions.views import (
    action_detail,
    action_edit,
    action_list,
    action_part,
    action_step,
    bottleneck_detail,
    bottleneck_edit,
    bottleneck_list,
    programme,
    theme,
)

PROGRAMME = "coalities/<slug:slug>/actieprogramma/"
ACTION = "coalities/<slug:slug>/acties/"
BOTTLENECK = "coalities/<slug:slug>/knelpunten/"

programme_patterns: list[URLPattern] = [
    path(PROGRAMME, programme.programme_detail, name="programme-detail"),
    path(f"{PROGRAMME}nieuw/", programme.programme_add, name="programme-add"),
    path(f"{PROGRAMME}acties/", action_list.action_list, name="action-list"),
    path(f"{PROGRAMME}bord/", action_list.action_board, name="action-board"),
    path(f"{PROGRAMME}tijdlijn/", action_list.action_timeline, name="action-timeline"),
    path(f"{PROGRAMME}acties.csv", action_list.action_csv, name="action-csv"),
    path(f"{PROGRAMME}acties.xlsx", action_list.action_xlsx, name="action-xlsx"),
    path(f"{PROGRAMME}<int:pk>/wijzigen/", programme.programme_edit, name="programme-edit"),
    path(f"{PROGRAMME}<int:pk>/document/", programme.programme_document, name="programme-document"),
    path(f"{PROGRAMME}<int:pk>/stap/<str:step>/", programme.programme_step, name="programme-step"),
    path(f"{PROGRAMME}<int:pk>/themas/nieuw/", theme.theme_add, name="theme-add"),
    path(f"{PROGRAMME}themas/<int:pk>/", theme.theme_detail, name="theme-detail"),
    path(f"{PROGRAMME}themas/<int:pk>/wijzigen/", theme.theme_edit, name="theme-edit"),
    path(f"{PROGRAMME}themas/<int:pk>/belang/", theme.theme_weigh, name="theme-weigh"),
    path(f"{ACTION}nieuw/", action_edit.action_add, name="action-add"),
    path(f"{ACTION}voorstellen/", action_edit.action_propose, name="action-propose"),
    path(f"{ACTION}<int:number>/", action_detail.action_detail, name="action-detail"),
    path(f"{ACTION}<int:number>/wijzigen/", action_edit.action_edit, name="action-edit"),
    path(f"{ACTION}<int:number>/verplaatsen/", action_step.action_move, name="action-move"),
    path(f"{ACTION}<int:number>/stap/<str:step>/", action_step.action_step, name="action-step"),
    path(f"{ACTION}<int:number>/herkomst/", action_part.origin_add, name="origin-add"),
    path(f"{ACTION}<int:number>/herkomst/<int:pk>/weg/", action_part.origin_remove, name="origin-remove"),
    path(f"{ACTION}<int:number>/deelnemers/", action_part.partner_add, name="partner-add"),
    path(f"{ACTION}<int:number>/deelnemers/<int:pk>/weg/", action_part.partner_remove, name="partner-remove"),
    path(f"{ACTION}<int:number>/mijlpalen/", action_part.milestone_add, name="milestone-add"),
    path(
        f"{ACTION}<int:number>/mijlpalen/<int:pk>/<str:step>/",
        action_part.milestone_step,
        name="milestone-step",
    ),
    path(BOTTLENECK, bottleneck_list.bottleneck_list, name="bottleneck-list"),
    path("coalities/<slug:slug>/knelpunten.csv", bottleneck_list.bottleneck_csv, name="bottleneck-csv"),
    path(f"{BOTTLENECK}nieuw/", bottleneck_edit.bottleneck_add, name="bottleneck-add"),
    path(f"{BOTTLENECK}<int:pk>/", bottleneck_detail.bottleneck_detail, name="bottleneck-detail"),
    path(f"{BOTTLENECK}<int:pk>/wijzigen/", bottleneck_edit.bottleneck_edit, name="bottleneck-edit"),
    path(
        f"{BOTTLENECK}<int:pk>/herkenning/",
        bottleneck_detail.bottleneck_recognise,
        name="bottleneck-recognise",
    ),
    path(f"{BOTTLENECK}<int:pk>/stap/<str:step>/", bottleneck_detail.bottleneck_step, name="bottleneck-step"),
]
