"""What waits because of a covenant: to sign for who may, to chase for who coordinates."""

from typing import Any

from django.urls import reverse

from coalitions.access import Permission, coalition_ids_with
from coalitions.models import Coalition
from covenants import authority, signing_asks, text_asks, waiting
from covenants.models import Accession
from covenants.register import register
from portal.hooks import Ask, AskKind


def asks_of(person: Any) -> list[Ask]:
    """A signature for each of her organisations that can sign now and did not; a text to confirm."""
    return [*signing_asks.asks_of(person), *_to_consent(person), *text_asks.to_confirm(person)]


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
