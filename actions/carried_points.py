"""Points that a meeting did not get to go on to the next meeting of its series."""

from collections.abc import Iterable

from django.db.models import QuerySet

from actions.meetings import locked
from actions.models import AgendaItem, Meeting
from actions.models.meetings import HELD_STATES, TO_COME_STATES
from partners.models import Person
from portal.acts import Refused, act


class NoNextMeeting(Refused):
    def __init__(self, meeting: Meeting) -> None:
        super().__init__(
            f"Na ‘{meeting}’ staat er nog geen bijeenkomst van deze reeks gepland. Plan die eerst."
            if meeting.series_id
            else f"‘{meeting}’ hoort bij geen reeks. Er is dus geen volgende keer."
        )


class NotLeftOver(Refused):
    def __init__(self) -> None:
        super().__init__("Een van deze punten is al doorgeschoven, of hoort bij een andere bijeenkomst.")


def left_over(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The points of a meeting that took place that did not go on to a next one."""
    if meeting.state not in HELD_STATES:
        return meeting.agenda_items.none()
    return meeting.agenda_items.filter(carried_to__isnull=True)


def next_of(meeting: Meeting) -> Meeting | None:
    """The first meeting to come of the same series that follows this one."""
    if meeting.series_id is None:
        return None
    later = Meeting.objects.filter(
        series=meeting.series_id, state__in=TO_COME_STATES, starts_at__gt=meeting.starts_at
    )
    return later.order_by("starts_at", "pk").first()


def carry_on(*, meeting: Meeting, items: Iterable[AgendaItem], by: Person) -> Meeting:
    """Put these points at the end of the next meeting of the series; which one that is."""
    with act(by=by):
        meeting = locked(meeting)
        following = next_of(meeting)
        if following is None:
            raise NoNextMeeting(meeting)
        following = locked(following)
        wanted = {item.pk for item in items}
        found = list(left_over(meeting).filter(pk__in=wanted))
        if len(found) != len(wanted):
            raise NotLeftOver
        last = following.agenda_items.order_by("-number").values_list("number", flat=True).first() or 0
        for number, item in enumerate(found, start=last + 1):
            carried = AgendaItem(
                meeting=following,
                number=number,
                title=item.title,
                kind=item.kind,
                minutes=item.minutes,
                presenter=item.presenter,
                carried_from=item,
            )
            carried.full_clean()
            carried.save(force_insert=True)
    return following
