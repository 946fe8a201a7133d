"""Gems and interventions on pages of the floors below."""

from typing import Any

from actions.models import InterventionOffer, PracticeAdoption, PracticeState
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
