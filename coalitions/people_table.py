"""The table of people who speak for the organisations on a list, as a file that can come back in."""

from typing import Any

from django.db.models import Prefetch

from coalitions.models import Coalition, Seat, SeatLevel
from partners.models import Representative

HEADER = (
    "Organisatie",
    "KvK-nummer",
    "Gemeente",
    "Naam",
    "Functie",
    "Portefeuille",
    "Mailadres",
    "Telefoon",
    "Eerste aanspreekpunt",
    "Niveau van de zetel",
)


def exported(coalition: Coalition) -> tuple[list[str], list[list[Any]]]:
    """Header and rows: one for each function, or for each seat that goes with it. Two queries."""
    seats = Seat.objects.current().filter(membership__coalition=coalition).order_by("level", "pk")
    speakers = (
        Representative.objects.current()
        .filter(organisation__in=coalition.memberships.filter(left_on__isnull=True).values("organisation"))
        .select_related("person", "organisation__municipality")
        .prefetch_related(Prefetch("seats", seats, to_attr="seats_here"))
        .order_by("organisation__sort_key", "-is_primary", "person__sort_key", "pk")
    )
    return list(HEADER), [row for speaker in speakers for row in _rows(speaker)]


def _rows(speaker: Any) -> list[list[Any]]:
    organisation, person = speaker.organisation, speaker.person
    facts = [
        organisation.name,
        organisation.kvk,
        organisation.municipality and organisation.municipality.name,
        person.name,
        speaker.function,
        speaker.portfolio,
        person.email,
        person.phone,
        speaker.is_primary,
    ]
    levels = [SeatLevel(seat.level).label for seat in speaker.seats_here] or [""]
    return [[*facts, level] for level in levels]
