"""What waits because of a covenant: to sign for who may, to chase for who coordinates."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from coalitions.access import Permission, coalition_ids_with
from coalitions.models import Coalition
from covenants import accessions, authority, consent, text_asks, waiting
from covenants.models import Accession, Round, SignatureAct
from covenants.register import register
from covenants.signing_invitations import signed_organisation_ids
from portal.hooks import Ask, AskKind


def asks_of(person: Any) -> list[Ask]:
    """A signature for each of her organisations that can sign now and did not; a text to confirm."""
    to_sign = [
        ask
        for round in _open_rounds(coalition_ids_with(person, Permission.COVENANT_SIGN))
        for ask in _to_sign(round, person)
    ]
    return to_sign + _to_consent(person) + text_asks.to_confirm(person)


def _to_consent(person: Any) -> list[Ask]:
    """An answer of each of her organisations that is a party on who wants to join."""
    coalitions = coalition_ids_with(person, Permission.COVENANT_SIGN)
    if not coalitions:
        return []
    return [
        ask
        for accession in Accession.objects.waiting()
        .filter(covenant__coalition__in=coalitions)
        .select_related("covenant__coalition__area", "organisation")
        for ask in _voices_asked(accession, person)
    ]


def _voices_asked(accession: Accession, person: Any) -> list[Ask]:
    covenant = accession.covenant
    coalition = covenant.coalition
    version = covenant.versions.fixed().order_by("-number")[0]
    page = reverse("covenants:accession-list", args=[coalition.slug, covenant.slug, version.number])
    spoken = set(accession.voices.values_list("organisation", flat=True))
    own = {one.representative.organisation_id for one in authority.mandates_in(coalition, person)}
    return [
        Ask(
            kind=AskKind.COVENANT,
            title=f"Mag {accession.organisation} toetreden?",
            detail=f"{covenant.title}: stemt {entry.holders[-1].name} ermee in?",
            url=page,
            action="Geef antwoord",
        )
        for entry in register(covenant)
        if entry.organisation.pk not in spoken and own & {holder.pk for holder in entry.holders}
    ]


def asks_in(coalition: Coalition, person: Any) -> list[Ask]:
    """Who did not sign yet, comments to answer, and paper that waits for a second person."""
    return waiting.in_coalition(coalition, person)


def _open_rounds(coalition_ids: list[int]) -> QuerySet:
    if not coalition_ids:
        return Round.objects.none()
    return (
        Round.objects.open()
        .filter(version__covenant__coalition__in=coalition_ids)
        .select_related("version__covenant__coalition__area")
        .order_by("closes_at", "pk")
    )


def _to_sign(round: Round, person: Any) -> list[Ask]:
    version = round.version
    coalition = version.covenant.coalition
    signed = signed_organisation_ids(version) | set(
        SignatureAct.objects.filter(round=round, person=person).values_list("organisation", flat=True)
    )
    mandates = authority.mandates_in(coalition, person)
    own = {mandate.representative.organisation_id for mandate in mandates}
    signed |= accessions.unadmitted(version, round, own - signed)
    page = reverse("covenants:signing", args=[coalition.slug, version.covenant.slug, version.number])
    return [
        Ask(
            kind=AskKind.COVENANT,
            title=f"Onderteken {consent.with_article(version.covenant)} namens {organisation}",
            detail=f"{version.covenant.title}, coalitie {coalition.name}",
            url=f"{page}?organisatie={organisation.pk}",
            action="Lees en teken",
            due=timezone.localdate(round.closes_at),
        )
        for mandate in mandates
        if (organisation := mandate.representative.organisation).pk not in signed
    ]
