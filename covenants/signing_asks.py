"""What is asked of who may sign: a signature in each open round, and a word on who wants to join."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject, TruncDate
from django.urls import reverse

from coalitions.access import Permission, coalition_ids_with
from coalitions.models import Membership
from covenants import accessions as admissions
from covenants import consent
from covenants.models import (
    Accession,
    AccessionVoice,
    Covenant,
    CovenantVersion,
    Round,
    SignatureAct,
)
from covenants.models.rounds import A_MOMENT
from covenants.register import Entry, bound_to, registers
from partners.models import Mandate, Person
from portal.hooks import Ask, AskKind


def asks_of(person: Person) -> list[Ask]:
    """A signature for each of her organisations in each open round in which she may sign and did not; an
    answer of each that is a party on who wants to join. Three queries, however many there are."""
    coalitions = coalition_ids_with(person, Permission.COVENANT_SIGN)
    if not coalitions:
        return []
    documents = [
        document
        for document in _documents(person, coalitions)
        if document.waiting or any(round["organisations"] for round in document.rounds)
    ]
    parties = registers(documents)
    return [ask for document in documents for ask in _asks(document, parties[document.pk])]


def _asks(document: Any, parties: list[Entry]) -> Iterator[Ask]:
    for round in document.rounds:
        yield from _to_sign(document, round, parties)
    for accession in document.waiting:
        yield from _to_answer(document, accession, parties)


def _documents(person: Person, coalitions: list[int]) -> QuerySet:
    """The documents of these coalitions, with what may be asked of `person`."""
    admitted = Accession.objects.admitted().filter(covenant=OuterRef("pk"))
    return (
        Covenant.objects.filter(coalition__in=coalitions)
        .select_related("coalition")
        .annotate(
            rounds=ArraySubquery(_rounds_for(person)),
            waiting=ArraySubquery(_accessions(person)),
            admitted=ArraySubquery(admitted.values("organisation")),
        )
        .order_by("pk")
    )


def _rounds_for(person: Person) -> QuerySet:
    """The open rounds of a document, with the members for which she may sign and did not."""
    return (
        Round.objects.open()
        .filter(version__covenant=OuterRef("pk"))
        .annotate(organisations=ArraySubquery(_to_sign_for(person)))
        .order_by("closes_at", "pk")
        .values(
            one=JSONObject(
                kind="kind",
                number="version__number",
                needs_consent="version__accession_needs_consent",
                closes_on=TruncDate(F("closes_at") - Value(A_MOMENT)),
                organisations="organisations",
            )
        )
    )


def _accessions(person: Person) -> QuerySet:
    """Who waits for an answer of the parties of a document, with who answered, and whom `person` may answer
    for."""
    voices = AccessionVoice.objects.filter(accession=OuterRef("pk")).order_by()
    texts = CovenantVersion.objects.fixed().filter(covenant=OuterRef("covenant")).order_by("-number")
    return (
        Accession.objects.waiting()
        .filter(covenant=OuterRef("pk"))
        .order_by("asked_at", "pk")
        .values(
            one=JSONObject(
                organisation="organisation__name",
                number=Subquery(texts.values("number")[:1]),
                spoken=ArraySubquery(voices.values("organisation")),
                own=ArraySubquery(
                    _powers_of(person, covenant="covenant").values("representative__organisation")
                ),
            )
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


def _to_sign(document: Any, round: dict[str, Any], parties: list[Entry]) -> list[Ask]:
    # Two powers for one organisation are one question.
    names = {one["pk"]: one["name"] for one in round["organisations"]}
    needless = bound_to(round["number"], parties)
    if admissions.asks_parties(needs_consent=round["needs_consent"], kind=round["kind"]):
        holders = {holder.pk for entry in parties for holder in entry.holders}
        needless |= names.keys() - holders - set(document.admitted)
    page = _page("signing", document, round["number"])
    return [
        Ask(
            kind=AskKind.COVENANT,
            title=f"Onderteken {consent.with_article(document)} namens {name}",
            detail=f"{document.title}, coalitie {document.coalition.name}",
            url=f"{page}?organisatie={organisation}",
            action="Lees en teken",
            due=datetime.date.fromisoformat(round["closes_on"]),
        )
        for organisation, name in names.items()
        if organisation not in needless
    ]


def _to_answer(document: Any, accession: dict[str, Any], parties: list[Entry]) -> list[Ask]:
    return [
        Ask(
            kind=AskKind.COVENANT,
            title=f"Mag {accession['organisation']} toetreden?",
            detail=f"{document.title}: stemt {entry.holders[-1].name} ermee in?",
            url=_page("accession-list", document, accession["number"]),
            action="Geef antwoord",
        )
        for entry in parties
        if entry.organisation.pk not in accession["spoken"]
        and any(holder.pk in accession["own"] for holder in entry.holders)
    ]


def _page(name: str, document: Covenant, number: int) -> str:
    return reverse(f"covenants:{name}", args=[document.coalition.slug, document.slug, number])
