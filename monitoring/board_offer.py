"""Which interventions and gems run in one municipality, beside what its region has of them."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Value

from actions.models import AdoptionState, InterventionOffer, PracticeAdoption, PracticeState
from actions.models.interventions import ON_OFFER
from coalitions.models import Coalition
from partners.models import Area
from portal.numbers import dutch_number

PLACE, OFFER, GEM = range(3)
RUNNING = (AdoptionState.RUNNING, AdoptionState.SECURED)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What runs in a municipality, and in all of its region together."""

    place: str
    offer_count: int
    gem_count: int
    region_offer_count: int
    region_gem_count: int
    place_count: int

    @property
    def sentence(self) -> str:
        """Both numbers, beside what a municipality of the region has on average; empty where nothing runs."""
        if not self.region_offer_count + self.region_gem_count:
            return ""
        own = (
            f"Loopt in {self.place}: {_of(self.offer_count, 'interventie', 'interventies')} en "
            f"{_of(self.gem_count, 'parel', 'parels')}."
        )
        if self.place_count < 2:
            return own
        offers, gems = (
            dutch_number(count / self.place_count, 1)
            for count in (self.region_offer_count, self.region_gem_count)
        )
        return f"{own} Gemiddeld per gemeente in de regio: {offers} en {gems}."


def offer_of(coalition: Coalition, municipality: Area | None) -> Offer | None:
    """About the municipality of who looks; one query, with a row for each place and each thing there."""
    if municipality is None:
        return None
    places = coalition.municipalities()
    offers = InterventionOffer.objects.current().filter(municipality__in=places, state__in=ON_OFFER)
    gems = PracticeAdoption.objects.filter(
        municipality__in=places, state__in=RUNNING, practice__state=PracticeState.PREBAKED
    )
    rows = (
        places.order_by()
        .values_list(Value(PLACE), "pk")
        .union(
            offers.order_by().values_list(Value(OFFER), "municipality"),
            gems.order_by().values_list(Value(GEM), "municipality"),
            all=True,
        )
    )
    found = Counter(rows)
    everywhere = Counter(kind for kind, _ in found.elements())
    return Offer(
        place=municipality.name,
        offer_count=found[OFFER, municipality.pk],
        gem_count=found[GEM, municipality.pk],
        region_offer_count=everywhere[OFFER],
        region_gem_count=everywhere[GEM],
        place_count=everywhere[PLACE],
    )


def _of(count: int, one: str, several: str) -> str:
    return f"{dutch_number(count) if count else 'geen'} {one if count == 1 else several}"
