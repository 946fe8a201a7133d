"""An attacker reads only what the portal serves (JSON, CSV, XLSX, pages), over two releases.

She knows how many persons every municipality has, which municipalities make up which region, and
every count that she was ever shown. From that she may not recognise a small count.
"""

import csv
import io
import random
from collections.abc import Callable, Mapping

import openpyxl
import pytest
from django.test import Client

from partners.models import Area, AreaKind
from tests import factories
from tests.monitoring.disclosure.attacker import range_of, recognises
from tests.monitoring.disclosure.test_protection import LIMBURG_NOORD, NAMES, SOUTH

pytestmark = pytest.mark.django_db

CODE, YEAR = "big2", "2022"
# Regions of these kinds do not overlap; all others are coalitions, which may.
KINDS = {
    "ggd": AreaKind.GGD_REGION,
    "south": AreaKind.GGD_REGION,
    "province": AreaKind.PROVINCE,
    "county 1": AreaKind.GGD_REGION,
    "county 2": AreaKind.GGD_REGION,
    "big": AreaKind.PROVINCE,
    "small": AreaKind.PROVINCE,
}
LINKED = dict(zip("ABIJKLMN", (8, 8, 32, 32, 12, 12, 12, 28), strict=True))

Counts = Mapping[str, tuple[int, int]]
Regions = Mapping[str, frozenset[str]]


class World:
    """Municipalities and regions with what the attacker was shown of them so far."""

    def __init__(self, client: Client, deliver: Callable, regions: Regions, counts: Counts) -> None:
        self.client, self.deliver, self.regions = client, deliver, regions
        self.places = {name: factories.make_area(name) for name in counts}
        self.country = factories.make_area("Nederland", kind=AreaKind.COUNTRY, code="NL")
        factories.put_in_region(self.country, *self.places.values())
        self.areas = {name: self._region(name, members) for name, members in regions.items()}
        # A corrected count is another unknown: (municipality, how often it was corrected).
        self.version = dict.fromkeys(counts, 0)
        self.counts: dict[tuple[str, int], tuple[int, int]] = {}
        self.cells: dict[tuple[str, int], int] = {}
        self.sums: list[tuple[frozenset[tuple[str, int]], int]] = []

    def _region(self, name: str, members: frozenset[str]) -> Area:
        municipalities = tuple(self.places[one] for one in sorted(members))
        if name not in KINDS:
            return factories.make_coalition(name, municipalities=municipalities).area
        area = factories.make_area(name, kind=KINDS[name])
        factories.put_in_region(area, *municipalities)
        return area

    def publish(self, counts: Counts) -> None:
        for name, pair in counts.items():
            if self.counts.get((name, self.version[name]), pair) != pair:
                self.version[name] += 1
            self.counts[name, self.version[name]] = pair
        self.deliver(
            *((self.places[name].code, YEAR, CODE, count, size) for name, (count, size) in counts.items()),
            filename=f"{sum(self.version.values())}.csv",
        )
        self._read()

    def _read(self) -> None:
        """Everything that is served about every area."""
        named = {area.code: name for name, area in (self.places | self.areas).items()} | {"NL": "NL"}
        regions = dict(self.regions) | {"NL": frozenset(self.places)}
        shown: dict[str, int] = {}
        for code in ["NL", *(area.code for area in self.areas.values())]:
            address = f"/indicatoren/{CODE}.json?gebied={code}&periode={YEAR}"
            for row in self.client.get(address).json()["cijfers"]:
                if row["teller"] is not None:
                    shown[named[row["gebiedscode"]]] = row["teller"]
        for name, count in shown.items():
            if name in self.places:
                self.cells[name, self.version[name]] = count
            else:
                self.sums.append((frozenset((one, self.version[one]) for one in regions[name]), count))
        self.shown = shown

    def recognised(self) -> set[tuple[str, int]]:
        cells = {key: (self.cells.get(key), size) for key, (_, size) in self.counts.items()}
        small = {key for key, (count, size) in self.counts.items() if 0 < count < 10 or 0 < size - count < 10}
        return {
            key
            for key in small
            if recognises(*range_of(frozenset({key}), cells, self.sums), self.counts[key][1])
        }


@pytest.fixture
def world(client: Client, deliver: Callable) -> Callable[[Regions, Counts], World]:
    return lambda regions, counts: World(client, deliver, regions, counts)


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(("ggd",), id="P1 and P2"),
        pytest.param(("ggd", "coalition"), id="P3, P5 and P6"),
        pytest.param(("coalition",), id="P4"),
        pytest.param(("coalition", "province", "south"), id="P7"),
    ],
)
def test_no_pattern_tells_a_small_count(world, names):
    # Elsewhere is the rest of the country, so that its total alone tells nothing.
    counts = LIMBURG_NOORD | SOUTH | {f"Elders {number}": (40, 300) for number in range(3)}
    there = world({name: NAMES[name] for name in names}, counts)
    there.publish(counts)
    assert "Mook" not in there.shown
    assert there.shown["coalition" if "coalition" in names else "ggd"] > 0
    assert there.recognised() == set()


def test_two_releases_together_do_not_tell_a_small_count(world):
    counts = LIMBURG_NOORD | SOUTH
    there = world({name: NAMES[name] for name in ("ggd", "coalition")}, counts)
    there.publish(counts)
    for correction in ({"Mook": (12, 55)}, {"Mook": (9, 55), "Bergen": (14, 99)}, {"Bergen": (8, 99)}):
        there.publish(counts | correction)
        assert there.recognised() == set()


def test_linked_tables_together_do_not_tell_a_small_count(world):
    regions = {
        "county 1": frozenset("ABIJ"),
        "county 2": frozenset("KLMN"),
        "big": frozenset("ILM"),
        "small": frozenset("ABJKN"),
    }
    counts = {name: (count, 400) for name, count in LINKED.items()}
    there = world(regions, counts)
    there.publish(counts)
    assert there.recognised() == set()


def test_two_hundred_random_regions_do_not_tell_a_small_count(world):
    chance = random.Random(1)
    sizes = {f"Plaats {number}": chance.randint(40, 900) for number in range(60)}
    counts = {name: (round(size * chance.uniform(0.02, 0.2)), size) for name, size in sizes.items()}
    names = sorted(counts)
    regions = {
        f"Regio {number}": frozenset(chance.sample(names, chance.randint(1, 15))) for number in range(200)
    }
    there = world(regions, counts)
    there.publish(counts)
    assert any(count < 10 for count, _ in counts.values())
    assert there.recognised() == set()


def test_every_form_of_the_figures_hides_the_same(world):
    there = world({"ggd": NAMES["ggd"]}, LIMBURG_NOORD)
    there.publish(LIMBURG_NOORD)
    query = f"?gebied={there.areas['ggd'].code}&periode={YEAR}"
    text = there.client.get(f"/indicatoren/{CODE}.csv{query}").content.decode("utf-8-sig")
    by_csv = {
        row["gebied"]: (row["teller"], row["noemer"], row["waarde"], row["stand"])
        for row in csv.DictReader(io.StringIO(text), delimiter=";")
    }
    book = openpyxl.load_workbook(
        io.BytesIO(there.client.get(f"/indicatoren/{CODE}.xlsx{query}").content), read_only=True
    )
    head, *rows = book.worksheets[0].iter_rows(values_only=True)
    by_xlsx = {(row := dict(zip(head, values, strict=True)))["gebied"]: row for values in rows}
    page = " ".join(there.client.get(f"/indicatoren/{CODE}/{query}").content.decode().split())
    for name in ("Mook", "Bergen"):
        assert by_csv[name][:3] == ("", "", "")
        assert by_csv[name][3].startswith("Niet getoond")
        assert (by_xlsx[name]["teller"], by_xlsx[name]["noemer"], by_xlsx[name]["waarde"]) == (None,) * 3
    count, size = LIMBURG_NOORD["Venlo"]
    assert by_csv["Venlo"][:2] == (str(count), str(size))
    assert "Niet getoond: anders is een klein aantal uit te rekenen" in page
    assert "8 van" not in page
