"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:
    """Name of the portal and whether this is the demo."""
    return {
        "portal_name": settings.PORTAL_NAME,
        "demo_mode": settings.PORTAL_DEMO,
        "contact_email": settings.PORTAL_CONTACT_EMAIL,
    }
