"""What waits for a second pair of eyes: a text to fix, a paper, a document to end."""

import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from coalitions.access import Permission, coalition_ids_with
from covenants.models import Covenant, CovenantVersion, EndProposal, OutsideRegistration
from portal.hooks import Ask, AskKind


def to_confirm(person: Any) -> list[Ask]:
    """What somebody else proposed about a document, for who may confirm it. One query."""
    coalitions = coalition_ids_with(person, Permission.COVENANT_FREEZE)
    if not coalitions:
        return []
    return [ask for document in _proposed(coalitions, person) for ask in _asks(document)]


def _proposed(coalitions: list[int], person: Any) -> QuerySet:
    """Documents with what waits for somebody else than who proposed it: at most one draft and one end, and
    the first of its papers."""
    drafts = CovenantVersion.objects.drafts().filter(
        covenant=OuterRef("pk"), frozen_by__isnull=False, second_by__isnull=True
    )
    ends = EndProposal.objects.waiting().filter(covenant=OuterRef("pk"))
    papers = OutsideRegistration.objects.waiting().filter(version__covenant=OuterRef("pk")).order_by("pk")
    others_drafts, others_ends = drafts.exclude(frozen_by=person), ends.exclude(proposed_by=person)
    others_papers = papers.exclude(registered_by=person)
    return (
        Covenant.objects.filter(coalition__in=coalitions)
        .select_related("coalition")
        .annotate(
            draft_number=Subquery(others_drafts.values("number")),
            draft_by=Subquery(others_drafts.values("frozen_by__name")),
            end_on=Subquery(others_ends.values("ended_on")),
            end_by=Subquery(others_ends.values("proposed_by__name")),
            paper=Subquery(others_papers.values("pk")[:1]),
            paper_number=Subquery(others_papers.values("version__number")[:1]),
            paper_by=Subquery(others_papers.values("registered_by__name")[:1]),
        )
        .filter(Q(draft_number__isnull=False) | Q(end_on__isnull=False) | Q(paper__isnull=False))
    )


def _asks(document: Any) -> list[Ask]:
    asks = []
    if document.draft_number:
        asks.append(to_freeze(document, number=document.draft_number, by=document.draft_by))
    if document.paper:
        asks.append(
            to_check(document, number=document.paper_number, paper=document.paper, by=document.paper_by)
        )
    if document.end_on:
        asks.append(to_end(document, on=document.end_on, by=document.end_by))
    return asks


def to_freeze(document: Covenant, *, number: int, by: str) -> Ask:
    """A text that somebody proposed to fix."""
    return Ask(
        kind=AskKind.COVENANT,
        title=f"Bevestig versie {number} van {document.title}",
        detail=f"{by} stelt voor om deze tekst vast te stellen.",
        url=_page(document, "freeze"),
        action="Lees en bevestig",
    )


def to_check(document: Covenant, *, number: int, paper: int, by: str) -> Ask:
    """A paper that somebody registered."""
    return Ask(
        kind=AskKind.COVENANT,
        title="Controleer een papier met handtekeningen",
        detail=f"{document.title}, geregistreerd door {by}",
        url=reverse("covenants:outside-detail", args=[document.coalition.slug, document.slug, number, paper]),
        action="Bekijk het papier",
    )


def to_end(document: Covenant, *, on: datetime.date, by: str) -> Ask:
    """A document that somebody proposed to end."""
    return Ask(
        kind=AskKind.COVENANT,
        title=f"Bevestig dat {document.title} eindigt",
        detail=f"{by} stelt voor om per {on:%d-%m-%Y} te stoppen.",
        url=_page(document, "covenant-end"),
        action="Lees en beslis",
    )


def _page(document: Covenant, name: str) -> str:
    return reverse(f"covenants:{name}", args=[document.coalition.slug, document.slug])
