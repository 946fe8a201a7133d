"""What stands on the page after signing."""

from dataclasses import dataclass

from covenants import authority, seals
from covenants.models import Artefact, CovenantVersion, PartySignature, SealKind, SignatureAct
from covenants.signatures import signature_with
from partners.models import Organisation, Person


@dataclass(frozen=True, kw_only=True)
class SignedPage:
    """The newest signature of one organisation under one version, as its people see it."""

    organisation: Organisation
    acts: list[SignatureAct]
    own_act: SignatureAct | None
    signature: PartySignature | None
    # None while it waits for its seal.
    statement: Artefact | None
    # Who may still sign, where one signature is not enough.
    waiting_for: list[str]

    @property
    def needed(self) -> int:
        """How many have to sign together."""
        return min(act.needed for act in self.acts)


def signed_page(
    version: CovenantVersion, person: Person, *, organisation_id: int | None
) -> SignedPage | None:
    """The page for `person`; None where no organisation of hers signed this version."""
    acts = SignatureAct.objects.filter(
        version=version, organisation__in=Organisation.objects.represented_by(person)
    ).select_related("organisation")
    if organisation_id is not None:
        acts = acts.filter(organisation=organisation_id)
    newest = acts.order_by("-pk").first()
    if newest is None:
        return None
    same = acts.filter(organisation=newest.organisation, stint=newest.stint, round=newest.round_id)
    signature = signature_with(newest)
    found = list(same.order_by("pk"))
    return SignedPage(
        organisation=newest.organisation,
        acts=found,
        own_act=next((act for act in found if act.person_id == person.pk), None),
        signature=signature,
        statement=seals.find(kind=SealKind.STATEMENT, key=signature.pk) if signature else None,
        waiting_for=[] if signature else _others(version, newest.organisation, found),
    )


def _others(version: CovenantVersion, organisation: Organisation, acts: list[SignatureAct]) -> list[str]:
    signed = {act.person_id for act in acts}
    mandates = authority.mandated_people(version.covenant.coalition, [organisation.pk])
    return [
        mandate.representative.person.name
        for mandate in mandates
        if mandate.representative.person_id not in signed
    ]
