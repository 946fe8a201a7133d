"""Signatures from outside the portal: registered by one person with the paper, confirmed by another."""

import datetime
from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from covenants import chain
from covenants.models import (
    CovenantVersion,
    EventType,
    OutsideLine,
    OutsideRegistration,
    Party,
    PartySignature,
    Round,
    SignatureKind,
)
from covenants.register import current_stints, register
from partners.models import Organisation, Person
from portal import files
from portal.acts import Refused, act


class NothingOnIt(Refused):
    def __init__(self) -> None:
        super().__init__("Kies ten minste één organisatie die op het papier staat.")


class InTheFuture(Refused):
    def __init__(self) -> None:
        super().__init__("De datum van tekenen ligt in de toekomst. Neem de datum over van het papier.")


class NotFixed(Refused):
    def __init__(self) -> None:
        super().__init__("Deze tekst staat nog niet vast. Stel haar eerst vast met twee personen.")


class SamePerson(Refused):
    def __init__(self) -> None:
        super().__init__("Iemand anders dan wie registreerde controleert en bevestigt.")


class Settled(Refused):
    def __init__(self) -> None:
        super().__init__("Deze registratie is al bevestigd of afgewezen. Er is niets veranderd.")


class AlreadyParty(Refused):
    def __init__(self, names: list[str]) -> None:
        super().__init__(
            f"Al partij van deze versie: {', '.join(names)}. Wijs deze registratie af. Staan er ook andere "
            "organisaties op het papier? Registreer die dan opnieuw."
        )


def register_paper(
    *,
    version: CovenantVersion,
    organisations: Iterable[Organisation],
    signed_on: datetime.date,
    evidence: UploadedFile,
    by: Person,
    kind: str = SignatureKind.SIGN,
    note: str = "",
) -> OutsideRegistration:
    """Write down who signed a paper, or a whole paper covenant; it waits for a second person."""
    chosen = list(organisations)
    with act(by=by):
        version = chain.lock(version)
        if version.is_draft:
            raise NotFixed
        if not chosen:
            raise NothingOnIt
        if signed_on > timezone.localdate():
            raise InTheFuture
        refuse_parties(version, {organisation.pk for organisation in chosen})
        registration = OutsideRegistration(
            version=version,
            kind=kind,
            signed_on=signed_on,
            evidence=files.store(evidence),
            note=note.strip(),
            registered_by=by,
        )
        registration.full_clean(exclude=["registered_at"])
        registration.save(force_insert=True)
        OutsideLine.objects.bulk_create(
            OutsideLine(registration=registration, organisation=one, legal_name=one.name) for one in chosen
        )
    return registration


def confirm(*, registration: OutsideRegistration, by: Person) -> list[PartySignature]:
    """A second person looked at the paper: these organisations are parties since the day on it."""
    with act(by=by):
        registration = _locked(registration)
        if by.pk == registration.registered_by_id:
            raise SamePerson
        version = chain.lock(registration.version)
        lines = list(registration.lines.select_related("organisation").order_by("pk"))
        refuse_parties(version, {line.organisation_id for line in lines})
        registration.confirmed_by, registration.confirmed_at = by, timezone.now()
        registration.save(update_fields=["confirmed_by", "confirmed_at"])
        chain.append(version, EventType.OUTSIDE, _facts(registration, len(lines)))
        round = _past_round(version, registration)
        return _write(version, registration, lines, round)


def reject(*, registration: OutsideRegistration, by: Person) -> OutsideRegistration:
    """The paper does not say this; nothing comes of the registration."""
    with act(by=by):
        registration = _locked(registration)
        registration.rejected_by, registration.rejected_at = by, timezone.now()
        registration.save(update_fields=["rejected_by", "rejected_at"])
    return registration


def _locked(registration: OutsideRegistration) -> OutsideRegistration:
    registration = (
        OutsideRegistration.objects.select_for_update(of=("self",), no_key=True)
        .select_related("version", "registered_by", "evidence")
        .get(pk=registration.pk)
    )
    if not registration.is_waiting:
        raise Settled
    return registration


def refuse_parties(version: CovenantVersion, organisations: set[int]) -> None:
    """Whether a paper of these organisations can still count, so that nobody reads it in vain."""
    names = [
        entry.name
        for entry in register(version.covenant)
        if entry.organisation.pk in organisations and entry.signed.pk == version.pk
    ]
    if names:
        raise AlreadyParty(names)


def _past_round(version: CovenantVersion, registration: OutsideRegistration) -> Round:
    """The day on the paper as a round of its own, so that later rounds count on from it."""
    day = datetime.datetime.combine(
        registration.signed_on, datetime.time(), tzinfo=timezone.get_current_timezone()
    )
    end = day + datetime.timedelta(days=1)
    return Round.objects.create(
        version=version,
        number=version.rounds.count() + 1,
        kind=registration.kind,
        opens_at=day,
        closes_at=end,
        opened_by=registration.registered_by,
        closed_at=end,
        closed_by=registration.confirmed_by,
    )


def _write(
    version: CovenantVersion, registration: OutsideRegistration, lines: list[OutsideLine], round: Round
) -> list[PartySignature]:
    """The signature of every organisation on the paper; as many queries for 1 as for 80."""
    covenant = version.covenant
    Party.objects.bulk_create(
        [Party(covenant=covenant, organisation=line.organisation) for line in lines], ignore_conflicts=True
    )
    organisations = [line.organisation_id for line in lines]
    parties = {
        party.organisation_id: party
        for party in Party.objects.filter(covenant=covenant, organisation__in=organisations)
    }
    stints = current_stints(covenant)
    signed = set(PartySignature.objects.filter(party__covenant=covenant).values_list("organisation", "stint"))
    signatures = PartySignature.objects.bulk_create(
        PartySignature(
            version=version,
            party=(party := parties[line.organisation_id]),
            organisation=line.organisation,
            stint=(stint := stints.get(line.organisation_id, 1)),
            kind=SignatureKind.RESIGN if (line.organisation_id, stint) in signed else registration.kind,
            signed_on=registration.signed_on,
            round=round,
            legal_name=line.legal_name,
            kvk=line.organisation.kvk or "",
            named_members=party.named_members,
            is_outside=True,
            outside=line,
        )
        for line in lines
    )
    chain.append_all(version, EventType.PARTY_SIGNED, [signature.facts() for signature in signatures])
    return signatures


def _facts(registration: OutsideRegistration, count: int) -> dict[str, object]:
    return {
        "registration": registration.pk,
        "organisations": count,
        "signed_on": registration.signed_on.isoformat(),
        "evidence_sha256": registration.evidence.sha256,
        "registered_by": registration.registered_by.name,
        "confirmed_by": registration.confirmed_by.name if registration.confirmed_by else "",
    }
