"""Everything on the page of one meeting."""

from collections import defaultdict
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from actions import meetings, new_members
from actions.meeting_forms import AnswerForm
from actions.models import Meeting, MeetingInvitation, Question, Response, Speaker, TableNote
from actions.models.meetings import HELD_STATES, TO_COME_STATES
from actions.presenters.outcomes import Became, became, with_outcomes
from coalitions.menu import is_formal
from coalitions.models import Coalition, Seat, SeatLevel
from partners.models import Person

ORDER = (Response.YES, Response.WAITING, Response.MAYBE, Response.NONE, Response.NO)


def for_page(person: Person, coalition: Coalition) -> QuerySet[Any]:
    """The meetings that `person` may know of, with what their page shows of each: whether she plans it,
    who speaks and what the tables were asked."""
    managed = meetings.managed_by(person, coalition).filter(pk=OuterRef("pk"))
    speakers = Speaker.objects.filter(meeting=OuterRef("pk")).order_by("pk")
    speaker = JSONObject(pk="pk", name="name", function="function")
    questions = Question.objects.filter(meeting=OuterRef("pk")).order_by("number")
    return (
        meetings.readable_by(person, coalition)
        .select_related("minutes")
        .annotate(
            manages=Exists(managed),
            speaking=ArraySubquery(speakers.values(one=speaker)),
            asked=ArraySubquery(questions.values(one=JSONObject(pk="pk", text="text"))),
        )
    )


def page_of(meeting: Any, person: Person, *, form: AnswerForm | None = None) -> dict[str, Any]:
    """The facts on the page of a meeting of `for_page`; `form` is an answer that was not right. Seven
    queries."""
    invitations = invited(meeting)
    own = next((one for one in invitations if one.person_id == person.pk), None)
    is_held = meeting.state in HELD_STATES
    last, joined = new_members.since_last_time(meeting)
    notes = _notes_of(meeting)
    return {
        "coalition": meeting.coalition,
        "meeting": meeting,
        "manages": meeting.manages,
        "own": own,
        "form": form or _answer_form(own, person),
        "may_register": own is None and meeting.is_open and meeting.takes_answers,
        "invitations": invitations,
        "answers": [(answer.label, _count(invitations, answer)) for answer in ORDER],
        "agenda": meeting.agenda_items.select_related("carried_from__meeting", "carried_to__meeting"),
        "last": last,
        "joined": [one.organisation for one in joined],
        "is_held": is_held,
        "is_to_come": meeting.state in TO_COME_STATES,
        "attendances": present(meeting) if is_held else (),
        "questions": [(question, notes[question["pk"]]) for question in meeting.asked],
        "loose_notes": notes[None],
        "decisions": meeting.decisions.select_related("owner"),
        "minutes": getattr(meeting, "minutes", None) if is_held else None,
        "is_formal": is_formal(person),
    }


def invited(meeting: Meeting) -> list[Any]:
    """Who is invited, each with the levels at which she has a seat. One query."""
    seats = Seat.objects.current().filter(
        membership__coalition=meeting.coalition_id, representative__person=OuterRef("person")
    )
    found = list(
        meeting.invitations.select_related("person")
        .annotate(levels=ArraySubquery(seats.order_by().values("level").distinct()))
        .order_by("person__sort_key", "pk")
    )
    for invitation in found:
        words = [level.label for level in SeatLevel if level in invitation.levels]
        invitation.level_words = ", ".join(words)
    return sorted(found, key=lambda one: ORDER.index(Response(one.response)))


def _notes_of(meeting: Meeting) -> dict[int | None, list[tuple[TableNote, list[Became]]]]:
    """What the tables said and what became of it, by question; under None what was said to no question.
    One query."""
    notes: dict[int | None, list[tuple[TableNote, list[Became]]]] = defaultdict(list)
    for note in with_outcomes(meeting.table_notes.order_by("table_number", "pk")):
        notes[note.question_id].append((note, became(note, meeting.coalition)))
    return notes


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
