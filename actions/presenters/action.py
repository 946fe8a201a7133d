"""The page of one action: where it comes from, who does what, how it goes, and what was learned."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_date

from actions.models import Action, Allocation, Bottleneck, Milestone, NoteOutcome, TableNote
from actions.moves import moves_from
from actions.presenters import programme
from actions.presenters.local_stands import grid_of
from actions.reach import actions_within
from coalitions.access import Permission, can
from coalitions.models import Coalition
from partners.models import Area
from portal import hooks

REPORTS_SHOWN = 6
MILESTONE = {"pk": "pk", "title": "title", "due_on": "due_on", "done_on": "done_on"}


def for_page(person: Any, coalition: Coalition) -> QuerySet[Any]:
    """The actions of `coalition` with what their page shows of each: `decides` and `pulls` for what
    `person` may do, the names of its areas, and who wants what."""

    def within(permission: Permission) -> Exists:
        return Exists(actions_within(person, permission, coalition).filter(pk=OuterRef("pk")))

    areas = Area.objects.filter(actions=OuterRef("pk")).order_by("sort_key")
    milestones = Milestone.objects.filter(action=OuterRef("pk")).order_by("due_on", "pk")
    actions = coalition.actions.annotate(
        decides=within(Permission.ACTION_CREATE),
        pulls=within(Permission.PROGRESS_REPORT),
        area_names=ArraySubquery(areas.values("name")),
        # Along with the action: the page has as many queries as it may.
        milestone_facts=ArraySubquery(milestones.values(facts=JSONObject(**MILESTONE))),
    )
    return programme.with_energy(actions, "action")


def page_of(action: Any, person: Any) -> dict[str, Any]:
    """Everything on the page of an action of `for_page`. Eight queries."""
    coalition = action.coalition
    pulls = action.decides or action.pulls
    origins = action.origins.select_related("bottleneck").order_by("bottleneck__sort_key")
    notes = _notes_behind(action)
    known = hooks.figure_links()
    return {
        "action": action,
        "decides": action.decides,
        "pulls": pulls,
        "may_want": can(person, Permission.INTEREST_RECORD, coalition),
        "may_propose": can(person, Permission.ACTION_PROPOSE, coalition),
        "sees_money": can(person, Permission.BUDGET_READ, coalition),
        "moves": moves_from(action.state, all_of_them=action.decides) if pulls else (),
        "origins": [(origin, notes[origin.bottleneck_id]) for origin in origins],
        "heard": notes[None],
        "partners": action.partners.select_related("membership__organisation").order_by(
            "role", "membership__organisation__sort_key"
        ),
        "milestones": milestones_of(action),
        "steps": action.steps.select_related("recorded_by"),
        "reports": _reports_of(action),
        "money": money_of(action),
        "energy": programme.energy_of(action),
        "grid": grid_of(action, person),
        "figures": [known[code] for code in action.indicator_codes if code in known],
        "facts": programme.facts_of(action),
    }


def _reports_of(action: Action) -> QuerySet[Any]:
    """What was said of it, the newest first, each with `became`: the bottlenecks that came out of it."""
    came_out = Bottleneck.objects.filter(report=OuterRef("pk")).order_by("pk")
    told = action.reports.told().select_related("membership__organisation", "round")
    became = ArraySubquery(came_out.values(one=JSONObject(pk="pk", text="text")))
    return told.annotate(became=became)[:REPORTS_SHOWN]


def milestones_of(action: Any) -> list[Milestone]:
    """The milestones of an action of `for_page`, as they follow each other."""
    return [
        Milestone(
            **{**facts, "due_on": parse_date(facts["due_on"]), "done_on": parse_date(facts["done_on"] or "")}
        )
        for facts in action.milestone_facts
    ]


def money_of(action: Action) -> QuerySet[Allocation]:
    """What was given to the action, the newest year first, with `spent`. One query."""
    return (
        action.allocations.select_related("budget_year__coalition", "decision__meeting__coalition")
        .annotate(spent=Sum("expenses__amount", default=Decimal(0)))
        .order_by("-budget_year__year", "pk")
    )


def _notes_behind(action: Action) -> dict[int | None, list[TableNote]]:
    """What tables said, by the bottleneck that it became first; under None what became the action at once.
    One query."""
    outcomes = (
        NoteOutcome.objects.filter(Q(action=action) | Q(bottleneck__origins__action=action))
        .select_related("note__meeting__coalition")
        .order_by("note__meeting__starts_at", "note__table_number", "note")
    )
    notes: dict[int | None, list[TableNote]] = defaultdict(list)
    for outcome in outcomes:
        notes[outcome.bottleneck_id].append(outcome.note)
    return notes
