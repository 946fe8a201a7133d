from django.urls import URLPattern, path

from monitoring.views import board, indicator_detail, indicator_export, indicator_list

app_name = "monitoring"

urlpatterns: list[URLPattern] = [
    path("coalities/<slug:slug>/bestuur/", board.board, name="board"),
    path("indicatoren/", indicator_list.indicator_list, name="indicator-list"),
    path("indicatoren/<slug:code>.csv", indicator_export.indicator_csv, name="indicator-csv"),
    path("indicatoren/<slug:code>.json", indicator_export.indicator_json, name="indicator-json"),
    path("indicatoren/<slug:code>.xlsx", indicator_export.indicator_xlsx, name="indicator-xlsx"),
    path("indicatoren/<slug:code>/", indicator_detail.indicator_detail, name="indicator-detail"),
]
