"""Meetings are planned, announced, changed, held or cancelled."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from actions.meeting_mails import tell
from actions.models import AgendaItem, Meeting, MeetingSeries, MeetingState, NoticeKind, Speaker
from actions.models.meetings import MEETING_MOVES, TO_COME_STATES
from coalitions.access import Permission, Scope, can, groups_within, scopes_of
from coalitions.models import Coalition
from partners.models import Person
from portal.acts import Refused, act
from portal.numbers import counted

FACTS = (
    "series",
    "group",
    "kind",
    "title",
    "theme_text",
    "starts_at",
    "ends_at",
    "place",
    "online_url",
    "capacity",
    "is_open",
    "is_public",
)
# What stands in the calendars of who is invited; a change of these is told.
TOLD = ("title", "starts_at", "ends_at", "place", "online_url")


class IllegalMeetingStep(Refused):
    def __init__(self, meeting: Meeting, to: str) -> None:
        super().__init__(
            f"‘{meeting}’ staat nu op ‘{meeting.get_state_display()}’. "
            f"Van daar kan de stap naar ‘{MeetingState(to).label}’ niet."
        )


class MeetingIsOver(Refused):
    def __init__(self, meeting: Meeting) -> None:
        super().__init__(
            f"‘{meeting}’ is al geweest of gaat niet door. Tijd, plaats en programma veranderen niet meer."
        )


class NotYetHeld(Refused):
    def __init__(self, meeting: Meeting) -> None:
        super().__init__(f"‘{meeting}’ is nog niet begonnen. Dit kan vanaf het begin van de bijeenkomst.")


class TooFewPlaces(Refused):
    def __init__(self, coming: int) -> None:
        places = counted(coming, "plaats", "plaatsen")
        super().__init__(f"Aangemeld: {counted(coming, 'persoon', 'mensen')}. Vul minstens {places} in.")


class SeriesOfAnother(Refused):
    def __init__(self) -> None:
        super().__init__("Deze reeks of groep hoort bij een andere coalitie. Kies een andere.")


def readable_by(person: Person, coalition: Coalition) -> QuerySet[Meeting]:
    """The meetings of `coalition` that `person` may know of; a draft only who prepares it."""
    if not can(person, Permission.MEETING_READ, coalition):
        return coalition.meetings.none()
    return coalition.meetings.announced() | managed_by(person, coalition)


def managed_by(person: Person, coalition: Coalition) -> QuerySet[Meeting]:
    """The meetings that `person` plans: all for a coordinator, of her own groups for a lead."""
    if not can(person, Permission.MEETING_PLAN, coalition):
        return coalition.meetings.none()
    if _plans_all(person, coalition):
        return coalition.meetings.all()
    return coalition.meetings.filter(group__in=groups_within(person, Permission.MEETING_PLAN, coalition))


def _plans_all(person: Person, coalition: Coalition) -> bool:
    return Scope.ALL in scopes_of(person, Permission.MEETING_PLAN, coalition)


def plan(*, coalition: Coalition, by: Person, **facts: Any) -> Meeting:
    """A meeting that only who prepares it sees."""
    with act(by=by):
        meeting = Meeting(coalition=coalition, planned_by=by)
        _write(meeting, facts)
        meeting.full_clean()
        meeting.save(force_insert=True)
    return meeting


def change(*, meeting: Meeting, by: Person, **facts: Any) -> Meeting:
    """Write facts of a meeting to come; who is invited hears of a change of time or place."""
    with act(by=by):
        meeting = locked(meeting)
        if meeting.state not in TO_COME_STATES:
            raise MeetingIsOver(meeting)
        before = {name: getattr(meeting, name) for name in TOLD}
        _write(meeting, facts)
        coming = meeting.invitations.coming().count()
        if meeting.capacity is not None and meeting.capacity < coming:
            raise TooFewPlaces(coming)
        is_told = any(before[name] != getattr(meeting, name) for name in TOLD)
        _touch(meeting, is_new_sequence=is_told)
        meeting.full_clean()
        meeting.save(update_fields=[*FACTS, "sequence", "changed_at"])
        if is_told and meeting.state == MeetingState.INVITED:
            tell(meeting, NoticeKind.CHANGED)
        from actions.meeting_invitations import fill_free_places

        fill_free_places(meeting)
    return meeting


def announce(*, meeting: Meeting, by: Person) -> Meeting:
    """The coalition sees the meeting; who was put on the list is invited by mail."""
    with act(by=by):
        meeting = _moved(meeting, MeetingState.INVITED)
        tell(meeting, NoticeKind.INVITED)
    return meeting


def cancel(*, meeting: Meeting, reason: str, by: Person) -> Meeting:
    """The meeting does not go on; calendars hear it, and who is invited by mail."""
    with act(by=by):
        was_told = locked(meeting).state == MeetingState.INVITED
        meeting = _moved(meeting, MeetingState.CANCELLED, is_new_sequence=True, cancel_reason=reason.strip())
        if was_told:
            tell(meeting, NoticeKind.CANCELLED)
    return meeting


def hold(*, meeting: Meeting, by: Person) -> Meeting:
    """The meeting takes or took place; from now on presence, notes and decisions are written."""
    with act(by=by):
        if locked(meeting).starts_at > timezone.now():
            raise NotYetHeld(meeting)
        return _moved(meeting, MeetingState.HELD)


def add_series(*, coalition: Coalition, name: str, by: Person) -> MeetingSeries:
    """A new series of meetings."""
    with act(by=by):
        series = MeetingSeries(coalition=coalition, name=name.strip())
        series.full_clean()
        series.save(force_insert=True)
    return series


def add_agenda_item(*, meeting: Meeting, by: Person, **facts: Any) -> AgendaItem:
    """One more point at the end of the programme."""
    with act(by=by):
        meeting = _to_come(meeting)
        last = meeting.agenda_items.order_by("-number").values_list("number", flat=True).first() or 0
        item = AgendaItem(meeting=meeting, number=last + 1, **facts)
        item.full_clean()
        item.save(force_insert=True)
    return item


def remove_agenda_item(*, item: AgendaItem, by: Person) -> None:
    """The point goes, and those after it move up."""
    with act(by=by):
        meeting = _to_come(item.meeting)
        item.delete()
        for number, other in enumerate(meeting.agenda_items.all(), start=1):
            if other.number != number:
                other.number = number
                other.save(update_fields=["number"])


def lift_agenda_item(*, item: AgendaItem, by: Person) -> None:
    """The point changes places with the one before it; the first stays."""
    with act(by=by):
        meeting = _to_come(item.meeting)
        item = meeting.agenda_items.get(pk=item.pk)
        before = meeting.agenda_items.filter(number=item.number - 1).first()
        if before is None:
            return
        before.number, item.number = item.number, before.number
        before.save(update_fields=["number"])
        item.save(update_fields=["number"])


def add_speaker(*, meeting: Meeting, name: str, function: str, by: Person) -> Speaker:
    """Somebody who speaks."""
    with act(by=by):
        speaker = Speaker(meeting=_to_come(meeting), name=name.strip(), function=function.strip())
        speaker.full_clean()
        speaker.save(force_insert=True)
    return speaker


def remove_speaker(*, speaker: Speaker, by: Person) -> None:
    """Somebody who speaks no longer."""
    with act(by=by):
        _to_come(speaker.meeting)
        speaker.delete()


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands now, held until the act ends."""
    return (
        Meeting.objects.select_for_update(of=("self",), no_key=True)
        .select_related("coalition")
        .get(pk=meeting.pk)
    )


def moved(meeting: Meeting, to: str) -> Meeting:
    """The meeting in its next state; part of the act of somebody else."""
    return _moved(meeting, to)


def _to_come(meeting: Meeting) -> Meeting:
    meeting = locked(meeting)
    if meeting.state not in TO_COME_STATES:
        raise MeetingIsOver(meeting)
    return meeting


def _write(meeting: Meeting, facts: dict[str, Any]) -> None:
    for name in FACTS:
        if name in facts:
            value = facts[name]
            setattr(meeting, name, value.strip() if isinstance(value, str) else value)
    for belonging in (meeting.series, meeting.group):
        if belonging is not None and belonging.coalition_id != meeting.coalition_id:
            raise SeriesOfAnother


def _touch(meeting: Meeting, *, is_new_sequence: bool) -> None:
    meeting.changed_at = max(timezone.now(), meeting.changed_at + datetime.timedelta(microseconds=1))
    meeting.sequence += is_new_sequence


def _moved(meeting: Meeting, to: str, *, is_new_sequence: bool = False, **facts: str) -> Meeting:
    meeting = locked(meeting)
    if to not in MEETING_MOVES.get(meeting.state, ()):
        raise IllegalMeetingStep(meeting, to)
    meeting.state = to
    for name, value in facts.items():
        setattr(meeting, name, value)
    _touch(meeting, is_new_sequence=is_new_sequence)
    meeting.full_clean()
    meeting.save(update_fields=["state", "sequence", "changed_at", *facts])
    return meeting
