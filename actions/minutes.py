"""The minutes of a meeting are written, and fixed for good."""

from django.utils import timezone

from actions.attendance import held
from actions.meetings import IllegalMeetingStep, moved
from actions.models import Meeting, MeetingState, Minutes
from partners.models import Person
from portal.acts import Refused, act


class AlreadyFixed(Refused):
    def __init__(self) -> None:
        super().__init__("Dit verslag is vastgesteld en verandert niet meer.")


def write(*, meeting: Meeting, text: str, by: Person) -> Minutes:
    """Write or rewrite the draft; the first time the meeting moves on."""
    with act(by=by):
        meeting = held(meeting)
        if meeting.state == MeetingState.MINUTES_FIXED:
            raise AlreadyFixed
        minutes = Minutes.objects.filter(meeting=meeting).first() or Minutes(meeting=meeting)
        minutes.text, minutes.written_by = text.strip(), by
        minutes.full_clean()
        minutes.save()
        if meeting.state == MeetingState.HELD:
            moved(meeting, MeetingState.MINUTES_DRAFT)
    return minutes


def fix(*, meeting: Meeting, by: Person) -> Minutes:
    """The minutes stay as they are from now on."""
    with act(by=by):
        meeting = held(meeting)
        if meeting.state != MeetingState.MINUTES_DRAFT:
            raise IllegalMeetingStep(meeting, MeetingState.MINUTES_FIXED)
        minutes = meeting.minutes
        minutes.fixed_at, minutes.fixed_by = timezone.now(), by
        minutes.full_clean()
        minutes.save(update_fields=["fixed_at", "fixed_by"])
        moved(meeting, MeetingState.MINUTES_FIXED)
    return minutes
