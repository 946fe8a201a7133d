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
    workplace,
)

app_name = "coalitions"

urlpatterns = [
    path("", home.home, name="home"),
    path("coalities/", coalition_list.coalition_list, name="coalition-list"),
    path("coalities/<slug:slug>/", coalition_detail.coalition_detail, name="coalition-detail"),
    path("coalities/<slug:slug>/beheer/", workplace.workplace, name="workplace"),
    path("coalities/<slug:slug>/leden/", member_list.member_list, name="member-list"),
    path("coalities/<slug:slug>/leden.csv", member_list.member_csv, name="member-csv"),
    path("coalities/<slug:slug>/leden.xlsx", member_list.member_xlsx, name="member-xlsx"),
    path("gemeenten/", municipality_list.municipality_list, name="municipality-list"),
    path("gemeenten/zoek/", municipality_list.municipality_search, name="municipality-search"),
    path(
        "gemeenten/<str:code>/", municipality_detail.municipality_detail, name="municipality-detail"
    ),
    path("mijn/", my_page.my_page, name="my-page"),
    path(
        "organisaties/<int:pk>/",
        organisation_detail.organisation_detail,
        name="organisation-detail",
    ),
]
