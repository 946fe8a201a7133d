"""The parties have a say in who joins later, where the text says so; what was decided is written down."""

from dataclasses import dataclass

from django.utils import timezone

from covenants import authority, chain
from covenants.models import (
    Accession,
    AccessionVoice,
    CovenantVersion,
    EventType,
    Round,
    SignatureKind,
)
from covenants.register import Entry, entry_of, register
from partners.models import Mandate, Organisation, Person
from portal.acts import Refused, act


class NotAdmitted(authority.SigningRefused):
    def __init__(self, organisation: Organisation) -> None:
        super().__init__(
            f"De partijen stemmen eerst in met de toetreding van {organisation}. Er is niets vastgelegd. Uw "
            "coördinator vertelt u hoe het daarmee staat."
        )


class NoSay(Refused):
    def __init__(self) -> None:
        super().__init__("In deze tekst staat niet dat de partijen instemmen met wie later toetreedt.")


class PartyAlready(Refused):
    def __init__(self, organisation: Organisation) -> None:
        super().__init__(f"{organisation} is al partij.")


class NotAParty(authority.SigningRefused):
    def __init__(self, organisation: Organisation) -> None:
        super().__init__(f"{organisation} is geen partij en heeft hierin geen stem.")


class Decided(authority.SigningRefused):
    def __init__(self) -> None:
        super().__init__("Over deze toetreding is al besloten. Er is niets veranderd.")


class NeedsBasis(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Nog niet iedere partij stemde in. Schrijf op waarom het besluit toch zo is, en waar het is "
            "genomen."
        )


@dataclass(frozen=True)
class Tally:
    """What the parties said so far."""

    agreed: int
    objected: int
    parties: int

    @property
    def is_unanimous(self) -> bool:
        """Whether every party agreed."""
        return self.objected == 0 and self.agreed >= self.parties

    @property
    def silent(self) -> int:
        """How many did not answer yet."""
        return max(0, self.parties - self.agreed - self.objected)


def ask(*, version: CovenantVersion, organisation: Organisation, by: Person) -> Accession:
    """Ask every party whether `organisation` may join."""
    with act(by=by):
        if not version.accession_needs_consent:
            raise NoSay
        if entry_of(version.covenant, organisation):
            raise PartyAlready(organisation)
        accession = Accession(covenant=version.covenant, organisation=organisation, asked_by=by)
        accession.full_clean(exclude=["asked_at"])
        accession.save(force_insert=True)
    return accession


def speak(
    *, accession: Accession, mandate: Mandate, agrees: bool, by: Person, note: str = ""
) -> AccessionVoice:
    """One party says yes or no, by somebody who may sign for it."""
    organisation = mandate.representative.organisation
    with act(by=by):
        accession = _locked(accession)
        version = accession.covenant.versions.fixed().order_by("-number")[0]
        authority.lock_mandate(mandate, version, by)
        entry = entry_of(accession.covenant, organisation)
        if entry is None:
            raise NotAParty(organisation)
        voice = AccessionVoice(
            accession=accession,
            organisation_id=entry.organisation.pk,
            person=by,
            person_name=by.name,
            agrees=agrees,
            note=note.strip(),
        )
        voice.full_clean(exclude=["said_at"])
        voice.save(force_insert=True)
    return voice


def decide(*, accession: Accession, is_admitted: bool, by: Person, basis: str = "") -> Accession:
    """Let the organisation in or not; where a party objects or is silent, with the reason why."""
    with act(by=by):
        accession = _locked(accession)
        tally = tally_of(accession)
        if is_admitted and not tally.is_unanimous and not basis.strip():
            raise NeedsBasis
        accession.is_admitted, accession.basis = is_admitted, basis.strip()
        accession.decided_by, accession.decided_at = by, timezone.now()
        accession.full_clean()
        accession.save(update_fields=["is_admitted", "basis", "decided_by", "decided_at"])
        version = chain.lock(accession.covenant.versions.fixed().order_by("-number")[0])
        chain.append(
            version,
            EventType.ADMITTED,
            {
                "accession": accession.pk,
                "organisation": accession.organisation_id,
                "organisation_name": accession.organisation.name,
                "is_admitted": is_admitted,
                "agreed": tally.agreed,
                "objected": tally.objected,
                "parties": tally.parties,
                "basis": accession.basis,
                "decided_by": by.name,
            },
        )
    return accession


def tally_of(accession: Accession) -> Tally:
    """How many parties agree, object and are silent today."""
    voices = list(accession.voices.values_list("agrees", flat=True))
    return Tally(sum(voices), len(voices) - sum(voices), len(register(accession.covenant)))


def waits_for_parties(version: CovenantVersion, round: Round, organisation_id: int) -> bool:
    """Whether this organisation may sign only after the parties let it in."""
    return organisation_id in unadmitted(version, round, {organisation_id})


def asks_parties(*, needs_consent: bool, kind: str) -> bool:
    """Whether the parties have a say in who signs in a round of this kind, by the text."""
    return needs_consent and kind == SignatureKind.ACCEDE


def unadmitted(
    version: CovenantVersion,
    round: Round | None,
    organisations: set[int],
    *,
    entries: list[Entry] | None = None,
) -> set[int]:
    """Which of `organisations` the parties, as `entries` where they are known, still have to let in before
    they can sign in `round`."""
    if round is None or not asks_parties(needs_consent=version.accession_needs_consent, kind=round.kind):
        return set()
    if entries is None:
        entries = register(version.covenant)
    parties = {holder.pk for entry in entries for holder in entry.holders}
    admitted = set(
        Accession.objects.admitted()
        .filter(covenant=version.covenant_id)
        .values_list("organisation", flat=True)
    )
    return organisations - parties - admitted


def _locked(accession: Accession) -> Accession:
    accession = (
        Accession.objects.select_for_update(of=("self",), no_key=True)
        .select_related("covenant__coalition__area", "organisation")
        .get(pk=accession.pk)
    )
    if accession.decided_at:
        raise Decided
    return accession
