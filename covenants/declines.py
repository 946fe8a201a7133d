"""An organisation says that it does not sign, or not yet; nobody else is held up by it."""

import datetime

from covenants import authority, chain
from covenants.models import (
    CovenantVersion,
    Decline,
    DeclineKind,
    EventType,
    Party,
    SignatureAct,
    VersionState,
)
from covenants.signing_invitations import signed_organisation_ids
from partners.models import Mandate, Person
from portal.acts import act


class SignedAlready(authority.SigningRefused):
    title = "U hebt al getekend"
    leads_to_withdrawal = True

    def __init__(self) -> None:
        super().__init__(
            "Uw organisatie heeft al getekend. Wilt u ervan af? Dan kunt u het convenant opzeggen."
        )


class PartSigned(authority.SigningRefused):
    title = "U hebt al getekend"

    def __init__(self) -> None:
        super().__init__(
            "Van uw organisatie staat er al een handtekening. Tekent de ander niet voordat de ronde sluit, "
            "dan vervalt zij en is uw organisatie geen partij. Wilt u er nu al vanaf? Bel uw coördinator."
        )


class NothingToAnswer(authority.SigningRefused):
    def __init__(self) -> None:
        super().__init__("Deze versie kan niet meer getekend worden. Uw antwoord is niet nodig.")


def decline(
    *,
    version: CovenantVersion,
    mandate: Mandate,
    kind: str,
    by: Person,
    note: str = "",
    expected_on: datetime.date | None = None,
) -> Decline:
    """Write down the answer of an organisation; it may sign later all the same, and both rows stay."""
    with act(by=by):
        version = chain.lock(version)
        if version.state not in {VersionState.OPEN, VersionState.CLOSED}:
            raise NothingToAnswer
        mandate = authority.lock_mandate(mandate, version, by)
        organisation = mandate.representative.organisation
        has_acts = SignatureAct.objects.filter(
            version=version, organisation=organisation, round__closed_at__isnull=True
        )
        if organisation.pk in signed_organisation_ids(version):
            raise SignedAlready
        if has_acts.exists():
            raise PartSigned
        Party.objects.get_or_create(covenant=version.covenant, organisation=organisation)
        answer = Decline(
            version=version,
            organisation=organisation,
            person=by,
            person_name=by.name,
            kind=kind,
            expected_on=expected_on if kind == DeclineKind.RESERVATION else None,
            note=note.strip(),
        )
        answer.full_clean(exclude=["declined_at"])
        answer.save(force_insert=True)
        chain.append(version, EventType.DECLINED, answer.facts())
    return answer
