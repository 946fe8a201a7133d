"""Who goes on with what a party agreed: the row with which it was merged, or the organisation that is its
successor by a link with a date, as a new municipality is of the ones before a herindeling."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from partners.models import LinkKind, Organisation, OrganisationLink

Heirs = dict[int, tuple[tuple[int, str], ...]]


def first_step(on: datetime.date) -> ArraySubquery:
    """Who follows the organisation of a signature on a day, by a link; for a query of signatures."""
    return ArraySubquery(
        _links(on)
        .filter(target=OuterRef("organisation"))
        .order_by("source__sort_key", "pk")
        .values(one=JSONObject(pk="source_id", name="source__name"))
    )


def heirs_of(signatures: Iterable[Any], on: datetime.date) -> Heirs:
    """In whom each organisation of these rows went on at the end, with its name; where somebody did, one
    query for each further step."""
    steps: dict[int, dict[int, str]] = {}
    for row in signatures:
        if row.organisation__merged_into:
            steps[row.organisation_id] = {row.organisation__merged_into: row.organisation__merged_into__name}
        elif row.followers:
            steps[row.organisation_id] = {one["pk"]: one["name"] for one in row.followers}
    asked = set(steps)
    while unknown := {pk for following in steps.values() for pk in following} - asked:
        asked |= unknown
        for target, source, name in (
            _links(on).filter(target__in=unknown).values_list("target_id", "source_id", "source__name")
        ):
            steps.setdefault(target, {})[source] = name
    return {pk: _ends(pk, steps) for pk in steps}


def _ends(start: int, steps: dict[int, dict[int, str]]) -> tuple[tuple[int, str], ...]:
    """Where the steps from one organisation end; a circle ends nowhere."""
    ends: dict[int, str] = {}
    seen, going = {start}, list(steps[start].items())
    while going:
        pk, name = going.pop(0)
        if pk in seen:
            continue
        seen.add(pk)
        if pk in steps:
            going += steps[pk].items()
        else:
            ends[pk] = name
    return tuple(ends.items())


def taken_over_by(organisation: Any, on: datetime.date) -> QuerySet[Organisation]:
    """This organisation, which may be an outer reference, and those that went on in it by that day, in one
    step."""
    is_there = Q(back_links__valid_to__isnull=True) | Q(back_links__valid_to__gt=on)
    followed = Q(
        is_there,
        back_links__source=organisation,
        back_links__kind=LinkKind.SUCCESSOR_OF,
        back_links__valid_from__lte=on,
    )
    return Organisation.objects.filter(Q(pk=organisation) | Q(merged_into=organisation) | followed)


def same_or_followed(outer: str, on: datetime.date) -> QuerySet[Organisation]:
    """The organisation of the row around the signatures, and whoever went on in it; for a filter on the
    organisation of a signature inside a subquery."""
    return taken_over_by(OuterRef(OuterRef(outer)), on)


def _links(on: datetime.date) -> QuerySet:
    return OrganisationLink.objects.on(on).filter(kind=LinkKind.SUCCESSOR_OF)
