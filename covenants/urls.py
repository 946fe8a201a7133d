from django.urls import URLPattern

app_name = "covenants"

urlpatterns: list[URLPattern] = []
