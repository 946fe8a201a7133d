"""The portal's addresses and one page with nothing on it, as the reference."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as portal_urls


def empty(request: HttpRequest) -> HttpResponse:
    """The middleware, the session and the person, and no template."""
    return HttpResponse(f"<!doctype html><title>Leeg</title>{request.user.pk}")


urlpatterns = [*portal_urls, path("leeg/", empty)]
