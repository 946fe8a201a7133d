"""The figures of a whole set of indicators: of a coalition, or of areas beside each other."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from coalitions.access import readable_by
from coalitions.models import Coalition
from monitoring import keeping, pooling, urbanity
from monitoring.catalogue import Definition, load_definitions
from monitoring.models import Aggregate, ChosenIndicator, PooledFigure
from monitoring.presenters.themes import CONTEXT
from monitoring.selection import REGION_KINDS
from partners.models import Area, AreaKind, AreaMember
from portal.kept_queries import KeptQuery, Slot


def facts_of(coalition: Coalition) -> dict[str, Any]:
    """What the coalition chose, and what the figures are made of; one query."""
    [facts] = _facts(coalition=coalition.pk)
    return facts


@KeptQuery
def _facts() -> QuerySet:
    chosen = ChosenIndicator.objects.filter(coalition=OuterRef("pk")).in_order()
    return Coalition.objects.filter(pk=Slot("coalition")).values(
        codes=ArraySubquery(chosen.values("code")), **keeping.stamp_parts()
    )


def definitions_of(codes: Sequence[str]) -> list[Definition]:
    """The indicators of these codes in their order; where there are none the whole catalogue, what only
    describes an area last."""
    known = {item.code: item for item in load_definitions()}
    chosen = [known[code] for code in codes if code in known]
    return chosen or sorted(known.values(), key=lambda item: item.theme == CONTEXT)


def facts_of_municipality(municipality: Area, person: Any) -> dict[str, Any]:
    """What the coalition around a municipality chose, the first of those that `person` may read that chose
    anything, and what the figures are made of; one query."""
    regions = AreaMember.objects.on(timezone.localdate()).filter(member=municipality).values("region")
    around = readable_by(person).filter(area__in=regions, chosen_indicators__isnull=False)
    first = around.order_by("name", "pk")
    chosen = ChosenIndicator.objects.filter(coalition__in=first.values("pk")[:1]).in_order()
    named = first.values(named=JSONObject(name="name", slug="slug"))[:1]
    facts = (
        Area.objects.filter(pk=municipality.pk)
        .order_by()
        .values(
            chosen_by=Subquery(named), codes=ArraySubquery(chosen.values("code")), **keeping.stamp_parts()
        )
    )
    return facts.get()


def rows_of(definitions: Iterable[Definition], *areas: Area) -> list[Aggregate]:
    """All periods of these indicators in these areas and the country; one query."""
    figures = Aggregate.objects.of_indicators(item.code for item in definitions)
    return list(figures.of_areas_and_country(*areas).for_page())


def windows_of(definitions: Iterable[Definition], *areas: Area) -> list[Aggregate]:
    """Three years together of these indicators in these areas and the country; one query."""
    rows = PooledFigure.objects.published().of_indicators([item.code for item in definitions])
    return pooling.figures(rows.of_areas_and_country(*areas).for_page())


def middles_of_peers(
    definitions: Iterable[Definition], area: Area | None, *, on: datetime.date
) -> tuple[str, dict[tuple[str, int], tuple[int, int, Sequence[float]]]]:
    """What the municipalities that are as urban as `area` are called, and where the middle half of them is
    in each indicator and period; nothing where `area` is no municipality. One query."""
    if area is None or area.kind != AreaKind.MUNICIPALITY:
        return "", {}
    found = urbanity.class_of(area.code, on=on)
    if found is None:
        return "", {}
    figures = Aggregate.objects.of_indicators(item.code for item in definitions).of_municipalities()
    peers = figures.filter(area__code__in=urbanity.peers_of(area.code, on=on))
    return f"Gemeenten die {urbanity.CLASSES[found]} zijn", peers.middles()


def areas_to_compare(coalition: Coalition, person: Any) -> list[Area]:
    """The coalition and its municipalities, then what else `person` may read figures of as a whole; not
    the country, beside which all of them stand."""
    municipalities = coalition.municipalities().values("pk")
    found = (
        Area.objects.filter(
            Q(pk__in=municipalities)
            | Q(kind__in=REGION_KINDS)
            | Q(kind=AreaKind.COALITION, coalition__in=readable_by(person))
        )
        .exclude(kind=AreaKind.COUNTRY)
        .order_by("kind", "sort_key")
    )
    order = {AreaKind.MUNICIPALITY: 0, AreaKind.COALITION: 1}
    return sorted(found, key=lambda area: order.get(AreaKind(area.kind), 2))
