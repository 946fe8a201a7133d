"""How municipalities stand with an intervention; each new stand is a new row, so that the past stays."""

from django.utils import timezone

from actions.models import Intervention, InterventionOffer
from coalitions.models import Coalition
from partners.models import Area, Person
from portal.acts import Refused, act


class NotHere(Refused):
    def __init__(self, area: Area) -> None:
        super().__init__(f"{area} hoort nu niet bij deze coalitie. Kies een andere gemeente.")


def set_stand(
    *,
    intervention: Intervention,
    coalition: Coalition,
    municipality: Area,
    state: str,
    by: Person,
    offered_by: str = "",
    places: int | None = None,
) -> InterventionOffer:
    """From today on the municipality stands like this; what it was before ends today."""
    if not coalition.municipalities().filter(pk=municipality.pk).exists():
        raise NotHere(municipality)
    today = timezone.localdate()
    with act(by=by):
        # Two at once for one municipality: the later one waits, and replaces the first.
        Area.objects.select_for_update(no_key=True).get(pk=municipality.pk)
        current = InterventionOffer.objects.current().filter(
            intervention=intervention, municipality=municipality
        )
        for old in current:
            old.valid_to = today
            old.save(update_fields=["valid_to"])
        offer = InterventionOffer(
            intervention=intervention,
            coalition=coalition,
            municipality=municipality,
            state=state,
            offered_by=offered_by.strip(),
            places=places,
            valid_from=today,
        )
        offer.full_clean()
        offer.save(force_insert=True)
    return offer
