"""The ondertekeningsverklaring: one sealed page per organisation that says who signed what, and how."""

import json
from typing import Any

from django.conf import settings
from django.db.models import JSONField, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from coalitions.models import Role
from covenants import check_codes, dossiers, rendering, sealing
from covenants.check_codes import in_groups
from covenants.models import (
    Artefact,
    ChainEvent,
    EventType,
    Method,
    PartySignature,
    SealKind,
    SignatureAct,
    SignatureKind,
)
from covenants.sealing import SealedPdf
from partners.models import Person
from portal import files, outbox

# What the signature is, and what it is not, in words that stay the same for everybody.
MEANING = (
    (
        "Dit is een gewone elektronische handtekening van de genoemde persoon (eIDAS, artikel 3 lid 10), "
        "met de gegevens op deze pagina als bewijs. Zij is niet geavanceerd en niet gekwalificeerd."
    ),
    (
        "Het zegel op dit bestand is van het portaal. Het laat zien waar dit bestand vandaan komt, dat "
        "het niet is gewijzigd en dat het op de tijd van het tijdstempel bestond."
    ),
)
METHODS = {
    Method.PASSKEY: "ingelogd, en bevestigd met een passkey",
    Method.TOTP: "ingelogd, en bevestigd met een code uit een app",
    Method.MAIL: "ingelogd, en bevestigd met een code per mail",
}


def make(key: str) -> SealedPdf | None:
    """The sealed statement of the signature with number `key`."""
    signature = find(int(key))
    pdf = rendering.render(
        "statement",
        page_of(signature),
        title=f"Ondertekeningsverklaring {signature.legal_name}",
        timestamp=signature.completed_at,
        attachments=[evidence_file(signature)],
    )
    return sealing.seal(pdf, reason=f"Ondertekend namens {signature.legal_name}")


def keep(key: str, artefact: Artefact) -> None:
    """Send the proof to who signed and to the coordinators, and have the dossier made anew."""
    signature = find(int(key))
    # A copy for the mail; the evidence itself is the artefact.
    copy = files.store_bytes(
        name=dossiers.file_name(artefact.subject),
        content_type="application/pdf",
        content=bytes(artefact.content),
    )
    for person in _recipients(signature):
        outbox.post(
            purpose="signature_proof",
            reference=f"signature-{signature.pk}",
            recipient=person.email or "",
            context=_mail_of(signature, artefact),
            attachment=copy,
        )
    dossiers.order(signature.version)


def find(pk: int) -> PartySignature:
    """One signature with its text and coalition; one query."""
    return PartySignature.objects.select_related("version__covenant__coalition", "organisation").get(pk=pk)


def acts_of(signature: PartySignature) -> QuerySet[SignatureAct]:
    """Who signed for the organisation in the round in which it became complete."""
    return SignatureAct.objects.filter(
        version=signature.version_id,
        organisation=signature.organisation_id,
        stint=signature.stint,
        round=signature.round_id,
    ).order_by("pk")


def event_of(signature: PartySignature) -> ChainEvent:
    """The event of the chain that says that the organisation signed."""
    return _told(signature).get(Q(type=EventType.PARTY_SIGNED, told__row=signature.pk))


def _told(signature: PartySignature) -> QuerySet[ChainEvent]:
    """The chain of the version, with what each event tells as JSON, in order."""
    events = ChainEvent.objects.filter(version=signature.version_id)
    return events.annotate(told=Cast("body", JSONField())).order_by("seq")


def page_of(signature: PartySignature) -> dict[str, Any]:
    """What stands on the page."""
    version, event = signature.version, event_of(signature)
    acts = list(acts_of(signature))
    code = check_codes.code_for(f"{SealKind.STATEMENT}/{signature.pk}")
    text_code = check_codes.code_for(f"{SealKind.TEXT}/{version.pk}")
    return {
        "organisation": signature.legal_name,
        "kvk": signature.kvk,
        "named_members": signature.named_members,
        "kind": SignatureKind(signature.kind).label,
        "covenant": version.covenant.title,
        "coalition": version.covenant.coalition.name,
        "version": str(version.number),
        "sha256": in_groups(version.sha256 or ""),
        "text_code": str(text_code),
        "signed_on": date_format(signature.signed_on, "j F Y"),
        "signers": [
            {
                "name": act.person_name,
                "function": act.function,
                "mandate": act.mandate_kind,
                "signed_at": date_format(timezone.localtime(act.signed_at), "j F Y, H.i.s"),
                "method": METHODS[Method(act.auth_method)],
            }
            for act in acts
        ],
        "consent": acts[0].consent_text if acts else "",
        "is_outside": signature.is_outside,
        "chain_seq": str(event.seq),
        "chain_head": in_groups(event.hash),
        "meaning": list(MEANING),
        "code": str(code),
        "mark": sealing.mark(),
        "address": f"{settings.PORTAL_ORIGIN}{reverse('covenants:verification')}",
        "portal": settings.PORTAL_NAME,
    }


def evidence_of(signature: PartySignature) -> dict[str, Any]:
    """The same for a machine: every event of the chain about this signature, as it was hashed."""
    acts = Q(type=EventType.SIGNED, told__row__in=[act.pk for act in acts_of(signature)])
    whole = Q(type=EventType.PARTY_SIGNED, told__row=signature.pk)
    events = [
        {"seq": event.seq, "prev_hash": event.prev_hash, "hash": event.hash, "body": event.body}
        for event in _told(signature).filter(acts | whole)
    ]
    version = signature.version
    return {
        "format": "kansrijke-start/ondertekening/1",
        "covenant": version.covenant.title,
        "coalition": version.covenant.coalition.slug,
        "version": version.number,
        "sha256": version.sha256,
        "hash": "SHA-256(prev_hash + body), UTF-8",
        "events": events,
    }


def evidence_file(signature: PartySignature) -> rendering.Attachment:
    """The evidence as a file in the PDF."""
    text = json.dumps(evidence_of(signature), ensure_ascii=False, sort_keys=True, indent=1)
    return rendering.Attachment(
        name="bewijs.json",
        content=text.encode(),
        mime_type="application/json",
        description="De gebeurtenissen uit de bewijsketen over deze handtekening",
        relationship="data",
    )


def _recipients(signature: PartySignature) -> list[Person]:
    """Who signed, and who coordinates the coalition today."""
    signers = Person.objects.filter(signature_acts__in=acts_of(signature))
    coordinators = Person.objects.filter(
        pk__in=signature.version.covenant.coalition.roles.current()
        .filter(role=Role.COORDINATOR)
        .values("person")
    )
    return list((signers.distinct() | coordinators.distinct()).exclude(email=None))


def _mail_of(signature: PartySignature, artefact: Artefact) -> dict[str, Any]:
    page = page_of(signature)
    return {
        **{name: page[name] for name in ("organisation", "covenant", "coalition", "signed_on", "code")},
        **{name: page[name] for name in ("chain_seq", "chain_head", "address")},
        "text_sha256": page["sha256"],
        "statement_sha256": in_groups(artefact.sha256),
        "names": ", ".join(signer["name"] for signer in page["signers"]),
    }
