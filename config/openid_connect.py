"""Log-in services of other organisations (OpenID Connect), from the environment."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

REQUIRED = ("provider_id", "name", "client_id", "secret")


def read_services(text: str) -> list[dict[str, Any]]:
    """The services in this JSON; one that cannot work stops the start with a sentence."""
    try:
        services = json.loads(text or "[]")
    except json.JSONDecodeError as error:
        raise _wrong(f"dit is geen geldige JSON ({error})") from error
    if not isinstance(services, list):
        raise _wrong("zet er een lijst in, tussen [ en ]")
    for service in services:
        missing = [key for key in REQUIRED if not service.get(key)]
        if not origin_of(service):
            missing.append("settings.server_url")
        if missing:
            raise _wrong(f"bij {service.get('name', 'een dienst')} ontbreekt {', '.join(missing)}")
    return services


def origin_of(service: dict[str, Any]) -> str:
    """Where the pages of the service are; empty where its address is missing."""
    address = urlsplit(service.get("settings", {}).get("server_url", ""))
    return f"{address.scheme}://{address.netloc}" if address.netloc else ""


def _wrong(reason: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"OPENID_CONNECT_APPS: {reason}. Zie .env.example.")
