"""An open round with people who may sign, for the tests of signing."""

import datetime
import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from coalitions.models import Coalition
from covenants import challenges, rounds, signatures
from covenants.models import (
    Challenge,
    CovenantVersion,
    Method,
    Party,
    PartySignature,
    Round,
    SealJob,
    VersionState,
)
from covenants.signatures import Signed
from partners.models import Mandate, Organisation, Person
from portal import jobs
from portal.models import Mail
from tests import factories

CODE = re.compile(r"^\s*(\d{6})\s*$", re.MULTILINE)
TOKEN = re.compile(r"/ondertekenen/([\w-]{43})/")


@dataclass
class Signatory:
    """Somebody who may sign for an organisation."""

    person: Person
    organisation: Organisation
    mandate: Mandate


def make_signatory(
    coalition: Coalition,
    checked_by: Person,
    *,
    organisation: Organisation | None = None,
    name: str = "",
    email: str | None = "",
    logs_in: bool = True,
    **terms: Any,
) -> Signatory:
    """A member with somebody whose mandate was checked."""
    if organisation is None:
        organisation = factories.make_organisation()
        factories.make_member(coalition, organisation)
    person = factories.make_person(name, email=email, logs_in=logs_in)
    representative = factories.make_representative(person, organisation, function="bestuurder")
    mandate = factories.give_mandate(representative, checked_by=checked_by, **terms)
    return Signatory(person, organisation, mandate)


def make_round(coalition: Coalition, by: Person, *, invites: bool = False, days: int = 30) -> Round:
    """A fixed text that can be signed now."""
    version = factories.freeze(factories.make_draft(coalition))
    return open_round(version, by, invites=invites, days=days)


def make_sealed_version(coalition: Coalition, by: Person) -> CovenantVersion:
    """A text that was frozen by its seal, and is open to sign."""
    version = factories.confirm_text(factories.make_draft(coalition), by, factories.make_person())
    jobs.work_due(SealJob)
    version.refresh_from_db()
    return open_round(version, by).version


def open_round(version: CovenantVersion, by: Person, *, invites: bool = False, days: int = 30) -> Round:
    return rounds.open_round(
        version=version,
        closes_at=timezone.now() + datetime.timedelta(days=days),
        by=by,
        invites=invites,
    )


def ask(version: CovenantVersion, signatory: Signatory, method: str = Method.MAIL) -> Challenge:
    return challenges.ask(
        version=version,
        mandate=signatory.mandate,
        method=method,
        typed_name=signatory.person.name,
        by=signatory.person,
    )


def code_of(challenge: Challenge) -> str:
    """The code in the mail that went out for this question."""
    mail = Mail.objects.get(purpose="signing_code", reference=f"challenge:{challenge.pk}")
    found = CODE.search(mail.text)
    assert found, mail.text
    return found[1]


def answer(
    version: CovenantVersion,
    asked: Challenge,
    by: Person,
    *,
    code: str = "",
    **changes: Any,
) -> Signed:
    """Send the answer, as the page does."""
    sent: dict[str, Any] = {
        "challenge": asked.pk,
        "answer": code or code_of(asked),
        "version": version,
        "doc_sha256": asked.doc_sha256,
        "consent_id": asked.consent_id,
        "key": asked.key,
        "by": by,
        "address": "192.0.2.7",
    }
    return signatures.sign(**{**sent, **changes})


def sign(version: CovenantVersion, signatory: Signatory) -> Signed:
    """The whole act with a code by mail."""
    return answer(version, ask(version, signatory), signatory.person)


def token_for(signatory: Signatory) -> str:
    """The secret in the newest mail to somebody."""
    mail = Mail.objects.filter(purpose="signing_invitation", recipient=signatory.person.email).latest("pk")
    found = TOKEN.search(mail.text)
    assert found, mail.text
    return found[1]


def new_key() -> uuid.UUID:
    return uuid.uuid4()


def sign_on_paper(version: CovenantVersion, day: datetime.date, *names: str) -> None:
    """Signatures of organisations, as if they were registered from paper."""
    for name in names:
        organisation = factories.make_organisation(name)
        party = Party.objects.create(covenant=version.covenant, organisation=organisation)
        PartySignature.objects.create(
            version=version,
            party=party,
            organisation=organisation,
            kind="sign",
            signed_on=day,
            legal_name=name,
            is_outside=True,
        )


def supersede(version: CovenantVersion) -> None:
    """As a newer version does."""
    CovenantVersion.objects.filter(pk=version.pk).update(state=VersionState.SUPERSEDED)
