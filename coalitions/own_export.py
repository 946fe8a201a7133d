"""What the portal knows of an organisation, as its own people take it along."""

from collections.abc import Iterable, Iterator
from typing import Any

from coalitions.presenters import links_of
from partners.models import Mandate, Organisation

HEADER = ("Wat", "Naam", "Bijzonderheden", "Vanaf", "Tot")
Row = tuple[Any, ...]


def rows_of(organisation: Organisation) -> Iterator[Row]:
    """All of its page, and who and what was there before; as many queries for a large organisation."""
    yield from _profile(organisation)
    yield from _places(organisation)
    yield from _people(organisation)
    yield from _mandates(organisation)
    yield from _linking_roles(organisation)
    yield from _memberships(organisation)


def _profile(organisation: Organisation) -> Iterable[Row]:
    facts = {
        "Naam": organisation.name,
        "Soort": organisation.type.name,
        "Gemeente": organisation.municipality.name if organisation.municipality else "",
        "KvK-nummer": organisation.kvk or "",
        "AGB-code": organisation.agb or "",
        "OIN": organisation.oin or "",
        "Website": organisation.website,
        "Algemeen mailadres": organisation.general_email,
        "Telefoon": organisation.phone,
        "Beschrijving": organisation.description,
    }
    return [("Gegevens", label, value, None, None) for label, value in facts.items() if value]


def _places(organisation: Organisation) -> Iterator[Row]:
    for alias in organisation.aliases.all():
        yield ("Andere naam", alias.name, None, None, None)
    for location in organisation.locations.all():
        yield ("Locatie", str(location), None, None, None)
    for served in organisation.service_areas.select_related("municipality"):
        yield ("Werkgebied", served.municipality.name, None, None, None)
    for line in links_of(organisation):
        yield ("Hoort bij", line.other.name, line.label, line.link.valid_from, line.link.valid_to)


def _people(organisation: Organisation) -> Iterable[Row]:
    people = organisation.representatives.select_related("person").order_by("valid_from", "pk")
    return [
        (
            "Persoon",
            row.person.name,
            f"{row.function} ({row.portfolio})" if row.portfolio else row.function,
            row.valid_from,
            row.valid_to,
        )
        for row in people
    ]


def _mandates(organisation: Organisation) -> Iterable[Row]:
    return [
        (
            "Tekenbevoegdheid",
            row.representative.person.name,
            f"{row.get_kind_display()}: {row.status_label}",
            row.valid_from,
            row.valid_to,
        )
        for row in Mandate.objects.for_list().filter(representative__organisation=organisation)
    ]


def _linking_roles(organisation: Organisation) -> Iterator[Row]:
    for row in organisation.linking_roles.select_related("person").order_by("valid_from", "pk"):
        words = f"{row.person or 'nog niet bekend'}: {row.domains_label}"
        yield ("Schakelfunctie", row.title, words, row.valid_from, row.valid_to)


def _memberships(organisation: Organisation) -> Iterator[Row]:
    memberships = (
        organisation.memberships.select_related("coalition")
        .prefetch_related("seats__representative__person")
        .order_by("pk")
    )
    for row in memberships:
        if row.joined_on:
            yield (
                "Lidmaatschap",
                row.coalition.name,
                row.get_state_display(),
                row.joined_on,
                row.left_on,
            )
        for seat in row.seats.all():
            words = f"{seat.get_level_display()} ({seat.get_kind_display()}), {row.coalition.name}"
            yield ("Zetel", seat.representative.person.name, words, seat.valid_from, seat.valid_to)
