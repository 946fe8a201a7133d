"""The landscape of birth care: organisations on a map and in the same list, with to whom they belong."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from coalitions.landscape import HEIGHT, RADIUS, WIDTH, dots_path, project, spread
from partners.models import Area, LinkKind, Organisation, OrganisationLink

# The kinds of the legend, those that a region needs first; each with the shape of its mark.
SHAPES = {
    "vsv": "executing",
    "consortium": "founded",
    "ros": "building",
    "roaz": "paused",
    "ziekenhuis": "sustaining",
    "geboortecentrum": "sustaining",
    "igo": "exploring",
    "verloskundigenpraktijk": "exploring",
    "verloskundigencooperatie": "exploring",
    "kraamzorg": "exploring",
    "jgz": "exploring",
}
SHOWN_AT_FIRST = ("vsv", "consortium", "ros", "roaz")
ABOVE = (LinkKind.PART_OF_CONSORTIUM, LinkKind.IN_ROS, LinkKind.IN_ROAZ, LinkKind.MEMBER_OF_VSV)


@dataclass(frozen=True)
class CareRow:
    """One organisation under its number, and the links that lead on from it."""

    number: int
    organisation: Organisation
    links: list[OrganisationLink]
    is_on_map: bool

    @property
    def shape(self) -> str:
        """Its mark on the map; each kind of the legend that matters has its own."""
        return SHAPES.get(self.organisation.type.code, "exploring")


@dataclass(frozen=True)
class CareMark:
    """A row on the map."""

    row: CareRow
    x: float
    y: float


@dataclass(frozen=True)
class CareLandscape:
    """The list and the map of the same organisations."""

    rows: list[CareRow]
    marks: list[CareMark]
    dots: str
    width: int = WIDTH
    height: int = HEIGHT
    radius: float = RADIUS


def draw(organisations: Sequence[Organisation], *, first_number: int) -> CareLandscape:
    """Two queries, however many organisations."""
    above: dict[int, list[OrganisationLink]] = defaultdict(list)
    links = (
        OrganisationLink.objects.current()
        .filter(source__in=organisations, kind__in=ABOVE, target__is_public=True)
        .select_related("target")
        .order_by("kind", "target__sort_key")
    )
    for link in links:
        above[link.source_id].append(link)
    rows = [
        CareRow(number, organisation, above[organisation.pk], is_on_map=_place(organisation) is not None)
        for number, organisation in enumerate(organisations, start=first_number)
    ]
    placed = [(row, place) for row in rows if (place := _place(row.organisation)) is not None]
    spots = spread([place for _, place in placed])
    every = Area.objects.municipalities().current().filter(longitude__isnull=False, latitude__isnull=False)
    return CareLandscape(
        rows=rows,
        marks=[
            CareMark(row, round(x, 1), round(y, 1)) for (row, _), (x, y) in zip(placed, spots, strict=True)
        ],
        dots=dots_path(project(x, y) for x, y in every.order_by("pk").values_list("longitude", "latitude")),
    )


def _place(organisation: Organisation) -> tuple[float, float] | None:
    town = organisation.municipality
    if town is None or town.longitude is None or town.latitude is None:
        return None
    return project(town.longitude, town.latitude)
