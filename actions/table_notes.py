"""Questions for the tables of a meeting, and what the tables said."""

from actions.attendance import held
from actions.meetings import locked
from actions.models import Meeting, MeetingState, Question, TableNote
from partners.models import Person
from portal.acts import Refused, act


class MeetingCancelled(Refused):
    def __init__(self, meeting: Meeting) -> None:
        super().__init__(f"‘{meeting}’ gaat niet door. Er komen geen vragen of notities bij.")


class QuestionHasNotes(Refused):
    def __init__(self, question: Question) -> None:
        super().__init__(f"Bij ‘{question.text}’ staan al notities. Haal die eerst weg.")


class NoteBecameSomething(Refused):
    def __init__(self) -> None:
        super().__init__("Van deze notitie is al iets gemaakt. Maak haar eerst los bij de opbrengst.")


def add_question(*, meeting: Meeting, text: str, by: Person) -> Question:
    """One more question for the tables."""
    with act(by=by):
        meeting = locked(meeting)
        if meeting.state == MeetingState.CANCELLED:
            raise MeetingCancelled(meeting)
        last = meeting.questions.order_by("-number").values_list("number", flat=True).first() or 0
        question = Question(meeting=meeting, number=last + 1, text=text.strip())
        question.full_clean()
        question.save(force_insert=True)
    return question


def remove_question(*, question: Question, by: Person) -> None:
    """A question to which no table said anything goes."""
    with act(by=by):
        locked(question.meeting)
        if question.table_notes.exists():
            raise QuestionHasNotes(question)
        question.delete()


def write(
    *, meeting: Meeting, question: Question | None, table_number: int, text: str, by: Person
) -> TableNote:
    """One thing that one table said."""
    with act(by=by):
        note = TableNote(
            meeting=held(meeting),
            question=question,
            table_number=table_number,
            text=text.strip(),
            written_by=by,
        )
        note.full_clean(exclude=["written_at"])
        note.save(force_insert=True)
    return note


def rewrite(*, note: TableNote, text: str, by: Person) -> TableNote:
    """Other words for what a table said."""
    with act(by=by):
        note = TableNote.objects.select_for_update(no_key=True).get(pk=note.pk)
        note.text = text.strip()
        note.full_clean()
        note.save(update_fields=["text"])
    return note


def remove(*, note: TableNote, by: Person) -> None:
    """A note that should not have been written goes; the history knows that it was there."""
    with act(by=by):
        locked(note.meeting)
        if note.outcomes.exists():
            raise NoteBecameSomething
        note.delete()
