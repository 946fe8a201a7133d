"""How somebody logs in with the keyboard and the mail of the demo."""

import base64
import hashlib
import hmac
import re
import struct
import time

from playwright.sync_api import Page

PASSWORD = "kansrijke-start"
ACCOUNTS = {
    "coordinator": "coordinator@demo.example",
    "partner": "partner@demo.example",
    "alderman": "wethouder@demo.example",
    "analyst": "analist@demo.example",
    "administrator": "beheer@demo.example",
}


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Fill in the form; the page is then where this person lands."""
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord", exact=True).fill(password)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url(lambda url: "/inloggen/" not in url)


def totp(secret: str, *, at: float | None = None) -> str:
    """The six digits that an authenticator app shows for `secret` (RFC 6238)."""
    counter = int((time.time() if at is None else at) // 30)
    key = base64.b32decode(secret.replace(" ", "").upper() + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", counter), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def code_in(text: str) -> str:
    """The log-in code in the text of a mail: letters and digits, as allauth makes them."""
    found = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", text, re.MULTILINE)
    assert found, text
    return found[1]
