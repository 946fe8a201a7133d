"""A programme is written, adopted and closed; each municipality writes its own chapter in it."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from actions.models import LocalChapter, Programme, ProgrammeState
from actions.models.programmes import PROGRAMME_MOVES
from coalitions.models import Coalition
from partners.models import Area, Person
from portal import files, revisions
from portal.acts import Refused, act


class IllegalProgrammeStep(Refused):
    def __init__(self, programme: Programme, to: str) -> None:
        super().__init__(
            f"‘{programme}’ staat nu op ‘{programme.get_state_display()}’. "
            f"Van daar kan de stap naar ‘{ProgrammeState(to).label}’ niet."
        )


class NoThemes(Refused):
    def __init__(self) -> None:
        super().__init__("Dit programma heeft nog geen thema’s. Maak er eerst ten minste één.")


class NotInTheRegion(Refused):
    def __init__(self, municipality: Area) -> None:
        super().__init__(f"{municipality} hoort niet bij deze coalitie. Kies een gemeente van de coalitie.")


def current(coalition: Coalition) -> Programme | None:
    """The programme that is in force; else the newest draft; else what was closed last."""
    return coalition.programmes.in_force_first().first()


def create(
    *, coalition: Coalition, by: Person | None, upload: UploadedFile | None = None, **facts: Any
) -> Programme:
    """A programme that is still a draft."""
    with act(by=by):
        programme = Programme(coalition=coalition, **facts)
        if upload:
            programme.document = files.store(upload)
        programme.full_clean()
        programme.save(force_insert=True)
    return programme


def edit(
    *,
    programme: Programme,
    by: Person,
    seen: int | None = None,
    upload: UploadedFile | None = None,
    **facts: Any,
) -> Programme:
    """Write what the programme is about; a new document takes the place of the old one."""
    with act(by=by):
        programme = _locked(programme)
        revisions.refuse_if_changed(programme, seen=seen, wanted=facts)
        if upload:
            facts["document"] = files.store(upload)
        for field, value in facts.items():
            setattr(programme, field, value)
        programme.full_clean()
        programme.save(update_fields=list(facts))
    return programme


def adopt(*, programme: Programme, by: Person | None) -> Programme:
    """The coalition says: this is what we do."""
    with act(by=by):
        if not programme.themes.exists():
            raise NoThemes
        return _moved(programme, ProgrammeState.ADOPTED)


def close(*, programme: Programme, by: Person | None) -> Programme:
    """The programme is over; its actions stay what they are."""
    with act(by=by):
        return _moved(programme, ProgrammeState.CLOSED)


def write_chapter(
    *, programme: Programme, municipality: Area, text: str, contact: Person | None, by: Person | None
) -> LocalChapter:
    """What one municipality makes of it, new or better written."""
    with act(by=by):
        programme = _locked(programme)
        if not programme.coalition.municipalities().filter(pk=municipality.pk).exists():
            raise NotInTheRegion(municipality)
        chapter = programme.chapters.filter(municipality=municipality).first() or LocalChapter(
            programme=programme, municipality=municipality
        )
        chapter.text, chapter.contact, chapter.changed_on = text.strip(), contact, timezone.localdate()
        chapter.full_clean()
        chapter.save()
    return chapter


def _locked(programme: Programme) -> Programme:
    return (
        Programme.objects.select_for_update(of=("self",), no_key=True)
        .select_related("coalition")
        .get(pk=programme.pk)
    )


def _moved(programme: Programme, to: str) -> Programme:
    programme = _locked(programme)
    if to not in PROGRAMME_MOVES.get(programme.state, ()):
        raise IllegalProgrammeStep(programme, to)
    programme.state = to
    programme.save(update_fields=["state"])
    return programme
