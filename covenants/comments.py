"""Organisations say what they think of a draft, part by part, and the coordinator answers."""

from django.utils import timezone

from covenants.block_edits import locked
from covenants.layout import lay_out
from covenants.models import Comment, CovenantVersion
from partners.models import Organisation, Person
from portal.acts import Refused, act


class NoLongerADraft(Refused):
    def __init__(self) -> None:
        super().__init__("De tekst staat vast. Reageren kan alleen op een concept.")


class PartGone(Refused):
    def __init__(self) -> None:
        super().__init__(
            "Dit deel van de tekst is intussen weggehaald. Kies een ander deel om op te reageren."
        )


class NothingSaid(Refused):
    def __init__(self, words: str) -> None:
        super().__init__(words)


class AlreadyAnswered(Refused):
    def __init__(self, comment: Comment) -> None:
        super().__init__(f"{comment.resolved_by} heeft deze opmerking al afgehandeld.")


def add(
    *, version: CovenantVersion, block_key: str, organisation: Organisation, text: str, by: Person
) -> Comment:
    """What `organisation` says about one part of the draft, written by `by`."""
    with act(by=by):
        version = locked(version)
        if not version.is_draft or version.is_being_sealed:
            raise NoLongerADraft
        if lay_out(version.blocks).section_of(block_key) is None:
            raise PartGone
        if not text.strip():
            raise NothingSaid("Schrijf op wat je van dit deel vindt.")
        comment = Comment(
            version=version, block_key=block_key, organisation=organisation, author=by, text=text.strip()
        )
        comment.full_clean(exclude=["written_at"])
        comment.save(force_insert=True)
    return comment


def answer(*, comment: Comment, text: str, by: Person) -> Comment:
    """The coordinator answers, and with that the comment is settled."""
    with act(by=by):
        comment = (
            Comment.objects.select_for_update(of=("self",), no_key=True)
            .select_related("resolved_by")
            .get(pk=comment.pk)
        )
        if comment.resolved_at is not None:
            raise AlreadyAnswered(comment)
        if not text.strip():
            raise NothingSaid("Schrijf kort wat je met deze opmerking doet.")
        comment.answer = text.strip()
        comment.resolved_by, comment.resolved_at = by, timezone.now()
        comment.full_clean()
        comment.save(update_fields=["answer", "resolved_by", "resolved_at"])
    return comment
