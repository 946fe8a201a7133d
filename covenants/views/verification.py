"""Checking a document of a covenant."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def verification(request: HttpRequest) -> HttpResponse:
    """What can be checked here, and whom to ask until then."""
    return render(request, "covenants/verification.html")
