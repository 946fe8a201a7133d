"""What waits for who coordinates, in all texts of a coalition at once: signatures, papers, comments.

One query over the texts, and one more for each text that can be signed now.
"""

import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from coalitions.access import Permission, can
from coalitions.models import Coalition
from covenants import text_asks
from covenants.models import (
    Comment,
    CovenantVersion,
    EndProposal,
    OutsideRegistration,
    PartySignature,
    ResignRule,
    Round,
    VersionState,
    Withdrawal,
)
from covenants.models.rounds import A_MOMENT
from covenants.successors import WentOnIn
from portal.hooks import Ask, AskKind


def in_coalition(coalition: Coalition, person: Any) -> list[Ask]:
    """Everything in `coalition` that waits for `person`."""
    writes = can(person, Permission.COVENANT_WRITE, coalition)
    freezes = can(person, Permission.COVENANT_FREEZE, coalition)
    if not writes and not freezes:
        return []
    versions = list(_versions(coalition, person))
    asks: list[Ask] = []
    for version in versions:
        # The address of a page is made with it.
        version.covenant.coalition = coalition
        if freezes:
            asks += _to_confirm(version, person)
        if writes and version.closes_at:
            asks += _not_signed(coalition, version, versions)
        if freezes and version.paper:
            asks.append(
                text_asks.to_check(
                    version.covenant, number=version.number, paper=version.paper, by=version.paper_by
                )
            )
        if writes and version.comments_waiting:
            asks.append(_comments(coalition, version))
    return asks


def _to_confirm(version: Any, person: Any) -> list[Ask]:
    """What somebody else proposed: to fix this text, or to end the document of which it is the first."""
    asks = []
    if version.is_draft and version.frozen_by and not version.second_by_id and version.frozen_by != person:
        asks.append(text_asks.to_freeze(version.covenant, number=version.number, by=version.frozen_by.name))
    if version.end_on and version.number == 1:
        asks.append(text_asks.to_end(version.covenant, on=version.end_on, by=version.end_by))
    return asks


def _versions(coalition: Coalition, person: Any) -> QuerySet:
    ends = EndProposal.objects.waiting().filter(covenant=OuterRef("covenant")).exclude(proposed_by=person)
    papers = (
        OutsideRegistration.objects.waiting()
        .filter(version=OuterRef("pk"))
        .exclude(registered_by=person)
        .order_by("pk")
    )
    comments = Comment.objects.open().filter(version=OuterRef("pk")).order_by().values("version")
    return (
        CovenantVersion.objects.filter(covenant__coalition=coalition)
        .defer("blocks", "meaning")
        .select_related("covenant", "frozen_by")
        .annotate(
            end_on=Subquery(ends.values("ended_on")[:1]),
            end_by=Subquery(ends.values("proposed_by__name")[:1]),
            closes_at=Subquery(Round.objects.open().filter(version=OuterRef("pk")).values("closes_at")[:1]),
            paper=Subquery(papers.values("pk")[:1]),
            paper_by=Subquery(papers.values("registered_by__name")[:1]),
            comments_waiting=Subquery(comments.annotate(count=Count("pk")).values("count")),
        )
        .order_by("covenant", "number")
    )


def _not_signed(coalition: Coalition, version: Any, versions: list[Any]) -> list[Ask]:
    today = timezone.localdate()
    left = Withdrawal.objects.standing().filter(
        party=OuterRef("party"), stint=OuterRef("stint"), ends_on__lte=today
    )
    binding = PartySignature.objects.filter(
        ~Exists(left),
        WentOnIn("organisation", OuterRef("organisation"), today),
        version__covenant=version.covenant_id,
        version__number__gte=_oldest_that_binds(version, versions, on=today),
    )
    counted = (
        coalition.memberships.members()
        .annotate(is_bound=Exists(binding))
        .aggregate(members=Count("pk"), waiting=Count("pk", filter=Q(is_bound=False)))
    )
    waiting, members = counted["waiting"], counted["members"]
    if not waiting:
        return []
    words = "organisatie heeft" if waiting == 1 else "organisaties hebben"
    signed = members - waiting
    verb = "tekende" if signed == 1 else "tekenden"
    return [
        Ask(
            kind=AskKind.COVENANT,
            title=f"{waiting} {words} nog niet ondertekend",
            detail=f"{version.covenant.title}: {signed} van {members} leden {verb}",
            url=reverse(
                "covenants:round-progress", args=[coalition.slug, version.covenant.slug, version.number]
            ),
            action="Bekijk wie nog tekent",
            due=timezone.localdate(version.closes_at - A_MOMENT),
        )
    ]


def _oldest_that_binds(version: Any, versions: list[Any], *, on: datetime.date) -> int:
    """The lowest version whose signature holds for `version` too, as `register.bound_by` says it of
    one signature: past a text that asks everybody to sign again none does."""
    oldest = version.number
    earlier = [
        one
        for one in versions
        if one.covenant_id == version.covenant_id
        and one.number <= version.number
        and one.state != VersionState.DRAFT
    ]
    for one in sorted(earlier, key=lambda one: one.number, reverse=True):
        oldest = one.number
        starts = one.effective_on or timezone.localdate(one.second_at)
        if one.resign_rule == ResignRule.RESIGN_ALL or starts > on:
            break
    return oldest


def _comments(coalition: Coalition, version: Any) -> Ask:
    count = version.comments_waiting
    return Ask(
        kind=AskKind.COVENANT,
        title="Beantwoord 1 opmerking" if count == 1 else f"Beantwoord {count} opmerkingen",
        detail=f"Over het concept van versie {version.number} van {version.covenant.title}",
        url=reverse("covenants:draft-detail", args=[coalition.slug, version.covenant.slug]),
        action="Lees en antwoord",
    )
