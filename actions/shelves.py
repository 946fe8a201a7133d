"""What can be found of the work itself."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models.functions import TruncDate
from django.utils.formats import date_format
from django.utils.http import urlencode

from actions import practices
from actions.models import Action, Bottleneck, Intervention, Meeting, PracticeState, Tool
from coalitions.access import Permission, can, coalition_ids_with
from portal.addresses import address_of
from portal.search import Shelf, joined


def shelves(person: Any) -> Iterator[Shelf]:
    """Gems, interventions and tools; for who takes part also actions, bottlenecks and meetings."""
    if inside := coalition_ids_with(person, Permission.PROGRAMME_READ):
        yield _actions(inside)
        yield _bottlenecks(inside)
    if can(person, Permission.MEETING_READ):
        yield _meetings(coalition_ids_with(person, Permission.MEETING_READ))
    yield Shelf(
        title="Goede voorbeelden",
        order=70,
        rows=practices.visible_to(person).exclude(state=PracticeState.RETIRED),
        name="title",
        facts={"slug": "slug", "problem": "problem"},
        address=lambda facts: address_of("actions:practice-detail", facts["slug"]),
        detail=lambda facts: facts["problem"],
    )
    yield Shelf(
        title="Interventies",
        order=72,
        rows=Intervention.objects.all(),
        facts={"slug": "slug"},
        address=lambda facts: address_of("actions:intervention-detail", facts["slug"]),
    )
    yield Shelf(
        title="Gereedschap",
        order=74,
        rows=Tool.objects.all(),
        name="title",
        facts={"title": "title", "owner": "owner_name"},
        # A tool has no page of its own.
        address=lambda facts: f"{address_of('actions:tool-list')}?{urlencode({'zoek': facts['title']})}",
        detail=lambda facts: facts["owner"],
    )


def _actions(coalitions: list[int]) -> Shelf:
    return Shelf(
        title="Acties",
        order=62,
        rows=Action.objects.filter(coalition__in=coalitions),
        name="title",
        facts={"slug": "coalition__slug", "number": "number", "coalition": "coalition__name"},
        address=lambda facts: address_of("actions:action-detail", facts["slug"], facts["number"]),
        detail=lambda facts: joined(f"actie {facts['number']}", facts["coalition"]),
    )


def _bottlenecks(coalitions: list[int]) -> Shelf:
    return Shelf(
        title="Knelpunten",
        order=64,
        rows=Bottleneck.objects.filter(coalition__in=coalitions),
        name="text",
        facts={"slug": "coalition__slug", "pk": "pk", "coalition": "coalition__name"},
        address=lambda facts: address_of("actions:bottleneck-detail", facts["slug"], facts["pk"]),
        detail=lambda facts: facts["coalition"],
    )


def _meetings(coalitions: list[int]) -> Shelf:
    return Shelf(
        title="Bijeenkomsten",
        order=66,
        rows=Meeting.objects.announced().filter(coalition__in=coalitions),
        name="title",
        facts={
            "slug": "coalition__slug",
            "pk": "pk",
            "coalition": "coalition__name",
            "day": TruncDate("starts_at"),
        },
        address=lambda facts: address_of("actions:meeting-detail", facts["slug"], facts["pk"]),
        detail=lambda facts: joined(
            date_format(datetime.date.fromisoformat(facts["day"]), "j F Y"), facts["coalition"]
        ),
    )
