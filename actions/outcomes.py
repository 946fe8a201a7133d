"""A note of a table becomes a bottleneck, a dream, a gem, an agreement, a condition or an action."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import Truncator

from actions import bottlenecks, practices, work
from actions.models import Bottleneck, NoteOutcome, OriginKind, TableNote
from coalitions import conditions
from coalitions.models import Condition, ConditionScore, Membership
from partners.models import OrganisationType, Person
from portal.acts import Refused, act

SENTENCE = 250


class OfAnotherCoalition(Refused):
    def __init__(self) -> None:
        super().__init__("Dit hoort bij een andere coalitie. Kies iets van deze coalitie.")


def become_bottleneck(*, note: TableNote, kind: str, by: Person) -> NoteOutcome:
    """Something that stands in the way, or a dream, with the words of the table."""
    with act(by=by):
        short = Truncator(note.text).chars(SENTENCE)
        bottleneck = bottlenecks.collect(
            coalition=note.meeting.coalition,
            by=by,
            kind=kind,
            text=short,
            explanation="" if short == note.text else note.text,
            origin=OriginKind.MEETING,
            origin_note=Truncator(str(note.meeting)).chars(200),
        )
        return _keep(note, by, bottleneck=bottleneck)


def join_bottleneck(*, note: TableNote, bottleneck: Bottleneck, by: Person) -> NoteOutcome:
    """Another table said the same: the note belongs to what is there already."""
    if bottleneck.coalition_id != note.meeting.coalition_id:
        raise OfAnotherCoalition
    with act(by=by):
        return _keep(note, by, bottleneck=bottleneck)


def become_practice(*, note: TableNote, title: str, owner: Membership, by: Person) -> NoteOutcome:
    """A gem, still local; who did it first writes the rest."""
    with act(by=by):
        practice = practices.write_down(
            coalition=note.meeting.coalition, title=title, owner=owner, problem=note.text, by=by
        )
        return _keep(note, by, practice=practice)


def become_action(*, note: TableNote, title: str, by: Person) -> NoteOutcome:
    """An action that may come."""
    with act(by=by):
        action = work.propose(coalition=note.meeting.coalition, title=title.strip(), why=note.text, by=by)
        return _keep(note, by, action=action)


def become_agreement(
    *, note: TableNote, title: str, party_types: Iterable[OrganisationType], by: Person
) -> NoteOutcome:
    """An agreement between kinds of organisations, from today."""
    with act(by=by):
        agreement = conditions.write_agreement(
            coalition=note.meeting.coalition,
            title=title.strip(),
            party_types=party_types,
            version="1",
            valid_from=timezone.localdate(),
            review_on=None,
            by=by,
        )
        return _keep(note, by, agreement=agreement)


def become_score(*, note: TableNote, condition: Condition, score: str, by: Person) -> NoteOutcome:
    """How a condition of the coalition stood in the year of the meeting."""
    coalition, year = note.meeting.coalition, note.meeting.day.year
    if condition.coalition_id not in {None, coalition.pk}:
        raise OfAnotherCoalition
    with act(by=by):
        conditions.score_year(coalition=coalition, year=year, scores={condition: (score, note.text)}, by=by)
        row = ConditionScore.objects.get(coalition=coalition, condition=condition, year=year)
        return _keep(note, by, score=row)


def detach(*, outcome: NoteOutcome, by: Person) -> None:
    """The note does not belong there after all; what came of it stays."""
    with act(by=by):
        outcome.delete()


def heard(**target: Any) -> QuerySet[TableNote]:
    """The notes that became this thing, with where they were heard; `target` names it."""
    found = NoteOutcome.objects.filter(**target).order_by().values("note")
    return (
        TableNote.objects.filter(pk__in=found)
        .select_related("meeting__coalition", "question")
        .order_by("meeting__starts_at", "table_number", "pk")
    )


def _keep(note: TableNote, by: Person, **target: Any) -> NoteOutcome:
    outcome = NoteOutcome(note=note, made_by=by, **target)
    outcome.full_clean(exclude=["made_at"])
    outcome.save(force_insert=True)
    return outcome
