from django.urls import path

from coalitions.views import (
    coalition_detail,
    coalition_list,
    home,
    member_list,
    municipality_detail,
    municipality_list,
    my_page,
    organisation_detail,
    platform,
    platform_coalition_add,
    platform_coalition_edit,
    platform_coordinator_invite,
    platform_region_list,
    platform_type_list,
    retry_jobs,
    workplace,
)

app_name = "coalitions"

urlpatterns = [
    path("", home.home, name="home"),
    path("coalities/", coalition_list.coalition_list, name="coalition-list"),
    path("coalities/<slug:slug>/", coalition_detail.coalition_detail, name="coalition-detail"),
    path("coalities/<slug:slug>/beheer/", workplace.workplace, name="workplace"),
    path("coalities/<slug:slug>/leden/", member_list.member_list, name="member-list"),
    path(
        "coalities/<slug:slug>/leden/mailadressen/",
        member_list.member_addresses,
        name="member-addresses",
    ),
    path("coalities/<slug:slug>/leden.csv", member_list.member_csv, name="member-csv"),
    path("coalities/<slug:slug>/leden.xlsx", member_list.member_xlsx, name="member-xlsx"),
    path("gemeenten/", municipality_list.municipality_list, name="municipality-list"),
    path("gemeenten/zoek/", municipality_list.municipality_search, name="municipality-search"),
    path("gemeenten/<str:code>/", municipality_detail.municipality_detail, name="municipality-detail"),
    path("mijn/", my_page.my_page, name="my-page"),
    path(
        "organisaties/<int:pk>/",
        organisation_detail.organisation_detail,
        name="organisation-detail",
    ),
    path("platform/opnieuw/<str:label>/", retry_jobs.retry_jobs, name="retry-jobs"),
    path("platform/", platform.platform, name="platform"),
    path(
        "platform/coalities/nieuw/",
        platform_coalition_add.platform_coalition_add,
        name="platform-coalition-add",
    ),
    path(
        "platform/coalities/<slug:coalition_slug>/",
        platform_coalition_edit.platform_coalition_edit,
        name="platform-coalition-edit",
    ),
    path(
        "platform/coalities/<slug:coalition_slug>/coordinator/",
        platform_coordinator_invite.platform_coordinator_invite,
        name="platform-coordinator-invite",
    ),
    path(
        "platform/coalities/<slug:coalition_slug>/gebied/",
        platform_coalition_edit.platform_coalition_area,
        name="platform-coalition-area",
    ),
    path("platform/regios/", platform_region_list.platform_region_list, name="platform-region-list"),
    path(
        "platform/regios/<slug:code>/",
        platform_region_list.platform_region_edit,
        name="platform-region-edit",
    ),
    path("platform/soorten/", platform_type_list.platform_type_list, name="platform-type-list"),
    path("platform/soorten/nieuw/", platform_type_list.platform_type_add, name="platform-type-add"),
    path(
        "platform/soorten/<slug:code>/",
        platform_type_list.platform_type_edit,
        name="platform-type-edit",
    ),
]
