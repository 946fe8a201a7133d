"""Roles that see much ask for a second factor at log-in."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from coalitions.access import needs_second_factor, suspend_roles

# Pages on which somebody sets up a second factor, proves who she is, or leaves.
OPEN_PREFIXES = ("mfa_", "account_")
# Recovery codes alone are no second factor: they stand in for a lost one.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondFactorMiddleware:
    """Sends who must have a second factor, and has none, to the page that sets one up.

    Until then public pages show her what everybody sees, and no more.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not settings.PORTAL_REQUIRES_SECOND_FACTOR or not request.user.is_authenticated:
            return None
        if not needs_second_factor(request.user) or is_mfa_enabled(request.user, FACTORS):
            return None
        suspend_roles(request.user)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not getattr(view, "login_required", True) or name.startswith(OPEN_PREFIXES):
            return None
        messages.info(
            request,
            "Voor je rol is een tweede stap bij het inloggen nodig. Stel die hier eerst in.",
        )
        return redirect("mfa_index")
