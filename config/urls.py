"""Addresses of the portal: paths are Dutch, names are English."""

from allauth.account.views import login
from django.urls import include, path

# Errors pass no middleware: Django turns them into an answer where they happen.
handler500 = "portal.views.server_error"

urlpatterns = [
    path("account/", include("allauth.urls")),
    # After allauth's own, so that this is the address that reverse() gives.
    path("inloggen/", login, name="account_login"),
    path("", include("portal.urls")),
    path("", include("partners.urls")),
    path("", include("coalitions.urls")),
    path("", include("covenants.urls")),
    path("", include("monitoring.urls")),
]
