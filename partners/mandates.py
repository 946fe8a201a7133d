"""The power to sign for an organisation: asked by the organisation, checked by somebody else."""

import datetime

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from partners.models import Area, Mandate, MandateStatus, Person, Representative
from portal import files, outbox
from portal.acts import Refused, act
from portal.revisions import meanwhile


class NoLongerSpeaks(Refused):
    def __init__(self, representative: Representative) -> None:
        super().__init__(
            f"{representative.person} spreekt niet meer namens {representative.organisation}. "
            "Kies een andere vertegenwoordiger."
        )


class AlreadyAsked(Refused):
    def __init__(self, representative: Representative) -> None:
        super().__init__(f"Voor {representative.person} wacht al een aanvraag met deze grond op controle.")


class NotYourOwn(Refused):
    def __init__(self, mandate: Mandate) -> None:
        super().__init__(
            "Je vroeg deze tekenbevoegdheid zelf aan, of ze is van jou. Iemand anders beslist erover."
        )


class AlreadyChecked(Refused):
    def __init__(self, mandate: Mandate) -> None:
        super().__init__(
            f"{meanwhile(mandate.checked_by, mandate.checked_at)}: "
            "deze tekenbevoegdheid is al gecontroleerd. Er is niets veranderd."
        )


class AlreadyRevoked(Refused):
    def __init__(self, mandate: Mandate) -> None:
        super().__init__(
            f"{meanwhile(mandate.revoked_by, mandate.revoked_at)}: deze tekenbevoegdheid is al ingetrokken. "
            "Er is niets veranderd."
        )


class Expired(Refused):
    def __init__(self, mandate: Mandate) -> None:
        super().__init__("Deze tekenbevoegdheid is verlopen. Laat de organisatie een nieuwe aanvragen.")


class EndsInThePast(Refused):
    def __init__(self) -> None:
        super().__init__("De einddatum is al voorbij. Kies een latere einddatum, of laat haar leeg.")


def request(
    *,
    representative: Representative,
    kind: str,
    by: Person,
    need: int = 1,
    area: Area | None = None,
    evidence: UploadedFile | None = None,
    note: str = "",
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
) -> Mandate:
    """The organisation asks that `representative` may sign; somebody else checks it."""
    today = timezone.localdate()
    with act(by=by):
        # So that the function cannot end, nor a second request for it slip in, since this look.
        representative = (
            Representative.objects.select_for_update(of=("self",), no_key=True)
            .select_related("person", "organisation")
            .get(pk=representative.pk)
        )
        if representative.valid_to and representative.valid_to <= today:
            raise NoLongerSpeaks(representative)
        if valid_to and valid_to <= today:
            raise EndsInThePast
        if representative.mandates.to_check().filter(kind=kind, area=area).exists():
            raise AlreadyAsked(representative)
        mandate = Mandate(
            representative=representative,
            kind=kind,
            need=need,
            area=area,
            evidence=files.store(evidence) if evidence else None,
            note=note.strip(),
            requested_by=by,
            valid_from=valid_from or today,
            valid_to=valid_to,
        )
        mandate.full_clean(exclude=["requested_at"])
        mandate.save(force_insert=True)
    return mandate


def check(*, mandate: Mandate, by: Person) -> Mandate:
    """`by` looked at the ground and the evidence, and they are right."""
    with act(by=by):
        mandate = _locked(mandate)
        _refuse_own(mandate, by)
        if mandate.revoked_at:
            raise AlreadyRevoked(mandate)
        if mandate.checked_at:
            raise AlreadyChecked(mandate)
        if mandate.status == MandateStatus.EXPIRED:
            raise Expired(mandate)
        mandate.checked_at, mandate.checked_by = timezone.now(), by
        mandate.full_clean(exclude=["requested_at"])
        mandate.save(update_fields=["checked_at", "checked_by"])
        _tell(mandate, "mandate_checked")
    return mandate


def revoke(*, mandate: Mandate, reason: str, by: Person) -> Mandate:
    """The mandate is refused, or holds no longer; what was signed with it stays signed."""
    with act(by=by):
        mandate = _locked(mandate)
        _refuse_own(mandate, by)
        if mandate.revoked_at:
            raise AlreadyRevoked(mandate)
        mandate.revoked_at, mandate.revoked_by, mandate.revoke_reason = timezone.now(), by, reason.strip()
        mandate.full_clean(exclude=["requested_at"])
        mandate.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
        _tell(mandate, "mandate_revoked")
    return mandate


def _locked(mandate: Mandate) -> Mandate:
    return (
        Mandate.objects.select_for_update(of=("self",), no_key=True)
        .select_related("representative__person", "representative__organisation", "requested_by")
        .get(pk=mandate.pk)
    )


def _refuse_own(mandate: Mandate, by: Person) -> None:
    if by.pk in {mandate.requested_by_id, mandate.representative.person_id}:
        raise NotYourOwn(mandate)


def _tell(mandate: Mandate, purpose: str) -> None:
    """A mail to the bearer and to who asked, as far as they have an address."""
    for person in {mandate.representative.person, mandate.requested_by}:
        if person.email:
            outbox.post(
                purpose=purpose,
                reference=f"mandate:{mandate.pk}",
                recipient=person.email,
                context={"mandate": mandate, "person": person},
            )
