"""Links, other names, places and schakelfuncties of the demo, and two rows that may be one."""

import datetime

from django.db.models import Q

from partners.models import (
    Area,
    LinkingRole,
    LinkKind,
    Location,
    MergeProposal,
    Organisation,
    OrganisationAlias,
    OrganisationLink,
    Person,
    Representative,
    ServiceArea,
)
from partners.models.organisations import Domain

LINKING_TITLES = (
    ("verloskundigenpraktijk", "Coördinator sociale verloskunde (demo)", Domain.MEDICAL, Domain.SOCIAL),
    ("toegangsteam", "Aandachtsfunctionaris zwangerschap (demo)", Domain.SOCIAL, Domain.MEDICAL),
    ("ziekenhuis", "Transmuraal coördinator (demo)", Domain.MEDICAL, Domain.PUBLIC),
    ("cjg", "Adviseur jonge ouders (demo)", Domain.SOCIAL, Domain.MEDICAL),
)


def load(organisations: dict[str, Organisation], *, towns: tuple[Area, ...], start: datetime.date) -> None:
    """Write what is missing around the organisations of the demo, which come by their address."""
    if OrganisationLink.objects.filter(source__is_demo=True).exists():
        return
    kinds: dict[str, list[Organisation]] = {}
    for row in Organisation.objects.filter(
        Q(municipality__in=[town.pk for town in towns]) | Q(type__code__in=["ros", "roaz", "consortium"]),
        is_demo=True,
        archived_at__isnull=True,
    ).select_related("type", "municipality"):
        kinds.setdefault(row.type.code, []).append(row)
    _link(kinds, start=start)
    _fill_places(kinds, towns, organisations)
    _add_linking_roles(kinds, start=start)
    _propose_merge(organisations)


def _link(kinds: dict[str, list[Organisation]], *, start: datetime.date) -> None:
    vsvs = kinds["vsv"]
    heads = (
        (LinkKind.PART_OF_CONSORTIUM, kinds["consortium"][0]),
        (LinkKind.IN_ROS, kinds["ros"][0]),
        (LinkKind.IN_ROAZ, kinds["roaz"][0]),
    )
    links = [(vsv, head, kind) for vsv in vsvs for kind, head in heads]
    for code in ("verloskundigenpraktijk", "kraamzorg", "ziekenhuis"):
        links += [
            (row, vsvs[number % len(vsvs)], LinkKind.MEMBER_OF_VSV) for number, row in enumerate(kinds[code])
        ]
    links.append((kinds["geboortecentrum"][0], kinds["ziekenhuis"][0], LinkKind.PART_OF))
    OrganisationLink.objects.bulk_create(
        OrganisationLink(source=source, target=target, kind=kind, valid_from=start)
        for source, target, kind in links
    )


def _fill_places(
    kinds: dict[str, list[Organisation]], towns: tuple[Area, ...], known_as: dict[str, Organisation]
) -> None:
    """The birth centre and the maternity care work for more than the town where they are."""
    OrganisationAlias.objects.bulk_create(
        OrganisationAlias(organisation=row, name=name)
        for row, name in (
            (known_as["info@kraamzorg-noord-1.example"], "Kraamzorg Maasduinen (demo)"),
            (known_as["info@verloskundig-samenwerkingsverband-noord-1.example"], "VSV Noord-Limburg (demo)"),
            (kinds["ros"][0], "Robuust Limburg (demo)"),
        )
    )
    Location.objects.bulk_create(
        Location(
            organisation=row,
            name="Hoofdlocatie (demo)",
            street="Voorbeeldstraat 1",
            city=row.municipality.name if row.municipality else "",
            municipality=row.municipality,
        )
        for code in ("ziekenhuis", "geboortecentrum")
        for row in kinds[code]
    )
    ServiceArea.objects.bulk_create(
        ServiceArea(organisation=row, municipality=town)
        for code in ("geboortecentrum", "kraamzorg", "ziekenhuis")
        for number, row in enumerate(kinds[code])
        for place, town in enumerate(towns)
        if code == "geboortecentrum" or place % 3 == number % 3
    )


def _add_linking_roles(kinds: dict[str, list[Organisation]], *, start: datetime.date) -> None:
    speakers = {
        row.organisation_id: row.person_id
        for row in Representative.objects.filter(is_primary=True, person__is_demo=True)
    }
    LinkingRole.objects.bulk_create(
        LinkingRole(
            organisation=row,
            # One place is vacant.
            person_id=speakers.get(row.pk) if number else None,
            municipality=row.municipality,
            title=title,
            domain_from=domain_from,
            domain_to=domain_to,
            valid_from=start,
        )
        for code, title, domain_from, domain_to in LINKING_TITLES
        for number, row in enumerate(kinds[code])
        if row.municipality
    )


def _propose_merge(organisations: dict[str, Organisation]) -> None:
    kept = organisations["info@verloskundigenpraktijk-zaanstad-1.example"]
    gone = organisations["info@verloskundigen-praktijk-zaanstad-1.example"]
    proposer = Person.objects.get(email="coordinator@demo.example")
    MergeProposal.objects.create(
        kept=kept, gone=gone, reason="Zelfde praktijk, twee keer ingevoerd (demo).", proposed_by=proposer
    )
