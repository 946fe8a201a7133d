"""What every answer tells the browser."""

from typing import Any

import pytest
from django.conf import settings as portal_settings
from django.test import Client

from tests import production
from tests.factories import PASSWORD, make_person

PAGES = ["/privacy/", "/bestaat-niet/", "/inloggen/", "/gezond/"]

SHOW = """
import json
from django.test import Client
response = Client(HTTP_HOST="portaal.voorbeeld.nl").get("/privacy/", secure=True)
plain = Client(HTTP_HOST="portaal.voorbeeld.nl").get("/privacy/")
proxied = Client(HTTP_HOST="portaal.voorbeeld.nl", HTTP_X_FORWARDED_PROTO="https").get("/privacy/")
health = Client(HTTP_HOST="portaal.voorbeeld.nl").get("/gezond/")
from django.conf import settings
print(json.dumps({
    "headers": dict(response.headers), "status": response.status_code,
    "plain": [plain.status_code, plain.headers.get("Location")],
    "proxied": proxied.status_code, "health": health.status_code,
    "secure": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE],
}))
"""


def policy_of(header: str) -> dict[str, set[str]]:
    """A Content-Security-Policy by directive."""
    parts = [part.split() for part in header.split(";") if part.strip()]
    return {name: set(values) for name, *values in parts}


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_nothing_inline_runs_and_nothing_comes_from_elsewhere(client: Client, page: str) -> None:
    policy = policy_of(client.get(page)["Content-Security-Policy"])

    assert policy["default-src"] == {"'none'"}
    assert policy["script-src"] == policy["style-src"] == {"'self'"}
    assert policy["frame-ancestors"] == policy["base-uri"] == {"'none'"}
    everything = set().union(*policy.values())
    assert everything <= {"'self'", "'none'", "data:"}
    assert "data:" not in policy["script-src"]


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_the_browser_keeps_to_itself_what_the_portal_does_not_need(client: Client, page: str) -> None:
    response = client.get(page)
    features = dict(part.strip().split("=", 1) for part in response["Permissions-Policy"].split(","))

    assert features["publickey-credentials-get"] == "(self)"
    assert features["publickey-credentials-create"] == "(self)"
    assert features["camera"] == features["microphone"] == features["geolocation"] == "()"
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
def test_no_script_reads_the_session(client: Client) -> None:
    person = make_person()
    client.post("/inloggen/", {"login": person.email, "password": PASSWORD})
    session = client.cookies[portal_settings.SESSION_COOKIE_NAME]

    assert session["httponly"]
    assert session["samesite"] == "Lax"
    assert client.cookies["csrftoken"]["samesite"] == "Lax"


def test_the_demo_needs_no_tls(settings: Any) -> None:
    assert not settings.SECURE_SSL_REDIRECT
    assert settings.SECURE_HSTS_SECONDS == 0
    assert not settings.SESSION_COOKIE_SECURE


@pytest.mark.services
def test_production_speaks_tls_alone() -> None:
    import json

    shown = production.run(
        "shell",
        "--no-imports",
        "-c",
        SHOW,
        PORTAL_STATIC_STORAGE="django.contrib.staticfiles.storage.StaticFilesStorage",
        DATABASE_URL="postgresql://portal_app@/portal?host=/bestaat-niet",
        REDIS_URL="redis+socket:///bestaat-niet/valkey.sock",
    )
    assert shown.returncode == 0, shown.stderr
    found = json.loads(shown.stdout.strip().splitlines()[-1])

    assert found["status"] == 200
    assert found["headers"]["Strict-Transport-Security"] == ("max-age=31536000; includeSubDomains; preload")
    assert "upgrade-insecure-requests" in found["headers"]["Content-Security-Policy"]
    assert found["plain"] == [301, "https://portaal.voorbeeld.nl/privacy/"]
    assert found["proxied"] == 200
    assert found["health"] == 503, "without database, and without a redirect"
    assert found["secure"] == [True, True]
