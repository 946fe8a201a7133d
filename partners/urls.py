"""Addresses of one's own account, besides those of the log-in itself."""

from django.urls import URLPattern, path

from partners.views.invitation_accept import invitation_accept
from partners.views.mail_choice import mail_choice, unsubscribe
from partners.views.profile import profile
from partners.views.received_mail import (
    received_mail_attachment,
    received_mail_detail,
    received_mail_list,
)

app_name = "partners"

urlpatterns: list[URLPattern] = [
    path("mijn/profiel/", profile, name="profile"),
    path("mijn/voorkeuren/", mail_choice, name="mail-choice"),
    path("mijn/meldingen/", received_mail_list, name="received-mail-list"),
    path("mijn/meldingen/<int:pk>/", received_mail_detail, name="received-mail-detail"),
    path("mijn/meldingen/<int:pk>/bijlage/", received_mail_attachment, name="received-mail-attachment"),
    path("afmelden/<str:token>/", unsubscribe, name="unsubscribe"),
    path("uitnodiging/<str:token>/", invitation_accept, name="invitation-accept"),
]
