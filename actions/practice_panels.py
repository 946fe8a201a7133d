"""Gems and interventions on pages of the floors below."""

from typing import Any

from actions.models import InterventionOffer, PracticeAdoption, PracticeState
from coalitions.models import Coalition
from partners.models import Area
from portal.hooks import Panel


def on_municipality(area: Area) -> list[Panel]:
    """The gems that live in a municipality, and the interventions that are on offer there."""
    adoptions = (
        PracticeAdoption.objects.living()
        .filter(municipality=area, practice__state=PracticeState.PREBAKED)
        .select_related("practice")
        .order_by("practice__sort_key", "pk")
    )
    offers = (
        InterventionOffer.objects.current()
        .filter(municipality=area)
        .exclude(state="stopped")
        .select_related("intervention")
        .order_by("intervention__sort_key", "pk")
    )
    context: dict[str, Any] = {"adoptions": list(adoptions), "offers": list(offers)}
    if not any(context.values()):
        return []
    return [Panel(title="Aanbod en parels", template="actions/_municipality.html", context=context, order=40)]


def on_coalition(coalition: Coalition) -> list[Panel]:
    """The gems of a coalition that are ready for everybody."""
    found = list(coalition.practices.filter(state=PracticeState.PREBAKED).order_by("sort_key", "pk"))
    if not found:
        return []
    context = {"practices": found}
    return [Panel(title="Parels", template="actions/_coalition_gems.html", context=context, order=35)]
