"""Gems are written down, nominated, made ready with a kit, and retired."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.text import slugify

from actions.models import KitItem, Practice, PracticeState
from actions.models.practices import KIT_MISSING, PRACTICE_MOVES
from coalitions.access import Permission, can, coalition_ids_with, groups_within, memberships_within
from coalitions.models import Coalition
from partners.models import Person
from portal import files
from portal.acts import Refused, act

WORDS = ("title", "origin", "owner", "group", "problem", "approach", "result", "cost_note", "lessons")
FACTS = (*WORDS, "contact")


class IllegalPracticeStep(Refused):
    def __init__(self, practice: Practice, to: str) -> None:
        super().__init__(
            f"‘{practice}’ staat nu op ‘{practice.get_state_display()}’. "
            f"Van daar kan de stap naar ‘{PracticeState(to).label}’ niet."
        )


class PracticeIsRetired(Refused):
    def __init__(self, practice: Practice) -> None:
        super().__init__(f"‘{practice}’ is niet meer in gebruik. Er verandert niets meer aan.")


class FromAnotherCoalition(Refused):
    def __init__(self) -> None:
        super().__init__("Deze werkgroep hoort bij een andere coalitie. Kies een andere.")


def visible_to(person: Any) -> Any:
    """Gems that `person` may read: those that are ready, and every one of her own coalitions."""
    inside = Practice.objects.filter(coalition__in=coalition_ids_with(person, Permission.PROGRAMME_READ))
    return Practice.objects.public() | inside


def written_by(person: Any, coalition: Coalition) -> Any:
    """The gems of `coalition` that `person` writes and nominates: all, or those of her own
    organisation and of the working groups that she leads."""
    own = memberships_within(person, Permission.PRACTICE_NOMINATE, coalition)
    found = coalition.practices.filter(owner__in=own)
    if can(person, Permission.PROGRAMME_EDIT, coalition):
        return found
    return found | coalition.practices.filter(
        group__in=groups_within(person, Permission.PRACTICE_NOMINATE, coalition)
    )


def write_down(*, coalition: Coalition, by: Person, **facts: Any) -> Practice:
    """A gem that its own coalition can read."""
    with act(by=by):
        practice = Practice(coalition=coalition, added_by=by)
        _write(practice, facts)
        practice.slug = _free_slug(practice.title)
        practice.full_clean()
        practice.save(force_insert=True)
    return practice


def edit(*, practice: Practice, by: Person, **facts: Any) -> Practice:
    """Write it better."""
    with act(by=by):
        practice = _living(practice)
        _write(practice, facts)
        practice.full_clean()
        practice.save(update_fields=FACTS)
    return practice


def nominate(*, practice: Practice, by: Person) -> Practice:
    """Others should have this too."""
    return _moved(practice, PracticeState.NOMINATED, by=by)


def prebake(*, practice: Practice, by: Person) -> Practice:
    """It is ready for others: the words are complete and there is a kit. Everybody sees it."""
    with act(by=by):
        practice = _locked(practice)
        if not practice.kit_items.exists():
            raise Refused(KIT_MISSING)
        return _moved(practice, PracticeState.PREBAKED, by=by)


def retire(*, practice: Practice, reason: str, by: Person) -> Practice:
    """It is not used any more; who took it over keeps what they have."""
    return _moved(practice, PracticeState.RETIRED, by=by, retired_reason=reason.strip())


def add_kit_item(
    *, practice: Practice, title: str, by: Person, upload: UploadedFile | None = None, url: str = ""
) -> KitItem:
    """A file or a link with which others begin."""
    with act(by=by):
        item = KitItem(practice=_living(practice), title=title.strip(), url=url)
        if upload is not None:
            item.file = files.store(upload)
        item.full_clean()
        item.save(force_insert=True)
    return item


def remove_kit_item(*, item: KitItem, by: Person) -> None:
    """It goes; the kit of a gem that is ready is never empty."""
    with act(by=by):
        practice = _living(item.practice)
        is_last = practice.kit_items.count() == 1
        if is_last and practice.state == PracticeState.PREBAKED:
            raise Refused("Een voorgebakken parel heeft een kit. Voeg eerst iets anders toe.")
        file = item.file
        item.delete()
        if file is not None:
            file.delete()


def _write(practice: Practice, facts: dict[str, Any]) -> None:
    for name in FACTS:
        if name in facts:
            value = facts[name]
            setattr(practice, name, value.strip() if isinstance(value, str) else value)
    if practice.group and practice.group.coalition_id != practice.coalition_id:
        raise FromAnotherCoalition


def _free_slug(title: str) -> str:
    """An address for `title` that no other gem has; two at once with one title: the second is refused."""
    base = slugify(title)[:80] or "parel"
    taken = set(Practice.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for slug in (base, *(f"{base}-{number}" for number in range(2, 10_000))) if slug not in taken
    )


def _locked(practice: Practice) -> Practice:
    return (
        Practice.objects.select_for_update(of=("self",), no_key=True)
        .select_related("coalition", "owner", "group")
        .get(pk=practice.pk)
    )


def _living(practice: Practice) -> Practice:
    practice = _locked(practice)
    if practice.state == PracticeState.RETIRED:
        raise PracticeIsRetired(practice)
    return practice


def _moved(practice: Practice, to: str, *, by: Person, **facts: str) -> Practice:
    with act(by=by):
        practice = _locked(practice)
        if to not in PRACTICE_MOVES.get(practice.state, ()):
            raise IllegalPracticeStep(practice, to)
        practice.state, practice.state_since = to, timezone.localdate()
        for name, value in facts.items():
            setattr(practice, name, value)
        practice.full_clean()
        practice.save(update_fields=["state", "state_since", *facts])
    return practice
