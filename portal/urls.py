from django.urls import path

from portal import views

app_name = "portal"

urlpatterns = [
    path("begrippen/", views.glossary, name="glossary"),
    path("contact/", views.contact, name="contact"),
    path("demo/post/", views.demo_mail_list, name="demo-mail"),
    path("demo/post/<int:pk>/", views.demo_mail_detail, name="demo-mail-detail"),
    path("demo/post/<int:pk>/bijlage/", views.demo_mail_attachment, name="demo-mail-attachment"),
    path("gezond/", views.health, name="health"),
    path("privacy/", views.privacy, name="privacy"),
    path("start/", views.landing, name="landing"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("zoeken/", views.search, name="search"),
]
