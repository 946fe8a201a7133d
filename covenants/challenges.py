"""Somebody who is about to sign or to withdraw is asked to prove who she is, about that act alone."""

import datetime
import secrets
import unicodedata
import uuid
from http import HTTPStatus

from django.utils import timezone

from covenants import authority, consent, proofs
from covenants.models import Challenge, ChallengePurpose, CovenantVersion, Method
from covenants.models.acts import MAX_TRIES
from partners.models import Mandate, Person
from portal import outbox
from portal.acts import act

LASTS = datetime.timedelta(minutes=5)
# Somebody who guesses is stopped; somebody who mistypes is not.
MAX_PER_HOUR = 12


class WrongName(authority.SigningRefused):
    status = HTTPStatus.OK

    def __init__(self, person: Person) -> None:
        super().__init__(f"Typ uw volledige naam, zoals u in het portaal staat: {person.name}.")


class UnknownMethod(authority.SigningRefused):
    status = HTTPStatus.OK

    def __init__(self) -> None:
        super().__init__("Kies hoe u bewijst dat u het bent.")


class TooMany(authority.SigningRefused):
    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self) -> None:
        super().__init__("U hebt te vaak een code gevraagd. Wacht een uur, of bel uw coördinator.")


class Wrong(authority.SigningRefused):
    """The same words for a wrong code and for a question that never was."""

    status = HTTPStatus.BAD_REQUEST

    def __init__(self) -> None:
        super().__init__("Deze code klopt niet of werkt niet meer.")


class Exhausted(Wrong):
    """Five wrong answers to one question."""

    status = HTTPStatus.TOO_MANY_REQUESTS


def ask(
    *,
    version: CovenantVersion,
    mandate: Mandate,
    method: str,
    typed_name: str,
    by: Person,
    purpose: ChallengePurpose = ChallengePurpose.SIGN,
    reason: str = "",
) -> Challenge:
    """A fresh question for `by`, who ticked and typed what the page asked; a code goes out by mail."""
    if _tidy(typed_name) != _tidy(by.name):
        raise WrongName(by)
    if method not in proofs.methods_of(by):
        raise UnknownMethod
    with act(by=by):
        # The row of the person, so that of many at once only so many are counted and made.
        Person.objects.select_for_update(no_key=True).get(pk=by.pk)
        hour_ago = timezone.now() - datetime.timedelta(hours=1)
        if Challenge.objects.filter(person=by, asked_at__gt=hour_ago).count() >= MAX_PER_HOUR:
            raise TooMany
        random, code = secrets.token_hex(32), proofs.new_code()
        challenge = Challenge(
            purpose=purpose,
            version=version,
            organisation=mandate.representative.organisation,
            person=by,
            mandate=mandate,
            doc_sha256=version.sha256 or "",
            consent_id=consent.CURRENT,
            typed_name=typed_name.strip(),
            reason=reason.strip(),
            method=method,
            random=random,
            code_hash=proofs.code_hash(random=random, code=code) if method == Method.MAIL else "",
            expires_at=timezone.now() + LASTS,
        )
        challenge.full_clean(exclude=["asked_at", "used_at"])
        challenge.save(force_insert=True)
        if method == Method.MAIL:
            outbox.post(
                purpose="signing_code",
                reference=f"challenge:{challenge.pk}",
                recipient=by.email or "",
                context={"challenge": challenge, "code": code, "covenant": version.covenant},
                holds_secret=True,
                urgent=True,
            )
    return challenge


def lock(pk: uuid.UUID, *, by: Person, purpose: ChallengePurpose) -> Challenge:
    """The question, held until the transaction ends; refuses one that is over or of somebody else."""
    challenge = (
        Challenge.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person", "organisation", "mandate", "version")
        .filter(pk=pk, person=by, purpose=purpose)
        .first()
    )
    if challenge is None or challenge.used_at or challenge.expires_at <= timezone.now():
        raise Wrong
    if challenge.tries >= MAX_TRIES:
        raise Exhausted
    return challenge


def is_answered(challenge: Challenge, answer: str) -> bool:
    """Use the locked question up with a right answer, or count a wrong one.

    The caller must let the transaction end well either way, and refuse with `refusal_of` after it:
    a rolled-back count would let guessing go on for ever.
    """
    if proofs.is_right(challenge, answer):
        challenge.used_at = timezone.now()
        challenge.save(update_fields=["used_at"])
        return True
    challenge.tries += 1
    challenge.save(update_fields=["tries"])
    return False


def refusal_of(challenge: Challenge) -> authority.SigningRefused:
    """What to say after a wrong answer."""
    return Exhausted() if challenge.tries >= MAX_TRIES else Wrong()


def _tidy(name: str) -> str:
    """A name as people compare it: without capitals, accents and double spaces."""
    plain = unicodedata.normalize("NFKD", name.removesuffix(" (demo)"))
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).casefold().split())
