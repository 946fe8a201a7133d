"""The municipalities of an action: where it is carried out, since when, and who said nothing yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_date

from actions import local_stands
from actions.models import Action, ActionState, LocalStand, LocalState
from actions.models.local_stands import CARRIED_OUT
from partners.models import Area
from portal.enumeration import listed
from portal.numbers import dutch_number


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The municipalities of an action; each with its `stand`, if any, and whether `may_set` holds."""

    told: Sequence[Any]
    silent: Sequence[Any]

    @property
    def may_set(self) -> bool:
        """Whether this person may change one that is there."""
        return any(place.may_set for place in self.told)

    @property
    def silent_names(self) -> str:
        """Such as "Beesel, Gennep en Venlo"."""
        return listed([place.name for place in self.silent])

    @property
    def own(self) -> Sequence[Any]:
        """The silent ones of which this person may say something."""
        return [place for place in self.silent if place.may_set]

    @property
    def sentence(self) -> str:
        """In how many it is carried out, and of how many that is known."""
        count = len(self.told) + len(self.silent)
        carried_out = sum(place.stand["state"] in CARRIED_OUT for place in self.told)
        return (
            f"Deze actie loopt in {dutch_number(carried_out)} van de {dutch_number(count)} gemeenten. "
            f"{dutch_number(len(self.told))} van de {dutch_number(count)} gemeenten "
            f"{'heeft' if len(self.told) == 1 else 'hebben'} een stand gemeld."
        )


def grid_of(action: Action, person: Any) -> Grid | None:
    """None for an idea, and where there is one municipality only: there the action says it all."""
    if action.state == ActionState.IDEA:
        return None
    places = list(_with_stands(action, person))
    if len(places) < 2:
        return None
    for place in places:
        place.stand = _read(place.stands)
    order = {state: number for number, state in enumerate(_ORDER)}
    told = [place for place in places if place.stand]
    return Grid(
        told=sorted(told, key=lambda place: order[place.stand["state"]]),
        silent=[place for place in places if not place.stand],
    )


# Where it goes on stands first.
_ORDER = (
    LocalState.SECURED,
    LocalState.RUNNING,
    LocalState.PREPARING,
    LocalState.STOPPED,
    LocalState.ABSTAINING,
)


def _with_stands(action: Action, person: Any) -> QuerySet[Any]:
    """One query, by name."""
    current = action.local_stands.current().filter(municipality=OuterRef("pk"))
    stand = JSONObject(state="state", since="valid_from", note="note")
    return (
        local_stands.places_of(action)
        .annotate(
            stands=ArraySubquery(current.values(one=stand)),
            may_set=Exists(local_stands.within(person, action).filter(pk=OuterRef("pk"))),
        )
        .order_by("sort_key", "pk")
    )


def _read(stands: Sequence[dict[str, str]]) -> dict[str, Any] | None:
    return {**stands[0], "since": parse_date(stands[0]["since"])} if stands else None


def told_before(action: Action, municipality: Area) -> QuerySet[LocalStand]:
    """What a municipality said of the action, the newest first."""
    return action.local_stands.filter(municipality=municipality).order_by("-valid_from", "-pk")
