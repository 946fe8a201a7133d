"""What is new in the coalitions of somebody because of what they do: messages and meetings."""

import datetime
from typing import Any

from actions.models import AnnouncementState, Meeting, MeetingState, MessageDelivery
from coalitions.access import Permission, coalition_ids_with
from partners.models import Person
from portal.hooks import News


def news_for(person: Any, *, since: datetime.datetime) -> list[News]:
    """Messages that did not come as a mail of their own, and meetings that were announced or held."""
    coalitions = coalition_ids_with(person, Permission.MEETING_READ)
    if not coalitions:
        return []
    return [*_messages(person, coalitions, since), *_meetings(coalitions, since)]


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
        )
        for one in found
    ]


def _meetings(coalitions: list[int], since: datetime.datetime) -> list[News]:
    """New meetings that everybody may come to, and minutes that were fixed."""
    open_ones = Meeting.objects.filter(
        coalition__in=coalitions, state=MeetingState.INVITED, is_open=True, changed_at__gt=since, sequence=0
    )
    fixed = Meeting.objects.filter(coalition__in=coalitions, minutes__fixed_at__gt=since)
    return [
        *(
            News(line=f"{one.coalition}: nieuwe bijeenkomst ‘{one}’", url=one.get_absolute_url())
            for one in open_ones.select_related("coalition").order_by("starts_at", "pk")
        ),
        *(
            News(line=f"{one.coalition}: verslag van ‘{one}’", url=one.get_absolute_url())
            for one in fixed.select_related("coalition").order_by("starts_at", "pk")
        ),
    ]
