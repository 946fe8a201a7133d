"""Whose log-in ran out while a page stood open: what she hears, and where she goes on."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme

# A part of a page that asks again and again stops at this status (https://htmx.org/docs/#polling).
STOP_ASKING = 286


class LoginAgainMiddleware(LoginRequiredMiddleware):
    """Sends who is not logged in to the page that does so, and from there back to what she looked at."""

    def process_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase | None:
        """A part of a page stays one, instead of becoming the page for log-in."""
        refused = super().process_view(request, *args, **kwargs)
        if refused is not None and request.headers.get("HX-Request"):
            return _said_in_place(request)
        return refused

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        """A button leads back to the page on which it stood: what it does is no page to go to."""
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        messages.warning(
            request, "Je was niet meer ingelogd. Er is niets opgeslagen. Log in en probeer het opnieuw."
        )
        return redirect_to_login(_page_before(request))


def _said_in_place(request: HttpRequest) -> HttpResponse:
    sentence = format_html(
        '<p role="alert">Je bent niet meer ingelogd. Wat je nu typt, wordt niet bewaard. '
        'Kopieer je tekst, <a href="{}" target="_blank" rel="noopener">log opnieuw in</a> '
        "en open deze pagina nog een keer.</p>",
        reverse("account_login"),
    )
    return HttpResponse(sentence, status=STOP_ASKING if request.method == "GET" else 200)


def _page_before(request: HttpRequest) -> str:
    """The page of ours from which this came, or where everybody lands."""
    before = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure()):
        return reverse("portal:landing")
    parts = urlsplit(before)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
