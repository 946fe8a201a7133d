"""Gems and interventions on pages of the floors below."""

from django.db.models import Value

from actions.models import InterventionOffer, PracticeAdoption, PracticeState
from partners.models import Area
from portal.addresses import address_of
from portal.hooks import Panel

# Where each kind of row leads.
OFFER, ADOPTION = "actions:intervention-detail", "actions:practice-detail"


def on_municipality(area: Area) -> list[Panel]:
    """The gems that live in a municipality, and the interventions that are on offer there. One query."""
    adoptions = (
        PracticeAdoption.objects.living()
        .filter(municipality=area, practice__state=PracticeState.PREBAKED)
        .order_by()
        .values_list(Value(ADOPTION), "practice__sort_key", "practice__title", "practice__slug", "state")
    )
    offers = (
        InterventionOffer.objects.current()
        .filter(municipality=area)
        .exclude(state="stopped")
        .order_by()
        .values_list(
            Value(OFFER), "intervention__sort_key", "intervention__name", "intervention__slug", "state"
        )
    )
    found: dict[str, list[tuple[str, str, str]]] = {OFFER: [], ADOPTION: []}
    for page, _, name, slug, state in sorted(adoptions.union(offers, all=True)):
        found[page].append((name, address_of(page, slug), state))
    if not any(found.values()):
        return []
    context = {"adoptions": found[ADOPTION], "offers": found[OFFER]}
    return [Panel(title="Aanbod en parels", template="actions/_municipality.html", context=context, order=40)]
