"""Each municipality says how it stands with an action of the region; what it said before stays."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from actions.models import Action, ActionScope, ActionState, LocalStand
from coalitions.access import (
    Permission,
    Scope,
    coalition_ids_with,
    groups_within,
    municipalities_within,
    scopes_of,
)
from coalitions.models import Coalition
from partners.models import Area, AreaMember, Organisation, Person
from portal.acts import Refused, act


class NotHere(Refused):
    def __init__(self, area: Area) -> None:
        super().__init__(f"{area} hoort niet bij de gemeenten van deze actie. Kies een andere gemeente.")


class StillAnIdea(Refused):
    def __init__(self, action: Action) -> None:
        super().__init__(f"‘{action}’ is nog een idee. Geef een stand op als de actie gepland is.")


class NotYet(Refused):
    def __init__(self) -> None:
        super().__init__("Deze dag moet nog komen. Kies vandaag, of een dag die geweest is.")


class NothingToTakeBack(Refused):
    def __init__(self, area: Area) -> None:
        super().__init__(f"{area} heeft nog niets gemeld bij deze actie.")


def places_of(action: Action) -> QuerySet[Area]:
    """The municipalities that the action is for: those it names, or the whole region; and one that said
    something before it left."""
    is_local = action.scope == ActionScope.LOCAL
    here = action.areas.all() if is_local else action.coalition.municipalities()
    told = action.local_stands.current().order_by().values("municipality")
    return Area.objects.filter(Q(pk__in=here.order_by().values("pk")) | Q(pk__in=told))


def within(person: Any, action: Action) -> QuerySet[Area]:
    """The municipalities of which `person` says how they stand with `action`: her own; all of them for
    who coordinates, or leads the working group of the action."""
    coalition, permission = action.coalition, Permission.ADOPTION_EDIT
    own = municipalities_within(person, permission, coalition)
    led = groups_within(person, permission, coalition).filter(actions=action)
    return coalition.municipalities().filter(Q(pk__in=own.order_by().values("pk")) | Exists(led))


def opened_to(person: Any, municipality: Area) -> Q:
    """The actions of which `person` says how `municipality` stands with them; of the working groups that she
    leads she says so on the page of the action."""
    scopes = {
        pk: scopes_of(person, Permission.ADOPTION_EDIT, Coalition(pk=pk))
        for pk in coalition_ids_with(person, Permission.ADOPTION_EDIT)
    }
    whole = [pk for pk, found in scopes.items() if Scope.ALL in found]
    own = [pk for pk, found in scopes.items() if found & {Scope.MUNICIPALITY, Scope.ORGANISATION}]
    speaks = Organisation.objects.represented_by(person).filter(
        type__code="gemeente", municipality=municipality
    )
    inside = AreaMember.objects.current().filter(region=OuterRef("coalition__area"), member=municipality)
    named = Action.areas.through.objects.filter(action=OuterRef("pk"), area=municipality)
    return (
        (Q(scope=ActionScope.REGIONAL) | Q(Exists(named)))
        & Q(Exists(inside))
        & (Q(coalition__in=whole) | Q(Exists(speaks), coalition__in=own))
    )


def set_stand(
    *,
    action: Action,
    municipality: Area,
    state: str,
    by: Person,
    since: datetime.date | None = None,
    note: str = "",
) -> LocalStand:
    """Since that day the municipality stands like this. What it said of before stays; what it said of
    this day or later is replaced. Where it stood like this already, only its note changes."""
    today = timezone.localdate()
    since = since or today
    if since > today:
        raise NotYet
    with act(by=by):
        # Two at once for one action: the later one waits, and replaces the first.
        action = Action.objects.select_for_update(no_key=True, of=("self",)).get(pk=action.pk)
        if action.state == ActionState.IDEA:
            raise StillAnIdea(action)
        if not places_of(action).filter(pk=municipality.pk).exists():
            raise NotHere(municipality)
        told = action.local_stands.filter(municipality=municipality)
        told.filter(valid_from__gte=since).delete()
        stand = told.on(since).filter(state=state).first()
        if stand is None:
            told.on(since).update(valid_to=since)
            stand = LocalStand(action=action, municipality=municipality, state=state, valid_from=since)
        stand.valid_to, stand.note = None, note.strip()
        stand.full_clean()
        stand.save()
    return stand


def take_back(*, action: Action, municipality: Area, by: Person) -> None:
    """What the municipality said last was a mistake: what it said before that holds again."""
    with act(by=by):
        Action.objects.select_for_update(no_key=True).get(pk=action.pk)
        told = action.local_stands.filter(municipality=municipality)
        last = told.current().first()
        if last is None:
            raise NothingToTakeBack(municipality)
        last.delete()
        told.filter(valid_to=last.valid_from).update(valid_to=None)
