"""Addresses of one's own account, besides those of the log-in itself."""

from django.urls import URLPattern, path

from partners.views.invitation_accept import invitation_accept
from partners.views.mail_choice import mail_choice, unsubscribe
from partners.views.profile import profile

app_name = "partners"

urlpatterns: list[URLPattern] = [
    path("mijn/profiel/", profile, name="profile"),
    path("mijn/voorkeuren/", mail_choice, name="mail-choice"),
    path("afmelden/<str:token>/", unsubscribe, name="unsubscribe"),
    path("uitnodiging/<str:token>/", invitation_accept, name="invitation-accept"),
]
