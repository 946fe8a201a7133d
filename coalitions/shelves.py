"""What can be found of who works together, and where."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery

from coalitions import documents
from coalitions.access import Permission, can, coalition_ids_with, readable_by
from coalitions.care_landscape import SHAPES
from coalitions.models import Level, WorkingGroup
from coalitions.organisation_access import is_administrator, visible_organisations
from coalitions.organisation_filters import organisation_holds
from partners.models import Area, AreaKind, Organisation, Person, Representative
from partners.models.organisations import OrganisationQuerySet
from portal.addresses import address_of
from portal.names import SortKey, name_holds
from portal.search import Facts, Shelf, joined

LEVELS = {
    Level.LOCAL: "lokale coalitie",
    Level.REGIONAL: "regionale coalitie",
    Level.NATIONAL: "landelijke coalitie",
}
# A region has no page of its own: the list of municipalities with this filter shows what lies in it.
REGIONS = {AreaKind.PROVINCE: "provincie", AreaKind.GGD_REGION: "ggd"}


def shelves(person: Any) -> Iterator[Shelf]:
    """Coalitions, places and organisations; for who takes part also people, groups and documents."""
    yield _coalitions(person)
    yield _places()
    if can(person, Permission.MEMBERS_READ) or is_administrator(person):
        yield _organisations(visible_organisations(person).active(), "organisation-detail")
    else:
        public = Organisation.objects.public().filter(type__code__in=SHAPES)
        yield _organisations(public, "birth-care-detail")
    if can(person, Permission.MEMBERS_READ):
        yield _people(person)
        yield _groups(person)
        yield _documents(person)


def _coalitions(person: Any) -> Shelf:
    return Shelf(
        title="Coalities",
        order=10,
        rows=readable_by(person),
        facts={"slug": "slug", "level": "level"},
        address=lambda facts: address_of("coalitions:coalition-detail", facts["slug"]),
        detail=lambda facts: LEVELS[facts["level"]],
    )


def _places() -> Shelf:
    kinds = [AreaKind.MUNICIPALITY, *REGIONS]
    return Shelf(
        title="Gemeenten en regio’s",
        order=20,
        rows=Area.objects.current().filter(kind__in=kinds),
        holds=lambda word: Q(name_holds(word)) | Q(code__in=(word.upper(), f"GM{word}")),
        facts={"code": "code", "kind": "kind"},
        address=_place_address,
        detail=lambda facts: str(AreaKind(facts["kind"]).label),
    )


def _place_address(facts: Facts) -> str:
    if facts["kind"] == AreaKind.MUNICIPALITY:
        return address_of("coalitions:municipality-detail", facts["code"])
    return f"{address_of('coalitions:municipality-list')}?{REGIONS[facts['kind']]}={facts['code']}"


def _organisations(rows: OrganisationQuerySet, page: str) -> Shelf:
    return Shelf(
        title="Organisaties",
        order=30,
        rows=rows,
        # "kraamzorg venlo" is a kind and a place.
        holds=lambda word: (
            organisation_holds(word)
            | Q(name_holds(word, "type__sort_key"))
            | Q(name_holds(word, "municipality__sort_key"))
        ),
        facts={"pk": "pk", "kind": "type__name", "place": "municipality__name"},
        address=lambda facts: address_of(f"coalitions:{page}", facts["pk"]),
        detail=lambda facts: joined(facts["kind"], facts["place"]),
    )


def _people(person: Any) -> Shelf:
    functions = Representative.objects.current().filter(
        organisation__in=visible_organisations(person).order_by().values("pk")
    )
    first = functions.filter(person=OuterRef("pk")).order_by("valid_from", "pk")
    return Shelf(
        title="Mensen",
        order=40,
        rows=Person.objects.filter(pk__in=functions.order_by().values("person")),
        facts={"pk": "pk", "organisation": Subquery(first.values("organisation__name")[:1])},
        address=lambda facts: address_of("coalitions:person-detail", facts["pk"]),
        detail=lambda facts: facts["organisation"],
    )


def _groups(person: Any) -> Shelf:
    return Shelf(
        title="Werkgroepen",
        order=50,
        rows=WorkingGroup.objects.filter(coalition__in=coalition_ids_with(person, Permission.MEMBERS_READ)),
        facts={"slug": "coalition__slug", "group": "slug", "coalition": "coalition__name"},
        address=lambda facts: address_of("coalitions:working-group-detail", facts["slug"], facts["group"]),
        detail=lambda facts: facts["coalition"],
    )


def _documents(person: Any) -> Shelf:
    return Shelf(
        title="Documenten",
        order=55,
        rows=documents.readable_by(person),
        name="title",
        sort_key=SortKey(F("title")),
        facts={"slug": "coalition__slug", "pk": "pk", "coalition": "coalition__name"},
        address=lambda facts: address_of("coalitions:document-download", facts["slug"], facts["pk"]),
        detail=lambda facts: facts["coalition"],
    )
