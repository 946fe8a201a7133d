"""What waits because of a covenant: to sign for who may, to chase for who coordinates."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from coalitions.access import Permission, can, coalition_ids_with
from coalitions.models import Coalition
from covenants import authority, consent, text_asks
from covenants.models import OutsideRegistration, Round, SignatureAct
from covenants.signing_invitations import signed_organisation_ids
from portal.hooks import Ask


def asks_of(person: Any) -> list[Ask]:
    """A signature for each of her organisations that can sign now and did not; a text to confirm."""
    to_sign = [
        ask
        for round in _open_rounds(coalition_ids_with(person, Permission.COVENANT_SIGN))
        for ask in _to_sign(round, person)
    ]
    return to_sign + text_asks.to_confirm(person)


def asks_in(coalition: Coalition, person: Any) -> list[Ask]:
    """Who did not sign yet, comments to answer, and paper that waits for a second person."""
    papers = _papers(coalition, person) if can(person, Permission.COVENANT_FREEZE, coalition) else []
    if not can(person, Permission.COVENANT_WRITE, coalition):
        return papers
    waiting = [ask for round in _open_rounds([coalition.pk]) for ask in _not_signed(round)]
    return waiting + papers + text_asks.to_answer(coalition, person)


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
    page = reverse("covenants:signing", args=[coalition.slug, version.number])
    return [
        Ask(
            title=f"Onderteken {consent.with_article(version.covenant)} namens {organisation}",
            detail=f"{version.covenant.title}, coalitie {coalition.name}",
            url=f"{page}?organisatie={organisation.pk}",
            action="Lees en teken",
            due=timezone.localdate(round.closes_at),
        )
        for mandate in authority.mandates_in(coalition, person)
        if (organisation := mandate.representative.organisation).pk not in signed
    ]


def _not_signed(round: Round) -> list[Ask]:
    version = round.version
    coalition = version.covenant.coalition
    signed = signed_organisation_ids(version)
    members = set(coalition.memberships.members().values_list("organisation", flat=True))
    waiting = len(members - signed)
    if not waiting:
        return []
    one, several = "organisatie heeft", "organisaties hebben"
    return [
        Ask(
            title=f"{waiting} {one if waiting == 1 else several} nog niet ondertekend",
            detail=f"{version.covenant.title}: {len(members & signed)} van {len(members)} leden tekenden",
            url=reverse("covenants:round-progress", args=[coalition.slug, version.number]),
            action="Bekijk wie nog tekent",
            due=timezone.localdate(round.closes_at),
        )
    ]


def _papers(coalition: Coalition, person: Any) -> list[Ask]:
    """Paper signatures that somebody else registered and a second person has to look at."""
    waiting = (
        OutsideRegistration.objects.waiting()
        .filter(version__covenant__coalition=coalition)
        .exclude(registered_by=person)
        .select_related("version__covenant", "registered_by")
    )
    return [
        Ask(
            title="Controleer een papier met handtekeningen",
            detail=f"{one.version.covenant.title}, geregistreerd door {one.registered_by}",
            url=reverse("covenants:outside-detail", args=[coalition.slug, one.version.number, one.pk]),
            action="Bekijk het papier",
        )
        for one in waiting
    ]
