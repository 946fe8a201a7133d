"""The portal's addresses and two references: a page with nothing on it, and an answer without a page."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from coalitions.access import Permission, requires
from coalitions.models import Coalition
from config.urls import urlpatterns as portal_urls

EMPTY = """
{% extends "base.html" %}{% load coalitions %}
{% block title %}Leeg{% endblock %}
{% block coalition_menu %}{% coalition_menu coalition %}{% endblock %}
"""


@requires(Permission.MEMBERS_READ)
def empty(request: HttpRequest, coalition: Coalition) -> HttpResponse:
    """What every page of a coalition has around it: the guard, the menus, the footer."""
    return HttpResponse(_template().render({"coalition": coalition}, request))


@cache
def _template() -> Any:
    """Compiled once, as the loader does with templates in files."""
    return engines["django"].from_string(EMPTY)


def bare(request: HttpRequest) -> HttpResponse:
    """The middleware, the session and the person, and no template."""
    return HttpResponse(f"<!doctype html><title>Leeg</title>{request.user.pk}")


urlpatterns = [*portal_urls, path("leeg/", bare), path("leeg/<slug:slug>/", empty)]
