"""What pages of this app put together from several tables."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.text import capfirst

from actions.models import (
    Action,
    ActionState,
    Bottleneck,
    Factor,
    Interest,
    InterestKind,
    Programme,
    Theme,
)
from actions.models.actions import LIVE_STATES, OVER_STATES
from coalitions.models import Coalition
from portal.kept_queries import KeptQuery, Slot

VIEWS = (
    ("Thema’s", "actions:programme-detail"),
    ("Tabel", "actions:action-list"),
    ("Bord", "actions:action-board"),
    ("Tijdlijn", "actions:action-timeline"),
    ("Knelpunten en dromen", "actions:bottleneck-list"),
)
SHARED_FILTERS = ("actions:action-list", "actions:action-board", "actions:action-timeline")


def tabs(coalition: Coalition, here: str, query: str = "") -> list[tuple[str, str, bool]]:
    """The ways to look at the programme; table, board and time line keep each other's filters."""
    return [
        (
            label,
            reverse(name, args=[coalition.slug]) + (query if name in SHARED_FILTERS else ""),
            name == here,
        )
        for label, name in VIEWS
    ]


@dataclass(frozen=True, kw_only=True)
class ThemeLine:
    """A theme on the programme page, with what stands under it and to how many members it matters."""

    # With its counts of `with_relevance`.
    theme: Any
    actions: int
    live: int
    blocked: int
    over: int
    bottlenecks: int
    members: int

    @property
    def eyebrow(self) -> str:
        """Such as "Thema 3"."""
        return f"Thema {self.theme.number}"

    @property
    def relevance(self) -> str:
        """Such as "van belang voor 61 van de 80 leden"; in full only where everybody said so."""
        matters, against = self.theme.matters_count, self.theme.not_count
        if self.members and matters == self.members:
            return f"Van belang voor alle {self.members} leden: een regionaal thema."
        if not matters and not against:
            return "Nog geen lid gaf aan of dit van belang is."
        silent = self.members - matters - against
        said = f"Van belang voor {matters} van de {self.members} leden"
        if against:
            said += f", voor {against} niet"
        if not silent:
            return f"{said}."
        return f"{said}; {silent} {'gaf' if silent == 1 else 'gaven'} nog geen antwoord."


def themes_of(programme: Programme, coalition: Coalition) -> list[ThemeLine]:
    """The themes with their counts. Four queries, however many actions there are."""
    states: dict[int | None, dict[str, int]] = defaultdict(dict)
    for theme, state, count in _states(programme=programme.pk):
        states[theme][state] = count
    bottlenecks = dict(_bottlenecks(coalition=coalition.pk, programme=programme.pk))
    members = coalition.memberships.members().count()
    themes = _themes(programme=programme.pk)
    for theme in themes:
        theme.programme = programme

    def several(theme: Any, wanted: tuple[str, ...]) -> int:
        return sum(states[theme.pk].get(state, 0) for state in wanted)

    return [
        ThemeLine(
            theme=theme,
            actions=sum(states[theme.pk].values()),
            live=several(theme, LIVE_STATES),
            blocked=several(theme, (ActionState.BLOCKED,)),
            over=several(theme, OVER_STATES),
            bottlenecks=bottlenecks.get(theme.pk, 0),
            members=members,
        )
        for theme in themes
    ]


@KeptQuery
def _states() -> QuerySet[Any]:
    actions = Action.objects.filter(programme=Slot("programme")).order_by()
    return actions.values_list("theme", "state").annotate(count=Count("pk"))


@KeptQuery
def _bottlenecks() -> QuerySet[Any]:
    under = Bottleneck.objects.filter(coalition=Slot("coalition"), theme__programme=Slot("programme"))
    return under.order_by().values_list("theme").annotate(count=Count("pk"))


@KeptQuery
def _themes() -> QuerySet[Any]:
    return Theme.objects.filter(programme=Slot("programme")).with_relevance()


@dataclass(frozen=True, kw_only=True)
class Relevance:
    """To which members a theme matters, and to which it does not."""

    matters: list[str]
    against: list[str]
    silent: int

    @property
    def is_for_all(self) -> bool:
        """Whether every member said that it matters: then the theme is regional."""
        return bool(self.matters) and not self.against and not self.silent


def relevance_of(theme: Theme, coalition: Coalition) -> Relevance:
    """Names of who answered. One query."""
    answer = theme.relevances.filter(membership=OuterRef("pk")).values("matters")
    names: dict[bool | None, list[str]] = defaultdict(list)
    for name, matters in (
        coalition.memberships.members()
        .order_by("organisation__sort_key", "pk")
        .values_list("organisation__name", Subquery(answer))
    ):
        names[matters].append(name)
    return Relevance(matters=names[True], against=names[False], silent=len(names[None]))


def with_energy(things: QuerySet[Any], kind: str) -> QuerySet[Any]:
    """Adds `wants`: which member wants to pull, join or follow it; `kind` is "theme" or "action"."""
    wants = Interest.objects.filter(**{kind: OuterRef("pk")}, membership__left_on__isnull=True).order_by(
        "membership__organisation__sort_key", "pk"
    )
    return things.annotate(
        wants=ArraySubquery(wants.values(want=JSONObject(kind="kind", name="membership__organisation__name")))
    )


def energy_of(thing: Any) -> list[tuple[str, list[str]]]:
    """Who wants to pull, join or follow it, by name; `thing` comes from `with_energy`."""
    names: dict[str, list[str]] = defaultdict(list)
    for want in thing.wants:
        names[want["kind"]].append(want["name"])
    return [(kind.label, names[kind]) for kind in InterestKind if names[kind]]


def facts_of(action: Action) -> list[tuple[str, Any]]:
    """What there is to say of an action, as pairs of term and description."""
    return [
        ("Soort", capfirst(action.get_kind_display())),
        ("Moment", capfirst(action.get_phase_display()) or "Het hele begin"),
        ("Begint op", action.starts_on),
        ("Klaar op", action.due_on),
        ("Voorrang", capfirst(action.get_priority_display())),
        ("Omstandigheden", capfirst(", ".join(Factor(factor).label for factor in action.factors))),
        ("Voorgesteld door", action.proposed_by and str(action.proposed_by)),
    ]
