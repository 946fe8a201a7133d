"""The portal's addresses and one page with nothing on it, as the reference."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from config.urls import urlpatterns as portal_urls


def empty(request: HttpRequest) -> HttpResponse:
    """The frame that every page has: middleware, log-in, menu and footer, and no content."""
    return render(request, "base.html")


urlpatterns = [*portal_urls, path("leeg/", empty)]
