"""What is new in somebody's coalitions: members, working groups, agreements and documents."""

import datetime
from typing import Any

from django.db.models import Count, Max
from django.urls import reverse

from coalitions.access import Permission, coalition_ids_with
from coalitions.models import (
    Agreement,
    GroupState,
    MembershipStep,
    WorkingGroup,
    WorkingGroupDocument,
)
from coalitions.models.memberships import MembershipState
from portal.hooks import News, NewsKind


def news_for(person: Any, *, since: datetime.datetime) -> list[News]:
    """Lines about everything since; each kind in one query."""
    coalitions = coalition_ids_with(person, Permission.MEMBERS_READ)
    if not coalitions:
        return []
    day = since.date()
    return [
        *_members(coalitions, since),
        *_groups(coalitions, day),
        *_documents(person, since),
        *_agreements(coalitions, day),
    ]


def _members(coalitions: list[int], since: datetime.datetime) -> list[News]:
    rows = (
        MembershipStep.objects.filter(
            membership__coalition__in=coalitions,
            to_state=MembershipState.MEMBER,
            recorded_at__gt=since,
        )
        .exclude(from_state=MembershipState.DORMANT)
        .order_by("membership__coalition__sort_key")
        .values_list("membership__coalition", "membership__coalition__name", "membership__coalition__slug")
        .annotate(count=Count("membership", distinct=True), one=Max("membership__organisation__name"))
    )
    return [
        News(
            line=f"{name}: {one} is lid geworden"
            if count == 1
            else f"{name}: {count} organisaties zijn lid geworden",
            url=reverse("coalitions:member-list", args=[slug]),
            coalition_id=pk,
            kind=NewsKind.MEMBERS,
        )
        for pk, name, slug, count, one in rows
    ]


def _groups(coalitions: list[int], day: datetime.date) -> list[News]:
    groups = WorkingGroup.objects.filter(coalition__in=coalitions).select_related("coalition")
    proposed = groups.filter(state=GroupState.PROPOSED, proposed_on__gte=day)
    started = groups.filter(state=GroupState.ACTIVE, started_on__gte=day)
    found = [
        *((one, f"{one.coalition}: voorstel voor een groep ‘{one}’") for one in proposed),
        *((one, f"{one.coalition}: de groep ‘{one}’ is gestart") for one in started),
    ]
    return [_of_groups(one.coalition_id, line, one.get_absolute_url()) for one, line in found]


def _documents(person: Any, since: datetime.datetime) -> list[News]:
    from coalitions.models import WorkingGroupSeat

    mine = WorkingGroupSeat.objects.current().filter(person=person).values("group")
    documents = WorkingGroupDocument.objects.filter(group__in=mine, added_at__gt=since).select_related(
        "group__coalition"
    )
    return [
        _of_groups(
            one.group.coalition_id, f"{one.group}: nieuw document ‘{one}’", one.group.get_absolute_url()
        )
        for one in documents
    ]


def _agreements(coalitions: list[int], day: datetime.date) -> list[News]:
    agreements = Agreement.objects.filter(coalition__in=coalitions, valid_from__gte=day).select_related(
        "coalition"
    )
    return [
        _of_groups(
            one.coalition_id,
            f"{one.coalition}: nieuwe afspraak ‘{one.title}’",
            reverse("coalitions:agreement-list", args=[one.coalition.slug]),
        )
        for one in agreements
    ]


def _of_groups(coalition_id: int, line: str, url: str) -> News:
    return News(line=line, url=url, coalition_id=coalition_id, kind=NewsKind.GROUPS)
