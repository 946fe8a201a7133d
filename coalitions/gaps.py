"""Who is missing: kinds of organisations by municipality, levels by partner, and how it grows."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone

from coalitions.models import Coalition, MembershipState
from coalitions.models.memberships import MEMBER_STATES, OVER_STATES
from partners.models import Area, Domain, Organisation, OrganisationType, ServiceArea
from portal.charts import TEAL, WIDTH, Spec


@dataclass(frozen=True)
class Wanted:
    """A kind of party that a coalition needs: its words, and the codes that fill it, the usual first."""

    label: str
    codes: tuple[str, ...]
    is_plural: bool = False

    @property
    def missing(self) -> str:
        """As the end of a sentence: "doet nog geen kraamzorg mee"."""
        return f"{'doen' if self.is_plural else 'doet'} nog geen {self.label} mee"


# In each municipality: who a family meets close to home.
LOCAL = (
    Wanted("gemeente", ("gemeente",)),
    Wanted("verloskundigen", ("verloskundigenpraktijk", "verloskundigencooperatie"), is_plural=True),
    Wanted("kraamzorg", ("kraamzorg",)),
    Wanted("huisartsen", ("huisartsenzorggroep", "huisartsenpraktijk"), is_plural=True),
    Wanted("jeugdgezondheidszorg", ("jgz", "ggd", "cjg")),
    Wanted("wijkteam", ("sociaal_wijkteam", "toegangsteam", "cjg")),
    Wanted("welzijn", ("welzijn", "maatschappelijk_werk")),
    Wanted("jeugdhulp", ("jeugdhulp",)),
    Wanted("kinderopvang", ("kinderopvang",)),
    Wanted("schuldhulp", ("schuldhulp",)),
    Wanted("vrijwilligers", ("vrijwilligers",), is_plural=True),
)
# Once for the whole area.
REGIONAL = (
    Wanted("ziekenhuis", ("ziekenhuis", "geboortecentrum")),
    Wanted("verloskundig samenwerkingsverband", ("vsv", "igo")),
    Wanted("zorgverzekeraar", ("zorgverzekeraar",)),
    Wanted("GGD", ("ggd",)),
    Wanted("geestelijke gezondheidszorg", ("ggz",)),
    Wanted("Veilig Thuis", ("veilig_thuis",)),
    Wanted("woningcorporatie", ("woningcorporatie",)),
    Wanted("ervaringsdeskundigen", ("ervaringsdeskundigen",)),
)
# They stand somewhere, and work for every municipality of the area.
EVERYWHERE = frozenset({"ggd"})
MEMBER, WAITING, GAP = "member", "waiting", "gap"


@dataclass(frozen=True)
class Cell:
    """One kind in one municipality: how many take part, and whether somebody is on the way."""

    wanted: Wanted
    members: int
    waiting: int

    @property
    def state(self) -> str:
        """member, waiting or gap."""
        if self.members:
            return MEMBER
        return WAITING if self.waiting else GAP


@dataclass(frozen=True)
class Row:
    """One municipality with a cell for every kind."""

    municipality: Area
    cells: list[Cell]

    @cached_property
    def gaps(self) -> list[Wanted]:
        """The kinds that nobody fills and nobody is asked for."""
        return [cell.wanted for cell in self.cells if cell.state == GAP]


@dataclass(frozen=True)
class Counts:
    """Members and parties on the way: by kind and place, where None is everywhere, and by kind alone."""

    by_place: Mapping[tuple[str, int | None], list[int]]
    by_kind: Mapping[str, list[int]]

    def local(self, wanted: Wanted, place: int) -> Cell:
        """What there is of a kind in a municipality, those that work everywhere included."""
        return _cell(
            wanted, (self.by_place.get((code, where)) for code in wanted.codes for where in (place, None))
        )

    def regional(self, wanted: Wanted) -> Cell:
        """What there is of a kind in the whole area, each organisation once wherever it works."""
        return _cell(wanted, (self.by_kind.get(code) for code in wanted.codes))


def _cell(wanted: Wanted, numbers: Iterable[list[int] | None]) -> Cell:
    found = [pair for pair in numbers if pair]
    return Cell(wanted, sum(joined for joined, _ in found), sum(underway for _, underway in found))


def counts_of(coalition: Coalition) -> Counts:
    """By kind and place, an organisation counted where it stands and where it works. Two queries."""
    by_place: dict[tuple[str, int | None], list[int]] = defaultdict(lambda: [0, 0])
    by_kind: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    listed = coalition.memberships.exclude(state__in=OVER_STATES).order_by()
    is_member = Q(state__in=MEMBER_STATES)
    rows = listed.values_list("organisation__type__code", "organisation__municipality").annotate(
        joined=Count("pk", filter=is_member), underway=Count("pk", filter=~is_member)
    )
    for code, place, joined, underway in rows:
        for numbers in (by_kind[code], by_place[code, None if code in EVERYWHERE else place]):
            numbers[0] += joined
            numbers[1] += underway
    works_in = (
        ServiceArea.objects.filter(organisation__memberships__in=listed)
        .exclude(municipality=F("organisation__municipality"))
        .exclude(organisation__type__code__in=EVERYWHERE)
        .order_by()
        .values_list("organisation__type__code", "municipality")
        .annotate(
            joined=Count("pk", filter=Q(organisation__memberships__state__in=MEMBER_STATES)),
            underway=Count("pk", filter=~Q(organisation__memberships__state__in=MEMBER_STATES)),
        )
    )
    for code, place, joined, underway in works_in:
        by_place[code, place][0] += joined
        by_place[code, place][1] += underway
    return Counts(dict(by_place), dict(by_kind))


def matrix_of(municipalities: Iterable[Area], counts: Counts) -> list[Row]:
    """A row for each of `municipalities`; asks the database nothing."""
    return [Row(one, [counts.local(wanted, one.pk) for wanted in LOCAL]) for one in municipalities]


def missing_in(rows: Iterable[Row]) -> list[int]:
    """For each kind in how many of these municipalities nobody fills it and nobody is asked."""
    return [
        sum(cell.state == GAP for cell in cells) for cells in zip(*(row.cells for row in rows), strict=True)
    ]


def regional_of(counts: Counts) -> list[Cell]:
    """What one party can fill for the whole area."""
    return [counts.regional(wanted) for wanted in REGIONAL]


def find_party(coalition: Coalition, wanted: Wanted, municipality: Area | None) -> Organisation | None:
    """An organisation of the register that would fill the gap and is not on the list, anywhere in the
    area of the coalition where no municipality is named. One query."""
    listed = coalition.memberships.filter(left_on__isnull=True).values("organisation")
    places = [municipality] if municipality else coalition.municipalities()
    return (
        Organisation.objects.active()
        .filter(Q(municipality__in=places) | Q(service_areas__municipality__in=places))
        .filter(type__code__in=wanted.codes)
        .exclude(pk__in=listed)
        .order_by("sort_key", "pk")
        .first()
    )


def wanted_of(label: str, kinds: tuple[Wanted, ...] = LOCAL) -> Wanted | None:
    """The kind with this label."""
    return next((one for one in kinds if one.label == label), None)


def usual_type(wanted: Wanted) -> OrganisationType:
    """The kind of organisation that usually fills it."""
    return OrganisationType.objects.get(code=wanted.codes[0])


def domains_of(coalition: Coalition) -> list[tuple[str, int, int]]:
    """For each domain its name, the members, and who is on the way. One query."""
    is_member = Q(state__in=MEMBER_STATES)
    rows = (
        coalition.memberships.exclude(state__in=OVER_STATES)
        .order_by()
        .values_list("organisation__type__domain")
        .annotate(joined=Count("pk", filter=is_member), underway=Count("pk", filter=~is_member))
    )
    found = {domain: (joined, underway) for domain, joined, underway in rows}
    return [(domain.label, *found.get(domain, (0, 0))) for domain in Domain]


@dataclass(frozen=True)
class Growth:
    """How many members there were at the end of a quarter, or today."""

    on: datetime.date
    label: str
    joined: int
    left: int
    total: int


def growth_of(coalition: Coalition) -> list[Growth]:
    """From the first member to today, by quarter, as the dates of the memberships say. Two queries."""
    was_member = coalition.memberships.filter(joined_on__isnull=False).order_by()
    joined = dict(was_member.values_list("joined_on").annotate(count=Count("pk")))
    left = dict(
        was_member.filter(state=MembershipState.LEFT).values_list("left_on").annotate(count=Count("pk"))
    )
    return growth_from(joined, left)


def growth_from(joined: Mapping[datetime.date, int], left: Mapping[datetime.date, int]) -> list[Growth]:
    """The same from how many came and went on each day; asks the database nothing."""
    if not joined:
        return []
    today = timezone.localdate()
    rows, total, start = [], 0, min(joined)
    for end, label in _quarters(start, today):
        came = sum(count for day, count in joined.items() if start <= day <= end)
        went = sum(count for day, count in left.items() if start <= day <= end)
        total += came - went
        rows.append(Growth(end, label, came, went, total))
        start = end + datetime.timedelta(days=1)
    return rows


def _quarters(first: datetime.date, today: datetime.date) -> Iterable[tuple[datetime.date, str]]:
    year, quarter = first.year, (first.month + 2) // 3
    while True:
        following = datetime.date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
        last = following - datetime.timedelta(days=1)
        if last >= today:
            yield today, "vandaag"
            return
        yield last, f"{year}, kwartaal {quarter}"
        year, quarter = following.year, (following.month + 2) // 3


def changes_in(rows: list[Growth]) -> list[Growth]:
    """The quarters in which somebody came or went, and today."""
    return [row for row in rows[:-1] if row.joined or row.left] + rows[-1:]


def growth_chart(rows: list[Growth]) -> Spec:
    """Members over time, as steps: between two days nothing is known."""
    values: list[dict[str, Any]] = [{"on": row.on.isoformat(), "total": row.total} for row in rows]
    return {
        "width": WIDTH - 60,
        "height": 160,
        "data": {"values": values},
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2, "color": TEAL},
        "encoding": {
            "x": {
                "field": "on",
                "type": "temporal",
                "title": None,
                "axis": {"format": "%Y", "tickCount": {"interval": "year", "step": 1}},
            },
            "y": {"field": "total", "type": "quantitative", "title": "Leden", "scale": {"zero": True}},
        },
    }
