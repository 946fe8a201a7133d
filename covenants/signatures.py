"""Somebody signs for her organisation: one transaction, under the lock of the version.

The moment that counts is the commit of this transaction; the seal comes later and only proves it.
"""

import secrets
import uuid
from dataclasses import dataclass
from http import HTTPStatus

from django.db.models.functions import Now
from django.utils import timezone
from django.utils.formats import date_format

from covenants import accessions, authority, chain, challenges, consent, parties, seals
from covenants.models import (
    AccessLog,
    Challenge,
    ChallengePurpose,
    CovenantVersion,
    EventType,
    Party,
    PartySignature,
    Round,
    SealKind,
    SignatureAct,
    SignatureKind,
    SigningInvitation,
    VersionState,
)
from covenants.register import current_stint
from covenants.statements import acts_of
from partners.models import Mandate, Organisation, Person
from portal.acts import act


class TextChanged(authority.SigningRefused):
    def __init__(self, newest: CovenantVersion | None = None) -> None:
        self.newest = newest
        super().__init__(
            "Deze tekst is niet meer de geldende. Er is niets vastgelegd. Lees en teken de geldende tekst."
        )


class RoundClosed(authority.SigningRefused):
    def __init__(self, last: Round | None) -> None:
        super().__init__(f"Er is niets vastgelegd. {why_closed(last)}")


def why_closed(last: Round | None) -> str:
    """Since or until when nobody can sign, where `last` is the newest round, and what can be done."""
    if last is None:
        return "Er is nog geen ronde om te tekenen. Uw coördinator kan een ronde openen."
    if last.opens_at > timezone.now():
        return f"U kunt tekenen vanaf {_moment(last.opens_at)}."
    return f"De ronde is gesloten op {_moment(last.open_until)}. Uw coördinator kan een nieuwe ronde openen."


class AlreadySigned(authority.SigningRefused):
    def __init__(self, signature: PartySignature, names: str) -> None:
        self.signature = signature
        moment = timezone.localtime(signature.completed_at)
        when = (
            f"om {date_format(moment, 'H.i')} uur"
            if moment.date() == timezone.localdate()
            else f"op {date_format(moment, 'j F Y')}"
        )
        super().__init__(f"{names} heeft {when} al namens {signature.legal_name} getekend.")


class YouSigned(authority.SigningRefused):
    status = HTTPStatus.CONFLICT

    def __init__(self, act: SignatureAct) -> None:
        self.act = act
        super().__init__("U hebt deze versie al getekend.")


@dataclass(frozen=True)
class Signed:
    """What a signature brought about."""

    act: SignatureAct
    # None while others of the organisation still have to sign.
    signature: PartySignature | None


def sign(
    *,
    challenge: uuid.UUID,
    answer: str,
    version: CovenantVersion,
    doc_sha256: str,
    consent_id: str,
    key: uuid.UUID,
    by: Person,
    address: str | None = None,
) -> Signed:
    """Sign for the organisation of the challenge; the same key again gives the same act again."""
    with act(by=by):
        version = chain.lock(version)
        if done := SignatureAct.objects.filter(person=by, key=key, version=version).first():
            return Signed(done, signature_with(done))
        round = _open_round(version)
        if doc_sha256 != version.sha256 or not consent.is_known(consent_id):
            raise TextChanged(newest_open(version))
        asked = challenges.lock(challenge, by=by, purpose=ChallengePurpose.SIGN)
        if (asked.version_id, asked.doc_sha256, asked.consent_id, asked.key) != (
            version.pk,
            doc_sha256,
            consent_id,
            key,
        ):
            raise challenges.Wrong
        mandate = authority.lock_mandate(asked.mandate, version, by)
        stint = current_stint(version.covenant, asked.organisation)
        _refuse_signed(version, asked.organisation, stint=stint, round=round, by=by)
        if accessions.waits_for_parties(version, round, asked.organisation_id):
            raise accessions.NotAdmitted(asked.organisation)
        parties.refuse_nameless(version, asked.organisation)
        is_proven = challenges.is_answered(asked, answer)
        if is_proven:
            return _write(version, round, asked, mandate, stint=stint, by=by, address=address)
    raise challenges.refusal_of(asked)


def signature_with(act: SignatureAct) -> PartySignature | None:
    """The signature of the organisation that this act belongs to; None while it waits for others."""
    return PartySignature.objects.filter(
        version=act.version_id, organisation=act.organisation_id, stint=act.stint, round=act.round_id
    ).first()


def newest_open(version: CovenantVersion) -> CovenantVersion | None:
    """The version of the same covenant that can be signed now, where it is another one."""
    return (
        CovenantVersion.objects.filter(covenant=version.covenant_id, state=VersionState.OPEN)
        .exclude(pk=version.pk)
        .order_by("-number")
        .first()
    )


def open_round_of(version: CovenantVersion) -> Round | None:
    """The round in which `version` can be signed now."""
    if version.state != VersionState.OPEN:
        return None
    return version.rounds.open().first()


def is_complete(needed: list[int]) -> bool:
    """Whether people who each may sign with so many are together enough: one who signs alone, or
    as many as their mandates ask for."""
    return any(need <= position for position, need in enumerate(sorted(needed), start=1))


def _open_round(version: CovenantVersion) -> Round:
    if version.state == VersionState.SUPERSEDED:
        raise TextChanged(newest_open(version))
    round = open_round_of(version)
    if round is None:
        raise RoundClosed(version.rounds.order_by("-number").first())
    return round


def _refuse_signed(
    version: CovenantVersion, organisation: Organisation, *, stint: int, round: Round, by: Person
) -> None:
    signature = PartySignature.objects.filter(version=version, organisation=organisation, stint=stint).first()
    if signature is not None:
        names = " en ".join(act.person_name for act in acts_of(signature)) or "Iemand anders"
        raise AlreadySigned(signature, names)
    own = SignatureAct.objects.filter(
        version=version, organisation=organisation, stint=stint, round=round, person=by
    ).first()
    if own is not None:
        raise YouSigned(own)


def _write(
    version: CovenantVersion,
    round: Round,
    asked: Challenge,
    mandate: Mandate,
    *,
    stint: int,
    by: Person,
    address: str | None,
) -> Signed:
    organisation = mandate.representative.organisation
    act = SignatureAct(
        version=version,
        round=round,
        organisation=organisation,
        stint=stint,
        person=by,
        mandate=mandate,
        challenge=asked,
        person_name=by.name,
        typed_name=asked.typed_name,
        function=mandate.representative.function,
        organisation_name=organisation.name,
        kvk=organisation.kvk or "",
        mandate_kind=mandate.get_kind_display(),
        needed=mandate.need,
        doc_sha256=asked.doc_sha256,
        consent_id=asked.consent_id,
        consent_text=consent.text(version, organisation, consent_id=asked.consent_id),
        auth_method=asked.method,
        key=asked.key,
    )
    act.save(force_insert=True)
    salt = secrets.token_hex(32) if address else ""
    AccessLog.objects.create(act=act, address=address, salt=salt)
    hashed = chain.address_hash(salt=salt, address=address) if address else ""
    chain.append(version, EventType.SIGNED, {**act.facts(), "address_hash": hashed})
    SigningInvitation.objects.open().filter(
        round__version=version, organisation=organisation, person=by
    ).update(used_at=Now())
    return Signed(act, _complete(version, round, act))


def _complete(version: CovenantVersion, round: Round, act: SignatureAct) -> PartySignature | None:
    """The signature of the organisation, once enough of its people signed in this round."""
    needed = SignatureAct.objects.filter(
        version=version, organisation=act.organisation_id, stint=act.stint, round=round
    ).values_list("needed", flat=True)
    if not is_complete(list(needed)):
        return None
    party, _ = Party.objects.get_or_create(covenant=version.covenant, organisation=act.organisation)
    is_party = party.signatures.filter(stint=act.stint).exists()
    signature = PartySignature(
        version=version,
        party=party,
        organisation=act.organisation,
        stint=act.stint,
        kind=SignatureKind.RESIGN if is_party else round.kind,
        signed_on=timezone.localdate(act.signed_at),
        round=round,
        legal_name=act.organisation_name,
        kvk=act.kvk,
        named_members=party.named_members,
    )
    signature.save(force_insert=True)
    chain.append(version, EventType.PARTY_SIGNED, signature.facts())
    seals.order(kind=SealKind.STATEMENT, key=signature.pk)
    return signature


def _moment(moment: object) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H.i") + " uur"  # type: ignore[arg-type]
