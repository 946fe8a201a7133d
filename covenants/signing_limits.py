"""Guessing of links is stopped for each network address."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from covenants.signing_invitations import Unknown, Unusable


def refuse_guessing(request: HttpRequest, refusal: Unusable) -> HttpResponse | None:
    """429 for who tries many links that do not exist; None for everybody else."""
    if not isinstance(refusal, Unknown):
        return None
    is_calm = ratelimit.consume(request, app="allauth.account", action="signing_link", limit_get=True)
    return None if is_calm else render(request, "429.html", status=429)
