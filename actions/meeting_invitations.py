"""People are invited to a meeting and say whether they come; a full meeting has a waiting list."""

from django.db.models import QuerySet
from django.utils import timezone

from actions.meeting_mails import tell
from actions.meetings import MeetingIsOver, locked
from actions.models import Meeting, MeetingInvitation, MeetingState, NoticeKind, Response
from actions.models.meeting_invitations import COMING
from actions.models.meetings import TO_COME_STATES
from coalitions.groups import participants
from partners.models import Person
from portal.acts import Refused, act


class NotInvited(Refused):
    def __init__(self, meeting: Meeting) -> None:
        super().__init__(
            f"Voor ‘{meeting}’ kun je je niet zelf aanmelden. Vraag de coördinator om een uitnodiging."
        )


class NoMoreAnswers(Refused):
    def __init__(self, meeting: Meeting) -> None:
        super().__init__(f"‘{meeting}’ is geweest of gaat niet door. Antwoorden kan niet meer.")


def invite(*, meeting: Meeting, people: QuerySet[Person], by: Person) -> int:
    """Put `people` who take part in the coalition on the list; how many are new.

    While the meeting is a draft nobody hears of it; announcing it sends the mails.
    """
    with act(by=by):
        meeting = locked(meeting)
        if meeting.state not in TO_COME_STATES:
            raise MeetingIsOver(meeting)
        chosen = participants(meeting.coalition).filter(pk__in=people.order_by().values("pk"), is_active=True)
        new = chosen.exclude(meeting_invitations__meeting=meeting)
        invitations = MeetingInvitation.objects.bulk_create(
            MeetingInvitation(meeting=meeting, person=person, invited_by=by) for person in new
        )
        if meeting.state == MeetingState.INVITED:
            tell(meeting, NoticeKind.INVITED)
    return len(invitations)


def withdraw(*, invitation: MeetingInvitation, by: Person) -> None:
    """Take somebody off the list, as long as she did not answer."""
    with act(by=by):
        locked(invitation.meeting)
        if not MeetingInvitation.objects.filter(pk=invitation.pk, response=Response.NONE).exists():
            raise Refused(f"{invitation.person} heeft al geantwoord en blijft op de lijst staan.")
        invitation.delete()


def register(*, meeting: Meeting, by: Person) -> MeetingInvitation:
    """`by` puts herself on the list of a meeting that is open to the whole coalition."""
    with act(by=by):
        meeting = locked(meeting)
        if not (meeting.is_open and participants(meeting.coalition).filter(pk=by.pk).exists()):
            raise NotInvited(meeting)
        invitation, _ = MeetingInvitation.objects.get_or_create(meeting=meeting, person=by)
        return answer(invitation=invitation, response=Response.YES, by=by)


def answer(
    *, invitation: MeetingInvitation, response: str, by: Person, deputy: str = ""
) -> MeetingInvitation:
    """Write whether somebody comes. Of two for the last place one comes on the waiting list; who
    gives up a place passes it on to the first who waits."""
    with act(by=by):
        meeting = locked(invitation.meeting)
        if not meeting.takes_answers:
            raise NoMoreAnswers(meeting)
        # The meeting is locked, so that answers come one after the other.
        invitation = meeting.invitations.select_related("meeting__coalition", "person").get(pk=invitation.pk)
        had_a_place = invitation.response == Response.YES
        if response in COMING:
            response = Response.YES if had_a_place or _has_place(meeting) else Response.WAITING
        keeps_its_turn = invitation.response == response == Response.WAITING
        invitation.response = response
        invitation.deputy = deputy.strip() if response in COMING else ""
        if not keeps_its_turn:
            invitation.answered_at = timezone.now()
        invitation.full_clean()
        invitation.save(update_fields=["response", "deputy", "answered_at"])
        fill_free_places(meeting)
    return invitation


def fill_free_places(meeting: Meeting) -> None:
    """Who waits longest gets each place that is free, and hears it; the meeting is locked."""
    for invitation in meeting.invitations.waiting():
        if not _has_place(meeting):
            return
        invitation.response = Response.YES
        invitation.save(update_fields=["response"])
        tell(meeting, NoticeKind.PLACE_FREE, only=invitation)


def _has_place(meeting: Meeting) -> bool:
    return meeting.capacity is None or meeting.invitations.coming().count() < meeting.capacity
