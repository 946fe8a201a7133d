"""What is asked of who may sign: a signature in each open round, and a word on who wants to join."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from coalitions.access import Permission, coalition_ids_with
from coalitions.models import Membership
from covenants import accessions as admissions
from covenants import consent
from covenants.models import Accession, AccessionVoice, CovenantVersion, Round, SignatureAct
from covenants.register import Entry, bound_to, registers
from partners.models import Mandate, Person
from portal.hooks import Ask, AskKind


def asks_of(person: Person) -> list[Ask]:
    """A signature for each of her organisations in each open round in which she may sign and did not; an
    answer of each that is a party on who wants to join. Four queries, however many there are."""
    coalitions = coalition_ids_with(person, Permission.COVENANT_SIGN)
    if not coalitions:
        return []
    rounds = list(_rounds_for(person, coalitions))
    # Most often nobody waits; then it was told with the rounds.
    may_wait = not rounds or rounds[0].somebody_waits
    accessions = list(_accessions(person, coalitions)) if may_wait else []
    asked = [round for round in rounds if round.organisations]
    documents = {round.version.covenant for round in asked} | {one.covenant for one in accessions}
    parties = registers(documents)
    return [
        *(ask for round in asked for ask in _to_sign(round, parties[round.version.covenant_id])),
        *(ask for one in accessions for ask in _to_answer(one, parties[one.covenant_id])),
    ]


def _rounds_for(person: Person, coalitions: list[int]) -> QuerySet:
    admitted = Accession.objects.admitted().filter(covenant=OuterRef("version__covenant"))
    return (
        Round.objects.open()
        .filter(version__covenant__coalition__in=coalitions)
        .select_related("version__covenant__coalition")
        .annotate(
            organisations=ArraySubquery(_to_sign_for(person)),
            admitted=ArraySubquery(admitted.values("organisation")),
            somebody_waits=Exists(_accessions(person, coalitions)),
        )
        .order_by("closes_at", "pk")
    )


def _accessions(person: Person, coalitions: list[int]) -> QuerySet:
    """Who waits for an answer of the parties, with who answered, and whom `person` may answer for."""
    voices = AccessionVoice.objects.filter(accession=OuterRef("pk")).order_by()
    texts = CovenantVersion.objects.fixed().filter(covenant=OuterRef("covenant")).order_by("-number")
    return (
        Accession.objects.waiting()
        .filter(covenant__coalition__in=coalitions)
        .select_related("covenant__coalition", "organisation")
        .annotate(
            own=ArraySubquery(_powers_of(person, covenant="covenant").values("representative__organisation")),
            spoken=ArraySubquery(voices.values("organisation")),
            number=Subquery(texts.values("number")[:1]),
        )
    )


def _to_sign_for(person: Person) -> QuerySet:
    """Id and name of each member for which `person` has power to sign, and did nothing in the round yet."""
    acts = SignatureAct.objects.filter(
        round=OuterRef(OuterRef("pk")), person=person, organisation=OuterRef("representative__organisation")
    )
    return (
        _powers_of(person, covenant="version__covenant")
        .filter(~Exists(acts))
        .order_by("representative__organisation__sort_key", "pk")
        .values(one=JSONObject(pk="representative__organisation", name="representative__organisation__name"))
    )


def _powers_of(person: Person, *, covenant: str) -> QuerySet:
    """The mandates of `person` for members, under the `covenant` of the row around them."""
    members = Membership.objects.members().filter(
        coalition=OuterRef(OuterRef(f"{covenant}__coalition")),
        organisation=OuterRef("representative__organisation"),
    )
    return Mandate.objects.valid().filter(
        Q(area__isnull=True) | Q(area=OuterRef(f"{covenant}__coalition__area")),
        Exists(members),
        representative__person=person,
    )


def _to_sign(round: Any, parties: list[Entry]) -> list[Ask]:
    version = round.version
    covenant = version.covenant
    # Two powers for one organisation are one question.
    names = {one["pk"]: one["name"] for one in round.organisations}
    needless = bound_to(version, parties)
    if admissions.asks_parties(version, round):
        holders = {holder.pk for entry in parties for holder in entry.holders}
        needless |= names.keys() - holders - set(round.admitted)
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


def _to_answer(accession: Any, parties: list[Entry]) -> list[Ask]:
    covenant = accession.covenant
    page = reverse(
        "covenants:accession-list", args=[covenant.coalition.slug, covenant.slug, accession.number]
    )
    return [
        Ask(
            kind=AskKind.COVENANT,
            title=f"Mag {accession.organisation} toetreden?",
            detail=f"{covenant.title}: stemt {entry.holders[-1].name} ermee in?",
            url=page,
            action="Geef antwoord",
        )
        for entry in parties
        if entry.organisation.pk not in accession.spoken
        and any(holder.pk in accession.own for holder in entry.holders)
    ]
