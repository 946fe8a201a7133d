"""What an area can be laid beside, and in which parts it can be seen."""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from monitoring import urbanity
from monitoring.models import Aggregate, Indicator, Period
from partners.models import Area, AreaKind, AreaMember

# The words of these choices in an address; a region is named by its own code.
COUNTRY, SAME_CLASS = "", "stedelijkheid"
LEVEL_WORDS = {
    AreaKind.PROVINCE: "provincie",
    AreaKind.GGD_REGION: "ggd-regio",
    AreaKind.MUNICIPALITY: "gemeente",
}
_OF_COUNTRY = (AreaKind.PROVINCE, AreaKind.GGD_REGION, AreaKind.MUNICIPALITY)
_AROUND = (AreaKind.GGD_REGION, AreaKind.PROVINCE, AreaKind.COALITION)


@dataclass(frozen=True, kw_only=True)
class Beside:
    """One thing to lay an area beside: a region around it, or municipalities that are as urban."""

    word: str
    label: str
    region: Area | None = None
    peers: tuple[str, ...] = ()


def besides(area: Area, *, among: Sequence[Area], on: datetime.date) -> list[Beside]:
    """The regions of `among` that hold all of `area` on that day, and for a municipality its peers."""
    regions = _around(area, among=among, on=on)
    times = Counter(region.name for region in regions)
    found = [
        Beside(word=region.code, label=_label(region, is_alone=times[region.name] == 1), region=region)
        for region in regions
    ]
    if area.kind == AreaKind.MUNICIPALITY and (peers := urbanity.peers_of(area.code, on=on)):
        label = f"Gemeenten die ook {urbanity.CLASSES[urbanity.class_of(area.code, on=on) or 0]} zijn"
        found.append(Beside(word=SAME_CLASS, label=label, peers=tuple(peers)))
    return found


def _label(region: Area, *, is_alone: bool) -> str:
    """A coalition may be called as the province that it is in."""
    return region.name if is_alone else f"{region.name} ({AreaKind(region.kind).label})"


def _around(area: Area, *, among: Sequence[Area], on: datetime.date) -> list[Area]:
    members = AreaMember.objects.on(on)
    if area.kind == AreaKind.MUNICIPALITY:
        inside = [area.pk]
    else:
        inside = list(members.filter(region=area, kind=area.kind).values_list("member", flat=True))
    regions = {one.pk: one for one in among if one.kind in _AROUND and one != area}
    if not inside or area.kind == AreaKind.COUNTRY:
        return []
    whole = (
        members.filter(member__in=inside, region__in=regions)
        .values("region")
        .annotate(held=Count("member", distinct=True))
        .filter(held=len(inside))
    )
    holding = set(whole.values_list("region", flat=True))
    return [region for pk, region in regions.items() if pk in holding]


def levels_of(area: Area, beside: Beside | None, indicator: Indicator, period: Period) -> list[AreaKind]:
    """The kinds of parts of which there may be figures, the one to begin with first."""
    if area.kind == AreaKind.COUNTRY:
        there = Aggregate.objects.filter(indicator=indicator, period=period, area__kind__in=_OF_COUNTRY)
        known = dict(there.order_by().values_list("area__kind").annotate(known=Count("value")))
        kinds = [kind for kind in _OF_COUNTRY if kind in known and kind not in _left_out(indicator)]
        # A source may know regions of one kind only.
        return sorted(kinds, key=lambda kind: (kind == AreaKind.MUNICIPALITY, not known[kind]))
    if area.kind == AreaKind.VSV:
        return []
    has_towns = area.kind != AreaKind.MUNICIPALITY or beside is not None
    # Districts are added up and never shown: no audit looks at what their figures would tell together.
    return [AreaKind.MUNICIPALITY] if has_towns and not _left_out(indicator) else []


def _left_out(indicator: Indicator) -> tuple[AreaKind, ...]:
    """No municipality has a figure of an indicator that stands by region only, not even of three years."""
    return (AreaKind.MUNICIPALITY,) if indicator.is_pooled_by_region else ()
