"""An attacker knows that what a source says of a region is the sum of its municipalities.

She reads what the portal serves, over one or more releases, and lays the figures of regions that the source
gave itself beside those of municipalities, also of some that nobody delivered. With linear programs of her
own she may work out no small count.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest
from django.test import Client

from monitoring.models import Aggregate, Status
from partners.models import Area, AreaKind
from tests import factories
from tests.monitoring.disclosure.attacker import range_of, recognises
from tests.monitoring.disclosure.test_protection import LIMBURG_NOORD, NAMES, SOUTH

pytestmark = pytest.mark.django_db

CODE = "vroeggeboorte"
KINDS = {"NL": AreaKind.COUNTRY, "ggd": AreaKind.GGD_REGION, "south": AreaKind.GGD_REGION}
Pairs = Mapping[str, tuple[int, int]]


@dataclass
class Reader:
    """Who reads everything that is served of these places, and what she was shown so far."""

    client: Client
    deliver: Callable
    counts: Pairs
    regions: Mapping[str, frozenset[str]]
    code: str = CODE
    years: tuple[int, ...] = (2022,)
    sums: dict[tuple[frozenset[tuple[str, int]], int], None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.areas = {name: factories.make_area(name) for name in self.counts}
        for name, members in self.regions.items():
            self.areas[name] = self._region(name, [self.areas[one] for one in sorted(members)])
        self.named = {area.code: name for name, area in self.areas.items()}
        self.shown: dict[tuple[str, str], int] = {}
        self.published = 0

    def _region(self, name: str, members: list[Area]) -> Area:
        if name.startswith("coalition"):
            return factories.make_coalition(name, municipalities=tuple(members)).area
        kind = next((kind for word, kind in KINDS.items() if name.startswith(word)), AreaKind.PROVINCE)
        area = factories.make_area(name, kind=kind, code="NL" if kind == AreaKind.COUNTRY else "")
        factories.put_in_region(area, *members)
        return area

    def sum_of(self, region: str) -> tuple[int, int]:
        pairs = [self.counts[one] for one in self.regions[region]]
        return sum(x for x, _ in pairs), sum(n for _, n in pairs)

    def publish(self, *names: str) -> None:
        """Have these places delivered, regions by what the source says of them itself."""
        self.published += 1
        self.deliver(
            *(
                (self.areas[name].code, year, self.code, *(self.counts.get(name) or self.sum_of(name)))
                for name in names
                for year in self.years
            ),
            filename=f"{self.published}.csv",
            reason="Proef",
        )
        self.read()

    def read(self) -> None:
        """Of every region; the municipalities in it stand there too."""
        self.shown = {}
        for region in self.regions:
            for year in self.years:
                url = f"/indicatoren/{self.code}.json?gebied={self.areas[region].code}&periode={year}"
                for row in self.client.get(url).json().get("cijfers", []):
                    if row["teller"] is not None:
                        self._learn(self.named[row["gebiedscode"]], str(row["periode"]), row["teller"])

    def _learn(self, name: str, period: str, count: int) -> None:
        self.shown[name, period] = count
        years = self.years if period.endswith("samen") else (int(period),)
        inside = self.regions.get(name, frozenset({name}))
        self.sums[frozenset((one, year) for one in inside for year in years), count] = None

    def recognised(self, *, also: Mapping[str, int] | None = None) -> set[str]:
        """Whose small count, of a municipality or of a region, follows from everything read so far."""
        cells = {(name, year): (None, size) for name, (_, size) in self.counts.items() for year in self.years}
        extra = [
            (frozenset((one, self.years[0]) for one in self.regions[name]), count)
            for name, count in (also or {}).items()
        ]
        found = set()
        for name in (*self.counts, *self.regions):
            x, n = self.counts.get(name) or self.sum_of(name)
            inside = self.regions.get(name, frozenset({name}))
            asked = frozenset((one, self.years[0]) for one in inside)
            is_small = 0 < x < 10 or 0 < n - x < 10
            if is_small and recognises(*range_of(asked, cells, [*self.sums, *extra]), n):
                found.add(name)
        return found


@pytest.fixture
def reader(client: Client, deliver: Callable) -> Callable[..., Reader]:
    return lambda *args, **more: Reader(client, deliver, *args, **more)


COUNTS = LIMBURG_NOORD | SOUTH | {f"Elders {number}": (40, 300) for number in range(3)}
NETHERLANDS = frozenset(COUNTS)


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(("ggd",), id="P1 and P2"),
        pytest.param(("ggd", "coalition"), id="P3 to P6"),
        pytest.param(("coalition", "province", "south"), id="P7"),
        pytest.param(("ggd", "south", "province"), id="all of a province"),
    ],
)
def test_no_pattern_tells_a_small_count_where_the_source_gives_the_regions(reader, names):
    there = reader(COUNTS, {name: NAMES[name] for name in names} | {"NL": NETHERLANDS})
    direct = [name for name in there.regions if name != "coalition"]
    there.publish(*COUNTS, *direct)
    assert ("Mook", "2022") not in there.shown
    assert {name for name, _ in there.shown} & there.regions.keys()
    assert there.recognised() == set()


def test_what_the_source_withholds_does_not_follow_from_its_own_total(reader):
    there = reader(COUNTS, {"ggd": NAMES["ggd"], "NL": NETHERLANDS})
    delivered = [name for name in COUNTS if name != "Mook"]
    there.publish(*delivered, "ggd", "NL")
    assert there.recognised() == set()
    # With one of the two it would, as everybody else stands there.
    visible = set(delivered) - {name for name, _ in there.shown}
    assert len(visible) == 1 or ("ggd", "2022") not in there.shown
    for (name,) in [{one} for one in visible]:
        there.sums[frozenset({(name, 2022)}), COUNTS[name][0]] = None
    assert "Mook" in there.recognised(also={"ggd": 650})


def test_a_total_that_was_told_first_makes_a_municipality_give_way(reader):
    there = reader(COUNTS, {"ggd": NAMES["ggd"], "coalition": NAMES["coalition"], "NL": NETHERLANDS})
    there.publish("ggd", "NL")
    assert there.shown["ggd", "2022"] == 650
    there.publish(*(name for name in COUNTS if name != "Mook"))
    assert there.recognised() == set()
    there.publish("Mook")
    assert there.recognised() == set()


def test_a_sum_that_was_told_first_keeps_the_source_s_own_total_away(reader):
    there = reader(COUNTS, {"ggd": NAMES["ggd"], "coalition": NAMES["coalition"], "NL": NETHERLANDS})
    there.publish(*(name for name in COUNTS if name != "Mook"))
    there.publish("ggd")
    assert there.recognised() == set()
    there.publish("NL")
    assert there.recognised() == set()


def test_a_small_region_does_not_follow_from_the_country(reader):
    counts = {"A": (4, 900), "B": (4, 700), "C": (30, 4000), "D": (41, 5000), "E": (25, 3000)}
    regions = {
        "ggd 1": frozenset("AB"),
        "ggd 2": frozenset("C"),
        "ggd 3": frozenset("DE"),
        "NL": frozenset(counts),
    }
    there = reader(counts, regions, code="zuigelingensterfte")
    # No municipality is delivered: the source gives this per region only.
    there.publish(*regions)
    assert ("ggd 1", "2022") not in there.shown
    assert there.shown["NL", "2022"] == 104
    assert there.recognised() == set()
    assert "ggd 1" in there.recognised(also={"ggd 2": 30, "ggd 3": 66})


def test_years_and_windows_of_a_region_tell_no_small_count(reader):
    there = reader(COUNTS, {"ggd": NAMES["ggd"], "NL": NETHERLANDS}, years=(2021, 2022, 2023))
    there.publish(*(name for name in COUNTS if name != "Mook"), "ggd", "NL")
    assert there.recognised() == set()
    there.publish("Mook")
    assert there.recognised() == set()


@pytest.mark.parametrize("seed", [1, 2])
def test_random_places_and_regions_tell_no_small_count_in_any_order(reader, seed):
    chance = random.Random(seed)
    sizes = {f"Plaats {number:02}": chance.randint(40, 900) for number in range(40)}
    counts = {name: (round(size * chance.uniform(0.01, 0.15)), size) for name, size in sizes.items()}
    names = sorted(counts)
    # Regions that lie side by side, larger ones around some of them, and some that overlap.
    regions = {f"ggd {number}": frozenset(names[5 * number : 5 * number + 5]) for number in range(8)}
    regions |= {f"province {number}": frozenset(names[10 * number : 10 * number + 10]) for number in range(4)}
    regions |= {f"coalition {number}": frozenset(chance.sample(names, 8)) for number in range(5)}
    there = reader(counts, regions | {"NL": frozenset(names)})
    direct = [name for name in there.regions if not name.startswith("coalition") and chance.random() < 0.7]
    given = [name for name in names if chance.random() < 0.85]
    rounds = [given[::2] + direct[::2], given[1::2] + direct[1::2], sorted(set(names) - set(given))]
    for delivered in rounds:
        there.publish(*delivered)
        assert there.recognised() == set()
    assert any(name in there.regions for name, _ in there.shown)


@pytest.mark.parametrize(
    "missing",
    [
        pytest.param({"Weert": (61, 411)}, id="one large municipality"),
        pytest.param({"Klein": (3, 5), "Negen": (9, 100)}, id="two of which one is tiny"),
    ],
)
def test_who_is_missing_under_a_total_of_the_source_does_not_follow_from_it(reader, missing):
    counts = {name: pair for name, pair in LIMBURG_NOORD.items() if name != "Mook"} | missing
    there = reader(counts, {"ggd": frozenset(counts)})
    there.publish(*(name for name in counts if name not in missing), "ggd")
    cells = {(name, 2022): (None, size) for name, (_, size) in counts.items()}
    for name, (_, size) in missing.items():
        assert not recognises(*range_of(frozenset({(name, 2022)}), cells, list(there.sums)), size)


def test_a_whole_and_its_parts_of_a_region_do_not_tell_who_is_both(deliver):
    regions = [factories.make_area(name, kind=AreaKind.GGD_REGION) for name in ("Noord", "Zuid")]
    for region in regions:
        factories.put_in_region(region, *(factories.make_area() for _ in range(4)))
    # In the north 4 children were born too early and too light, in the south 20.
    said = {"vroeggeboorte": (30, 50), "laag-gewicht-voor-de-duur": (40, 60), "big2": (66, 90)}
    deliver(
        *(
            (region.code, 2022, code, counts[place], 1000)
            for code, counts in said.items()
            for place, region in enumerate(regions)
        )
    )
    shown = {
        (figure.area.name, figure.indicator.code): figure.numerator
        for figure in Aggregate.objects.shown().select_related("area", "indicator")
    }
    assert {code for name, code in shown if name == "Zuid"} == set(said)
    assert {code for name, code in shown if name == "Noord"} == set(said) - {"big2"}


def test_of_a_region_of_two_the_source_s_total_tells_each_the_other(deliver):
    region = factories.make_area("Twee", kind=AreaKind.GGD_REGION)
    towns = [factories.make_area(name) for name in ("Een", "Ander")]
    factories.put_in_region(region, *towns)
    deliver(*((town.code, 2022, CODE, 40, 500) for town in towns), (region.code, 2022, CODE, 80, 1000))
    found = Aggregate.objects.get(area=region)
    assert (found.status, found.numerator) == (Status.SUPPRESSED_SECONDARY, None)
