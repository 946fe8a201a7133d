from django.urls import URLPattern, path

from monitoring.views import board

app_name = "monitoring"

urlpatterns: list[URLPattern] = [
    path("coalities/<slug:slug>/bestuur/", board.board, name="board"),
]
