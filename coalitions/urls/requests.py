"""Organisations that ask to take part."""

from django.urls import URLPattern, path

from coalitions.views import (
    join_request,
    join_request_list,
)

urlpatterns: list[URLPattern] = [
    path("coalities/<slug:slug>/aanmelden/", join_request.join_request_start, name="join-request"),
    path(
        "coalities/<slug:slug>/aanmelden/klaar/",
        join_request.join_request_done,
        name="join-request-done",
    ),
    path(
        "coalities/<slug:slug>/aanmelden/<str:step>/",
        join_request.join_request_step,
        name="join-request-step",
    ),
    path(
        "coalities/<slug:slug>/aanmelding/<str:token>/",
        join_request.join_request_own,
        name="join-request-own",
    ),
    path(
        "coalities/<slug:slug>/aanmeldingen/",
        join_request_list.join_request_list,
        name="join-request-list",
    ),
    path(
        "coalities/<slug:slug>/aanmeldingen/<int:pk>/",
        join_request_list.join_request_detail,
        name="join-request-detail",
    ),
    path(
        "coalities/<slug:slug>/aanmeldingen/<int:pk>/oppakken/",
        join_request_list.join_request_take_up,
        name="join-request-take-up",
    ),
    path(
        "coalities/<slug:slug>/aanmeldingen/<int:pk>/toelaten/",
        join_request_list.join_request_accept,
        name="join-request-accept",
    ),
    path(
        "coalities/<slug:slug>/aanmeldingen/<int:pk>/afwijzen/",
        join_request_list.join_request_reject,
        name="join-request-reject",
    ),
]
