from django.urls import URLPattern, path

from covenants.views import verification

app_name = "covenants"

urlpatterns: list[URLPattern] = [
    path("verificatie/", verification.verification, name="verification"),
]
