"""What is new in the coalitions of somebody because of what they do: messages, meetings and actions."""

import datetime
from typing import Any

from django.db.models import Count, Max, QuerySet

from actions.models import (
    ActionState,
    ActionStep,
    AnnouncementState,
    Meeting,
    MeetingState,
    MessageDelivery,
    ProgressReport,
)
from actions.models.actions import OPEN_STATES
from coalitions.access import Permission, coalition_ids_with
from partners.models import Person
from portal.addresses import address_of
from portal.hooks import News, NewsKind


def news_for(person: Any, *, since: datetime.datetime) -> list[News]:
    """Messages that did not come as a mail of their own, meetings that were announced or held, actions that
    will come, and what others told of theirs."""
    meeting = coalition_ids_with(person, Permission.MEETING_READ)
    acting = coalition_ids_with(person, Permission.PROGRAMME_READ)
    return [
        *(_messages(person, meeting, since) if meeting else ()),
        *(_meetings(meeting, since) if meeting else ()),
        *(_actions(person, acting, since) if acting else ()),
    ]


def _messages(person: Person, coalitions: list[int], since: datetime.datetime) -> list[News]:
    found = (
        MessageDelivery.objects.filter(
            person=person,
            is_mailed=False,
            announcement__state=AnnouncementState.SENT,
            announcement__sent_at__gt=since,
            announcement__coalition__in=coalitions,
        )
        .select_related("announcement__coalition")
        .order_by("announcement__sent_at", "pk")
    )
    return [
        News(
            line=f"{one.announcement.coalition}: {one.announcement}",
            url=one.announcement.get_absolute_url(),
            coalition_id=one.announcement.coalition_id,
            kind=NewsKind.MESSAGES,
        )
        for one in found
    ]


def _meetings(coalitions: list[int], since: datetime.datetime) -> list[News]:
    """New meetings that everybody may come to, and minutes that were fixed."""
    open_ones = Meeting.objects.filter(
        coalition__in=coalitions, state=MeetingState.INVITED, is_open=True, changed_at__gt=since, sequence=0
    ).order_by("starts_at", "pk")
    fixed = Meeting.objects.filter(coalition__in=coalitions, minutes__fixed_at__gt=since).order_by(
        "starts_at", "pk"
    )
    found = [
        *((one, "nieuwe bijeenkomst") for one in open_ones.select_related("coalition")),
        *((one, "verslag van") for one in fixed.select_related("coalition")),
    ]
    return [
        News(
            line=f"{one.coalition}: {words} ‘{one}’",
            url=one.get_absolute_url(),
            coalition_id=one.coalition_id,
            kind=NewsKind.MEETINGS,
        )
        for one, words in found
    ]


def _actions(person: Person, coalitions: list[int], since: datetime.datetime) -> list[News]:
    """One line for each coalition on actions that were agreed on, and one on what others told of theirs."""
    planned = ActionStep.objects.filter(
        from_state__in=("", ActionState.IDEA), to_state__in=OPEN_STATES, recorded_at__gt=since
    ).exclude(recorded_by=person)
    told = ProgressReport.objects.told().filter(submitted_at__gt=since).exclude(author=person)
    return [
        *_counted(planned, coalitions, "nieuwe actie ‘{}’", "{} nieuwe acties"),
        *_counted(told, coalitions, "nieuws over de actie ‘{}’", "nieuws over {} acties"),
    ]


def _counted(rows: QuerySet, coalitions: list[int], one_word: str, many: str) -> list[News]:
    """How many actions these rows are about, or which one; one query."""
    found = (
        rows.filter(action__coalition__in=coalitions)
        .order_by("action__coalition__sort_key")
        .values_list("action__coalition", "action__coalition__name", "action__coalition__slug")
        .annotate(
            count=Count("action", distinct=True), title=Max("action__title"), number=Max("action__number")
        )
    )
    return [
        News(
            line=f"{name}: {one_word.format(title) if count == 1 else many.format(count)}",
            url=address_of("actions:action-detail", slug, number)
            if count == 1
            else address_of("actions:action-list", slug),
            coalition_id=pk,
            kind=NewsKind.ACTIONS,
        )
        for pk, name, slug, count, title, number in found
    ]
