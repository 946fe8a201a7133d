"""Everything on the page of one meeting."""

from typing import Any

from django.db.models import Prefetch

from actions import meetings, new_members
from actions.meeting_forms import AnswerForm
from actions.models import Meeting, MeetingInvitation, Response, TableNote
from actions.models.meetings import HELD_STATES
from coalitions.menu import is_formal
from coalitions.models import Seat, SeatLevel
from partners.models import Person

ORDER = (Response.YES, Response.WAITING, Response.MAYBE, Response.NONE, Response.NO)


def page_of(meeting: Meeting, person: Person, *, form: AnswerForm | None = None) -> dict[str, Any]:
    """The facts of the page; `form` is an answer that was not right."""
    invitations = list(invited(meeting))
    own = next((one for one in invitations if one.person_id == person.pk), None)
    is_held = meeting.state in HELD_STATES
    last, joined = new_members.since_last_time(meeting)
    return {
        "coalition": meeting.coalition,
        "meeting": meeting,
        "manages": meetings.managed_by(person, meeting.coalition).filter(pk=meeting.pk).exists(),
        "own": own,
        "form": form or _answer_form(own, person),
        "may_register": own is None and meeting.is_open and meeting.takes_answers,
        "invitations": invitations,
        "answers": [(answer.label, _count(invitations, answer)) for answer in ORDER],
        "agenda": meeting.agenda_items.all(),
        "speakers": meeting.speakers.all(),
        "last": last,
        "joined": [one.organisation for one in joined],
        "is_held": is_held,
        "attendances": present(meeting) if is_held else (),
        "questions": meeting.questions.prefetch_related(
            Prefetch("table_notes", TableNote.objects.order_by("table_number", "pk"))
        ),
        "loose_notes": meeting.table_notes.filter(question__isnull=True),
        "decisions": meeting.decisions.select_related("owner"),
        "minutes": getattr(meeting, "minutes", None) if is_held else None,
        "is_formal": is_formal(person),
    }


def invited(meeting: Meeting) -> list[MeetingInvitation]:
    """Who is invited, each with the levels at which she has a seat; two queries."""
    seats = Seat.objects.current().filter(
        membership__coalition=meeting.coalition,
        representative__person__meeting_invitations__meeting=meeting,
    )
    levels: dict[int, set[str]] = {}
    for person, level in seats.values_list("representative__person", "level"):
        levels.setdefault(person, set()).add(level)
    found = list(meeting.invitations.select_related("person").order_by("person__sort_key", "pk"))
    for invitation in found:
        at = levels.get(invitation.person_id, set())
        invitation.level_words = ", ".join(level.label for level in SeatLevel if level in at)
    return sorted(found, key=lambda one: ORDER.index(Response(one.response)))


def present(meeting: Meeting) -> Any:
    """Who was there."""
    return meeting.attendances.select_related("person", "organisation").order_by("person__sort_key", "pk")


def _count(invitations: list[MeetingInvitation], answer: str) -> int:
    return sum(one.response == answer for one in invitations)


def _answer_form(own: MeetingInvitation | None, person: Person) -> AnswerForm | None:
    if own is None:
        return None
    shown = Response.YES if own.response == Response.WAITING else own.response
    return AnswerForm(initial={"response": shown, "deputy": own.deputy}, is_formal=is_formal(person))
