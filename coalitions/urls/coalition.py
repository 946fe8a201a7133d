"""A coalition as a whole: what everybody sees of it, its workplace, roles and settings."""

from django.urls import URLPattern, path

from coalitions.views import (
    coalition_detail,
    coalition_list,
    data_export,
    document_list,
    home,
    log,
    municipality_detail,
    municipality_list,
    my_page,
    news_topics,
    role_list,
    settings,
    workplace,
)

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("coalities/", coalition_list.coalition_list, name="coalition-list"),
    path("coalities/<slug:slug>/", coalition_detail.coalition_detail, name="coalition-detail"),
    path("coalities/<slug:slug>/beheer/", workplace.workplace, name="workplace"),
    path("coalities/<slug:slug>/beheer/export/", data_export.data_export, name="data-export"),
    path(
        "coalities/<slug:slug>/beheer/export/maken/", data_export.data_export_order, name="data-export-order"
    ),
    path(
        "coalities/<slug:slug>/beheer/export/<int:pk>/",
        data_export.data_export_download,
        name="data-export-download",
    ),
    path("coalities/<slug:slug>/documenten/", document_list.document_list, name="document-list"),
    path("coalities/<slug:slug>/documenten/nieuw/", document_list.document_add, name="document-add"),
    path(
        "coalities/<slug:slug>/documenten/<int:pk>/",
        document_list.document_download,
        name="document-download",
    ),
    path(
        "coalities/<slug:slug>/documenten/<int:pk>/verwijderen/",
        document_list.document_remove,
        name="document-remove",
    ),
    path("coalities/<slug:slug>/rollen/", role_list.role_list, name="role-list"),
    path("coalities/<slug:slug>/rollen/nieuw/", role_list.role_add, name="role-add"),
    path("coalities/<slug:slug>/rollen/<int:pk>/", role_list.role_edit, name="role-edit"),
    path(
        "coalities/<slug:slug>/rollen/<int:pk>/overdragen/", role_list.role_hand_over, name="role-hand-over"
    ),
    path("coalities/<slug:slug>/rollen/<int:pk>/beeindigen/", role_list.role_end, name="role-end"),
    path("coalities/<slug:slug>/rollen/<int:pk>/opdracht/", role_list.role_document, name="role-document"),
    path("coalities/<slug:slug>/instellingen/", settings.settings, name="settings"),
    path("coalities/<slug:slug>/instellingen/fase/<str:phase>/", settings.phase_step, name="phase-step"),
    path("coalities/<slug:slug>/logboek/", log.log, name="log"),
    path("gemeenten/", municipality_list.municipality_list, name="municipality-list"),
    path("gemeenten/zoek/", municipality_list.municipality_search, name="municipality-search"),
    path("gemeenten/<str:code>/", municipality_detail.municipality_detail, name="municipality-detail"),
    path("mijn/", my_page.my_page, name="my-page"),
    path("mijn/voorkeuren/nieuws/", news_topics.news_topics, name="news-topics"),
]
