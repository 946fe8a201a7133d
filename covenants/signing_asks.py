"""What is asked of who may sign: a signature for each of her organisations in each open round."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from coalitions.access import Permission, coalition_ids_with
from coalitions.models import Membership
from covenants import accessions, consent
from covenants.models import Round, SignatureAct
from covenants.signing_invitations import signed_organisation_ids
from partners.models import Mandate, Person
from portal.hooks import Ask, AskKind


def asks_of(person: Person) -> list[Ask]:
    """One for each organisation and open round in which she may sign and did not.

    One query finds where she may; only there the register is read to see whether it is needed.
    """
    coalitions = coalition_ids_with(person, Permission.COVENANT_SIGN)
    if not coalitions:
        return []
    rounds = (
        Round.objects.open()
        .filter(version__covenant__coalition__in=coalitions)
        .select_related("version__covenant__coalition")
        .annotate(organisations=ArraySubquery(_to_sign_for(person)))
        .order_by("closes_at", "pk")
    )
    return [ask for round in rounds if round.organisations for ask in _asks_in(round)]


def _to_sign_for(person: Person) -> QuerySet:
    """Id and name of each member for which `person` has power to sign, and did nothing in the round yet."""
    organisation = OuterRef("representative__organisation")
    members = Membership.objects.members().filter(
        coalition=OuterRef(OuterRef("version__covenant__coalition")), organisation=organisation
    )
    acts = SignatureAct.objects.filter(
        round=OuterRef(OuterRef("pk")), person=person, organisation=organisation
    )
    return (
        Mandate.objects.valid()
        .filter(
            Q(area__isnull=True) | Q(area=OuterRef("version__covenant__coalition__area")),
            Exists(members),
            ~Exists(acts),
            representative__person=person,
        )
        .order_by("representative__organisation__sort_key", "pk")
        .values(one=JSONObject(pk="representative__organisation", name="representative__organisation__name"))
    )


def _asks_in(round: Any) -> list[Ask]:
    version = round.version
    covenant = version.covenant
    # Two powers for one organisation are one question.
    names = {one["pk"]: one["name"] for one in round.organisations}
    needless = signed_organisation_ids(version)
    needless |= accessions.unadmitted(version, round, names.keys() - needless)
    page = reverse("covenants:signing", args=[covenant.coalition.slug, covenant.slug, version.number])
    return [
        Ask(
            kind=AskKind.COVENANT,
            title=f"Onderteken {consent.with_article(covenant)} namens {name}",
            detail=f"{covenant.title}, coalitie {covenant.coalition.name}",
            url=f"{page}?organisatie={organisation}",
            action="Lees en teken",
            due=timezone.localdate(round.closes_at),
        )
        for organisation, name in names.items()
        if organisation not in needless
    ]
