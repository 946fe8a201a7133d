from django.urls import URLPattern, path

from monitoring.views import (
    api,
    board,
    board_item,
    board_paper,
    delivery_detail,
    delivery_list,
    delivery_template,
    headline_choice,
    indicator_choice,
    indicator_detail,
    indicator_export,
    indicator_list,
    methods,
    region,
    release_detail,
    release_list,
    vsv_list,
)

app_name = "monitoring"

urlpatterns: list[URLPattern] = [
    path("cijfers/", delivery_list.delivery_list, name="delivery-list"),
    path("cijfers/leveringen/<int:pk>/", delivery_detail.delivery_detail, name="delivery-detail"),
    path("cijfers/leveringen/<int:pk>/kolommen/", delivery_detail.delivery_columns, name="delivery-columns"),
    path("cijfers/leveringen/<int:pk>/overnemen/", delivery_detail.delivery_accept, name="delivery-accept"),
    path("cijfers/leveringen/<int:pk>/stoppen/", delivery_detail.delivery_cancel, name="delivery-cancel"),
    path("cijfers/leveringen/<int:pk>/terugdraaien/", delivery_detail.delivery_undo, name="delivery-undo"),
    path(
        "cijfers/leveringen/<int:pk>/problemen.csv", delivery_detail.delivery_issues, name="delivery-issues"
    ),
    path(
        "cijfers/sjabloon/<slug:code>.csv",
        delivery_template.delivery_template_csv,
        name="delivery-template-csv",
    ),
    path(
        "cijfers/sjabloon/<slug:code>.xlsx",
        delivery_template.delivery_template_xlsx,
        name="delivery-template-xlsx",
    ),
    path("cijfers/vsv/", vsv_list.vsv_list, name="vsv-list"),
    path("cijfers/inlezen/", delivery_list.delivery_import, name="delivery-import"),
    path("cijfers/uitrekenen/", delivery_list.run_order, name="run-order"),
    path("cijfers/voortgang/", delivery_list.run_progress, name="run-progress"),
    path("cijfers/uitgaven/", release_list.release_list, name="release-list"),
    path("cijfers/uitgaven/<int:pk>/", release_detail.release_detail, name="release-detail"),
    path("cijfers/uitgaven/<int:pk>/controleren/", release_detail.release_check, name="release-check"),
    path("cijfers/uitgaven/<int:pk>/goedkeuren/", release_detail.release_approve, name="release-approve"),
    path("cijfers/uitgaven/<int:pk>/concept/", release_detail.release_send_back, name="release-send-back"),
    path("cijfers/uitgaven/<int:pk>/publiceren/", release_detail.release_publish, name="release-publish"),
    path("cijfers/uitgaven/<int:pk>/terug/", release_detail.release_roll_back, name="release-roll-back"),
    path("cijfers/intrekken/", release_list.figure_withdraw, name="figure-withdraw"),
    path("cijfers/intrekken/<int:pk>/herstellen/", release_list.figure_restore, name="figure-restore"),
    path("coalities/<slug:slug>/bestuur/", board.board, name="board"),
    path(
        "coalities/<slug:slug>/instellingen/cijfers/",
        indicator_choice.indicator_choice,
        name="indicator-choice",
    ),
    path(
        "coalities/<slug:slug>/instellingen/cijfers/kiezen/",
        indicator_choice.indicator_choice_add,
        name="indicator-choice-add",
    ),
    path(
        "coalities/<slug:slug>/instellingen/cijfers/verplaatsen/",
        indicator_choice.indicator_choice_move,
        name="indicator-choice-move",
    ),
    path(
        "coalities/<slug:slug>/instellingen/cijfers/weglaten/",
        indicator_choice.indicator_choice_remove,
        name="indicator-choice-remove",
    ),
    path(
        "coalities/<slug:slug>/bestuur/kerncijfers/", headline_choice.headline_choice, name="headline-choice"
    ),
    path("coalities/<slug:slug>/bestuur/bespreekpunten/", board_item.board_item_list, name="board-item-list"),
    path(
        "coalities/<slug:slug>/bestuur/bespreekpunten/nieuw/",
        board_item.board_item_add,
        name="board-item-add",
    ),
    path(
        "coalities/<slug:slug>/bestuur/bespreekpunten/<int:pk>/antwoord/",
        board_item.board_item_answer,
        name="board-item-answer",
    ),
    path(
        "coalities/<slug:slug>/bestuur/bespreekpunten/<int:pk>/afronden/",
        board_item.board_item_close,
        name="board-item-close",
    ),
    path("coalities/<slug:slug>/bestuur.pdf", board_paper.board_paper, name="board-pdf"),
    path("coalities/<slug:slug>/cijfers/", region.region, name="region"),
    path("coalities/<slug:slug>/cijfers/vergelijken/", region.region_compare, name="region-compare"),
    path("coalities/<slug:slug>/cijfers.<str:kind>", region.region_file, name="region-file"),
    path("indicatoren/<slug:code>/<slug:chart>.svg", indicator_export.indicator_svg, name="indicator-svg"),
    path("api/v1/indicatoren.json", api.api_indicators, name="api-indicators"),
    path("api/v1/gebieden.json", api.api_areas, name="api-areas"),
    path("api/v1/cijfers/<slug:code>.json", indicator_export.indicator_json, name="api-figures"),
    path("api/v1/openapi.json", api.api_description, name="api-description"),
    path("indicatoren/", indicator_list.indicator_list, name="indicator-list"),
    path("indicatoren/<slug:code>.csv", indicator_export.indicator_csv, name="indicator-csv"),
    path("indicatoren/<slug:code>.json", indicator_export.indicator_json, name="indicator-json"),
    path("indicatoren/<slug:code>.xlsx", indicator_export.indicator_xlsx, name="indicator-xlsx"),
    path("indicatoren/<slug:code>/", indicator_detail.indicator_detail, name="indicator-detail"),
    path("verantwoording/", methods.methods, name="methods"),
]
