"""How somebody proves who she is at the act itself: a passkey, a code from an app, or a code by mail.

The checkers of allauth are internal to it, so they are called here and nowhere else. Its own
reauthentication would not do: it lets through who has neither password nor second factor, takes a
mere password from who has an app, and knows nothing of what is being signed.
"""

import hashlib
import json
import secrets
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import get_credentials, get_server
from django.core.exceptions import ValidationError
from django.utils import timezone
from fido2.utils import websafe_encode
from fido2.webauthn import UserVerificationRequirement

from covenants.models import Challenge, Method
from partners.models import Person

CODE_DIGITS = 6


def methods_of(person: Person) -> list[Method]:
    """What `person` can prove herself with, the strongest first; a code by mail goes only to who has
    nothing better."""
    types = set(Authenticator.objects.filter(user_id=person.pk).values_list("type", flat=True))
    found = []
    if Authenticator.Type.WEBAUTHN in types:
        found.append(Method.PASSKEY)
    if Authenticator.Type.TOTP in types:
        found.append(Method.TOTP)
    if person.email:
        found.append(Method.MAIL)
    return found


def new_code() -> str:
    """A code for in a mail."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def code_hash(*, random: str, code: str) -> str:
    """What is kept of a code by mail; the secret of the challenge keeps a table from helping."""
    return hashlib.sha256(f"{random}:{code}".encode()).hexdigest()


def bound_bytes(challenge: Challenge) -> bytes:
    """What a passkey signs: this person, this act, this text, and a number used once."""
    facts = [
        challenge.purpose,
        challenge.version_id,
        challenge.organisation_id,
        challenge.person_id,
        challenge.doc_sha256,
        challenge.consent_id,
        challenge.random,
    ]
    return hashlib.sha256(json.dumps(facts).encode()).digest()


def passkey_options(challenge: Challenge) -> dict[str, Any]:
    """What the browser hands to the passkey."""
    options, _state = get_server().authenticate_begin(
        credentials=get_credentials(challenge.person),
        user_verification=UserVerificationRequirement.PREFERRED,
        challenge=bound_bytes(challenge),
    )
    return dict(options)


def is_right(challenge: Challenge, answer: str) -> bool:
    """Whether `answer` proves that it is the person of the challenge."""
    match challenge.method:
        case Method.MAIL:
            given = code_hash(random=challenge.random, code="".join(answer.split()))
            return secrets.compare_digest(given, challenge.code_hash)
        case Method.TOTP:
            app = Authenticator.objects.filter(
                user_id=challenge.person_id, type=Authenticator.Type.TOTP
            ).first()
            return app is not None and TOTP(app).validate_code("".join(answer.split()))
        case Method.PASSKEY:
            return _passkey_is_right(challenge, answer)
    return False


def _passkey_is_right(challenge: Challenge, answer: str) -> bool:
    state = {
        "challenge": websafe_encode(bound_bytes(challenge)),
        "user_verification": UserVerificationRequirement.PREFERRED,
    }
    credentials = get_credentials(challenge.person)
    try:
        used = get_server().authenticate_complete(state, credentials, json.loads(answer))
    except (ValueError, TypeError, KeyError, ValidationError):
        return False
    for row in Authenticator.objects.filter(user_id=challenge.person_id, type=Authenticator.Type.WEBAUTHN):
        if row.wrap().authenticator_data.credential_data.credential_id == used.credential_id:
            row.last_used_at = timezone.now()
            row.save(update_fields=["last_used_at"])
            return True
    return False
