from django.urls import URLPattern, path

from monitoring.views import (
    board,
    delivery_list,
    indicator_detail,
    indicator_export,
    indicator_list,
    methods,
)

app_name = "monitoring"

urlpatterns: list[URLPattern] = [
    path("cijfers/", delivery_list.delivery_list, name="delivery-list"),
    path("cijfers/inlezen/", delivery_list.delivery_import, name="delivery-import"),
    path("cijfers/uitrekenen/", delivery_list.run_order, name="run-order"),
    path("cijfers/voortgang/", delivery_list.run_progress, name="run-progress"),
    path("coalities/<slug:slug>/bestuur/", board.board, name="board"),
    path("indicatoren/", indicator_list.indicator_list, name="indicator-list"),
    path("indicatoren/<slug:code>.csv", indicator_export.indicator_csv, name="indicator-csv"),
    path("indicatoren/<slug:code>.json", indicator_export.indicator_json, name="indicator-json"),
    path("indicatoren/<slug:code>.xlsx", indicator_export.indicator_xlsx, name="indicator-xlsx"),
    path("indicatoren/<slug:code>/", indicator_detail.indicator_detail, name="indicator-detail"),
    path("verantwoording/", methods.methods, name="methods"),
]
