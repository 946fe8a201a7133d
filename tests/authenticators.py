"""The app with codes on somebody's telephone."""

import time

from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)

from partners.models import Person


def give_app(person: Person) -> str:
    """Switch on codes from an app for `person`; the secret in the app."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def totp_code(secret: str, *, step: int = 0) -> str:
    """The code that the app shows, `step` half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))
