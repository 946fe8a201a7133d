"""Which numbers the form of a division shows at first: what was filled in, or counts that are published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from actions.models import BudgetYear, ShareKey
from partners.models import Area
from portal import hooks
from portal.hooks import CountKind, Counts

KEYS = {CountKind.INHABITANTS: ShareKey.INHABITANTS, CountKind.BIRTHS: ShareKey.BIRTHS}


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Counts by which the municipalities may divide; without `counts` nobody published any."""

    kind: CountKind
    counts: Counts | None
    missing: tuple[str, ...] = ()


def offers_for(areas: Iterable[Area]) -> list[Offer]:
    """What there is to divide by, and of which municipalities no count is known. A query for each kind."""
    known = list(areas)
    among = Area.objects.filter(pk__in=[area.pk for area in known])
    offers = []
    for kind in CountKind:
        counts = hooks.counts_of(kind, among)
        missing = tuple(area.name for area in known if counts and area.pk not in counts.numbers)
        offers.append(Offer(kind=kind, counts=counts, missing=missing))
    return offers


def shown_at_first(
    budget: BudgetYear, areas: Iterable[Area], offers: Iterable[Offer], wanted: str
) -> dict[str, Any]:
    """What the form shows: the counts of the kind that is `wanted`; else what was filled in before; else
    the first counts that there are."""
    weights = dict(budget.shares.values_list("municipality", "weight"))
    found = [offer for offer in offers if offer.counts]
    chosen = next((offer for offer in found if offer.kind == wanted), None)
    if chosen is None and not weights:
        chosen = next(iter(found), None)
    initial = {"key": budget.key or ShareKey.EQUAL, "key_source": budget.key_source}
    numbers: Mapping[int, Decimal | int] = weights
    if chosen and chosen.counts:
        initial = {"key": KEYS[chosen.kind], "key_source": chosen.counts.source}
        numbers = chosen.counts.numbers
    shown = {f"gemeente-{area.code}": _bare(numbers[area.pk]) for area in areas if area.pk in numbers}
    return {**initial, "to_share": budget.to_share or None, **shown}


def _bare(number: Decimal | int) -> str:
    return f"{Decimal(number).normalize():f}".replace(".", ",")
