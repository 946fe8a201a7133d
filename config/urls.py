"""Addresses of the portal: paths are Dutch, names are English."""

from allauth.account.views import login
from django.urls import include, path

from partners.views.login_code_confirm import login_code_confirm
from partners.views.login_service import login_service_begin, login_service_return

# Errors pass no middleware: Django turns them into an answer where they happen.
handler404 = "portal.views.not_found"
handler500 = "portal.views.server_error"

urlpatterns = [
    # Before allauth's own, with the same addresses.
    path("account/login/code/confirm/", login_code_confirm, name="account_confirm_login_code"),
    path("account/oidc/<str:provider_id>/login/", login_service_begin),
    path("account/oidc/<str:provider_id>/login/callback/", login_service_return),
    path("account/", include("allauth.urls")),
    # After allauth's own, so that this is the address that reverse() gives.
    path("inloggen/", login, name="account_login"),
    path("", include("portal.urls")),
    path("", include("partners.urls")),
    path("", include("coalitions.urls")),
    path("", include("covenants.urls")),
    path("", include("actions.urls")),
    path("", include("monitoring.urls")),
]
