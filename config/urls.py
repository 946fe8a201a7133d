"""Addresses of the portal: paths are Dutch, names are English."""

from allauth.account.views import login
from django.urls import include, path

urlpatterns = [
    path("inloggen/", login, name="account_login"),
    path("account/", include("allauth.urls")),
    path("", include("portal.urls")),
    path("", include("partners.urls")),
    path("", include("coalitions.urls")),
    path("", include("covenants.urls")),
    path("", include("monitoring.urls")),
]
