"""Headers, and a calm page while the database is away."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from psycopg_pool import PoolTimeout

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponse]

# Everything that the portal does not use is off; passkeys need the two credentials features.
PERMISSIONS_POLICY = ", ".join(
    [
        "publickey-credentials-get=(self)",
        "publickey-credentials-create=(self)",
        *(f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb")),
    ]
)


class PermissionsPolicyMiddleware:
    """Adds the Permissions-Policy header."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        return response


# What Django and the pool raise when PostgreSQL cannot be reached.
OUTAGES = (OperationalError, InterfaceError, PoolTimeout)


class DatabaseOutageMiddleware:
    """Answers 503 with a page that needs no database while PostgreSQL is away."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except OUTAGES:
            logger.exception("PostgreSQL cannot be reached")
            # Without the request, so that no context processor asks who is logged in.
            page = render_to_string("503.html")
            return HttpResponse(page, status=503, headers={"Retry-After": "30"})
