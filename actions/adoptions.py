"""Municipalities take over a gem: they want it, prepare it, run it, and keep it or let it go."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from actions.models import AdoptionState, Practice, PracticeAdoption, PracticeState
from actions.models.practices import ADOPTION_MOVES
from coalitions.access import Permission, groups_within, memberships_within, municipalities_within
from coalitions.models import Coalition, Membership
from partners.models import Area, Person
from portal.acts import Refused, act


class IllegalAdoptionStep(Refused):
    def __init__(self, adoption: PracticeAdoption, to: str) -> None:
        super().__init__(
            f"‘{adoption}’ staat nu op ‘{adoption.get_state_display()}’. "
            f"Van daar kan de stap naar ‘{AdoptionState(to).label}’ niet."
        )


class NotReady(Refused):
    def __init__(self, practice: Practice) -> None:
        super().__init__(f"‘{practice}’ is nog niet voorgebakken. Overnemen kan als de kit klaar is.")


class NotHere(Refused):
    def __init__(self) -> None:
        super().__init__("Deze gemeente of organisatie hoort niet bij de coalitie. Kies een andere.")


class AdoptionIsOver(Refused):
    def __init__(self) -> None:
        super().__init__("Hier is deze parel gestopt. Neem haar opnieuw over als jullie weer beginnen.")


def within(person: Person, coalition: Coalition) -> Any:
    """The adoptions in `coalition` that `person` keeps: all, or those that her organisation pulls,
    in her municipality, or of a gem of a working group that she leads."""
    permission = Permission.ADOPTION_EDIT
    return coalition.adoptions.filter(
        Q(owner__in=memberships_within(person, permission, coalition))
        | Q(municipality__in=municipalities_within(person, permission, coalition))
        | Q(practice__group__in=groups_within(person, permission, coalition))
    )


def adopt(
    *,
    practice: Practice,
    coalition: Coalition,
    municipality: Area,
    owner: Membership,
    by: Person,
    adapted_text: str = "",
) -> PracticeAdoption:
    """A municipality wants this too."""
    if practice.state != PracticeState.PREBAKED:
        raise NotReady(practice)
    is_here = coalition.municipalities().filter(pk=municipality.pk).exists()
    if not is_here or not coalition.memberships.members().filter(pk=owner.pk).exists():
        raise NotHere
    with act(by=by):
        adoption = PracticeAdoption(
            practice=practice,
            coalition=coalition,
            municipality=municipality,
            owner=owner,
            adapted_text=adapted_text.strip(),
        )
        adoption.full_clean()
        adoption.save(force_insert=True)
    return adoption


def edit(*, adoption: PracticeAdoption, by: Person, adapted_text: str, lesson: str) -> PracticeAdoption:
    """How they do it here, and what they learned so far."""
    with act(by=by):
        adoption = _locked(adoption)
        if adoption.state == AdoptionState.STOPPED:
            raise AdoptionIsOver
        adoption.adapted_text, adoption.lesson = adapted_text.strip(), lesson.strip()
        adoption.full_clean()
        adoption.save(update_fields=["adapted_text", "lesson"])
    return adoption


def prepare(*, adoption: PracticeAdoption, by: Person) -> PracticeAdoption:
    """They get ready."""
    return _moved(adoption, AdoptionState.PREPARING, by=by)


def start(*, adoption: PracticeAdoption, adapted_text: str, by: Person) -> PracticeAdoption:
    """It runs here, in their own way."""
    return _moved(
        adoption,
        AdoptionState.RUNNING,
        by=by,
        adapted_text=adapted_text.strip(),
        started_on=timezone.localdate(),
    )


def secure(*, adoption: PracticeAdoption, lesson: str, by: Person) -> PracticeAdoption:
    """It stays, also without the coalition."""
    return _moved(adoption, AdoptionState.SECURED, by=by, lesson=lesson.strip())


def stop(*, adoption: PracticeAdoption, lesson: str, by: Person) -> PracticeAdoption:
    """They let it go, and say what they learned."""
    return _moved(adoption, AdoptionState.STOPPED, by=by, lesson=lesson.strip())


def _locked(adoption: PracticeAdoption) -> PracticeAdoption:
    return (
        PracticeAdoption.objects.select_for_update(of=("self",), no_key=True)
        .select_related("practice", "coalition", "municipality", "owner__organisation")
        .get(pk=adoption.pk)
    )


def _moved(adoption: PracticeAdoption, to: str, *, by: Person, **facts: Any) -> PracticeAdoption:
    with act(by=by):
        adoption = _locked(adoption)
        if to not in ADOPTION_MOVES.get(adoption.state, ()):
            raise IllegalAdoptionStep(adoption, to)
        adoption.state, adoption.state_since = to, timezone.localdate()
        for name, value in facts.items():
            setattr(adoption, name, value)
        adoption.full_clean()
        adoption.save(update_fields=["state", "state_since", *facts])
    return adoption
