"""Which interventions, gems and regional actions run in one municipality, beside what its region has."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Value

from actions.models import AdoptionState, InterventionOffer, LocalStand, PracticeAdoption, PracticeState
from actions.models.interventions import ON_OFFER
from coalitions.models import Coalition
from partners.models import Area
from portal.enumeration import listed
from portal.numbers import counted, dutch_number

PLACE = "place"
# What can run in a municipality: one of it, and several.
OFFER, GEM, ACTION = KINDS = (
    ("interventie", "interventies"),
    ("parel", "parels"),
    ("actie", "acties"),
)
RUNNING = (AdoptionState.RUNNING, AdoptionState.SECURED)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """How many of each kind run in a municipality, and in all of its region together."""

    place: str
    own: tuple[int, ...]
    region: tuple[int, ...]
    place_count: int

    @property
    def sentence(self) -> str:
        """The numbers, beside what a municipality of the region has on average; empty where nothing runs."""
        if not any(self.region):
            return ""
        counts = listed([counted(count, *words) for count, words in zip(self.own, KINDS, strict=True)])
        own = f"Loopt in {self.place}: {counts}."
        if self.place_count < 2:
            return own
        averages = listed(
            [
                f"{dutch_number(count / self.place_count, 1)} {several}"
                for count, (_, several) in zip(self.region, KINDS, strict=True)
            ]
        )
        return f"{own} Gemiddeld per gemeente in de regio: {averages}."


def offer_of(coalition: Coalition, municipality: Area | None) -> Offer | None:
    """About the municipality of who looks; one query, with a row for each place and each thing there."""
    if municipality is None:
        return None
    places = coalition.municipalities()
    running = {
        OFFER: InterventionOffer.objects.current().filter(municipality__in=places, state__in=ON_OFFER),
        GEM: PracticeAdoption.objects.filter(
            municipality__in=places, state__in=RUNNING, practice__state=PracticeState.PREBAKED
        ),
        ACTION: LocalStand.objects.current()
        .carried_out()
        .filter(municipality__in=places, action__coalition=coalition),
    }
    rows = (
        places.order_by()
        .values_list(Value(PLACE), "pk")
        .union(
            *(
                found.order_by().values_list(Value(words[0]), "municipality")
                for words, found in running.items()
            ),
            all=True,
        )
    )
    found = Counter(rows)
    everywhere = Counter(kind for kind, _ in found.elements())
    return Offer(
        place=municipality.name,
        own=tuple(found[one, municipality.pk] for one, _ in KINDS),
        region=tuple(everywhere[one] for one, _ in KINDS),
        place_count=everywhere[PLACE],
    )
