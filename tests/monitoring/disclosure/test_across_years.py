"""An attacker lays single years beside the windows of three years, over two releases.

She reads what the portal serves of every region in every year, and knows how many persons each place has.
From years, windows, regions and what was published before she may work out no small count of a year,
nor a small count of three years. The last tests show what a window is good for, and what it would tell.
"""

import random
from collections.abc import Callable, Mapping

import pytest
from django.test import Client

from monitoring import orders
from monitoring.models import HiddenFigure, PooledFigure, Status, Told, WindowAudit
from partners.models import Area, AreaKind
from portal import jobs
from portal.jobs import JobState
from tests import factories
from tests.monitoring.disclosure.attacker import range_of, recognises

pytestmark = pytest.mark.django_db

CODE = "vroeggeboorte"
YEARS = (2021, 2022, 2023, 2024)
WINDOW = YEARS[:3]
# The count of a place in a year as it was before so many corrections.
Cell = tuple[str, int, int]


def some_places(seed: int) -> dict[str, dict[int, tuple[int, int]]]:
    """Places of all sizes with a level of their own, so that some are small in every year."""
    chance = random.Random(seed)
    places = {}
    for number in range(14):
        size, share = chance.randint(60, 700), chance.uniform(0.03, 0.1)
        sizes = {year: round(size * chance.uniform(0.95, 1.05)) for year in YEARS}
        places[f"Plaats {number:02}"] = {
            year: (max(0, round(of * share + chance.gauss(0, 1) * (of * share) ** 0.5)), of)
            for year, of in sizes.items()
        }
    return places


class Years:
    """Municipalities in four years, the regions they are in, and what was served of both so far."""

    def __init__(self, client: Client, deliver: Callable, seed: int) -> None:
        self.client, self.deliver = client, deliver
        chance = random.Random(seed)
        self.counts = some_places(seed)
        names = sorted(self.counts)
        self.places = {name: factories.make_area(name) for name in names}
        self.members = {"Nederland": names} | {
            f"Regio {number}": sorted(chance.sample(names, 6)) for number in range(5)
        }
        self.areas = {name: self._region(name) for name in self.members}
        self.names = {area.code: name for name, area in (self.places | self.areas).items()}
        self.version = {(name, year): 0 for name in names for year in YEARS}
        self.pairs: dict[Cell, tuple[int, int]] = {}
        self.sums: dict[tuple[frozenset[Cell], int], None] = {}

    def _region(self, name: str) -> Area:
        municipalities = [self.places[one] for one in self.members[name]]
        if name != "Nederland":
            return factories.make_coalition(name, municipalities=municipalities).area
        area = factories.make_area(name, kind=AreaKind.COUNTRY, code="NL")
        factories.put_in_region(area, *municipalities)
        return area

    def publish(self, corrected: Mapping[tuple[str, int], tuple[int, int]] | None = None) -> None:
        for (name, year), pair in (corrected or {}).items():
            self.counts[name][year] = pair
            self.version[name, year] += 1
        pairs = {(name, year): pair for name, of in self.counts.items() for year, pair in of.items()}
        self.pairs |= {(*cell, self.version[cell]): pair for cell, pair in pairs.items()}
        self.deliver(
            *((self.places[name].code, year, CODE, *pair) for (name, year), pair in pairs.items()),
            filename=f"{sum(self.version.values())}.csv",
        )
        self.read()

    def read(self) -> None:
        """What is served of the country in every year, with its municipalities, and of each region, which
        has its other years beside one. All else that is served tells the same."""
        self.windows: dict[str, int] = {}
        self.years: dict[tuple[str, int], int] = {}
        for name, area in self.areas.items():
            for year in YEARS if name == "Nederland" else WINDOW[:1]:
                self.ask(area.code, year)

    def ask(self, code: str, year: int) -> None:
        url = f"/indicatoren/{CODE}.json?gebied={code}&periode={year}"
        for row in self.client.get(url).json()["cijfers"]:
            if row["teller"] is not None:
                self._learn(row)

    def _learn(self, row: Mapping[str, object]) -> None:
        name, period = self.names[str(row["gebiedscode"])], str(row["periode"])
        count = int(str(row["teller"]))
        if period.endswith(" samen"):
            assert period == "2021-2023 samen"
            years: tuple[int, ...] = WINDOW
            self.windows[name] = count
        else:
            years = (int(period),)
            self.years[name, years[0]] = count
        towns = self.members.get(name, [name])
        cells = frozenset((one, year, self.version[one, year]) for one in towns for year in years)
        self.sums[cells, count] = None

    def recognised(self) -> set[frozenset[Cell]]:
        """Every small count, of a year or of a window, that follows from everything read so far."""
        cells = {cell: (None, size) for cell, (_, size) in self.pairs.items()}
        questions = {frozenset({cell}) for cell in cells}
        for name in self.places:
            questions.add(frozenset((name, year, self.version[name, year]) for year in WINDOW))
        found = set()
        for asked in questions:
            count, size = (sum(self.pairs[cell][place] for cell in asked) for place in (0, 1))
            is_small = 0 < count < 10 or 0 < size - count < 10
            if is_small and recognises(*range_of(asked, cells, list(self.sums)), size):
                found.add(asked)
        return found

    def hidden_years(self, name: str) -> list[int]:
        return [year for year in WINDOW if (name, year) not in self.years]


@pytest.fixture
def world(client: Client, deliver: Callable) -> Callable[[int], Years]:
    return lambda seed: Years(client, deliver, seed)


def test_each_place_and_region_tells_in_each_year_what_the_others_tell_of_it(world):
    there = world(1)
    there.publish()
    there.publish({("Plaats 00", 2022): (31, 420)})
    told = (dict(there.windows), dict(there.years), set(there.sums))
    for area in (there.places | there.areas).values():
        for year in YEARS:
            there.ask(area.code, year)
    assert (there.windows, there.years, set(there.sums)) == told


def tells_no_small_count(there: Years) -> bool:
    """Though some years are hidden and some windows are told."""
    assert any(there.hidden_years(name) for name in there.places)
    assert there.windows
    return there.recognised() == set()


def test_years_and_windows_together_tell_no_small_count(world):
    there = world(4)
    there.publish()
    assert tells_no_small_count(there)


@pytest.mark.parametrize("seed", [1, 2])
def test_two_releases_of_years_and_windows_tell_no_small_count(world, seed):
    there = world(seed)
    there.publish()
    assert tells_no_small_count(there)
    chance = random.Random(seed)
    for _ in range(2):
        small = [name for name in there.places if len(there.hidden_years(name)) > 1]
        cells = [(chance.choice(small), chance.choice(WINDOW)), (chance.choice(sorted(there.places)), 2022)]
        there.publish(
            {
                (name, year): (
                    there.counts[name][year][0] + chance.randint(2, 9),
                    there.counts[name][year][1],
                )
                for name, year in cells
            }
        )
        assert tells_no_small_count(there)


@pytest.mark.parametrize("seed", [1, 3])
def test_a_new_region_after_windows_were_told_tells_no_small_count(world, seed):
    there = world(seed)
    there.publish()
    assert tells_no_small_count(there)
    chance = random.Random(seed)
    for number in range(2):
        name = f"Nieuw {number}"
        there.members[name] = sorted(chance.sample(sorted(there.places), 5))
        there.areas[name] = there._region(name)
        there.names[there.areas[name].code] = name
        orders.order_all(reason="proef", by=None)
        factories.publish_figures()
        there.read()
        assert tells_no_small_count(there)


def test_a_place_that_is_small_in_every_year_is_shown_over_three_years(world):
    there = world(1)
    there.publish()
    always = [name for name in there.places if len(there.hidden_years(name)) == 3]
    shown = [name for name in always if name in there.windows]
    assert shown
    for name in shown:
        assert there.windows[name] == sum(there.counts[name][year][0] for year in WINDOW)


def test_a_window_with_one_hidden_year_is_not_shown(world):
    there = world(1)
    there.counts["Plaats 00"] |= {2021: (30, 400), 2022: (5, 400), 2023: (28, 400)}
    there.publish()
    assert there.hidden_years("Plaats 00") == [2022]
    assert "Plaats 00" not in there.windows
    # With it she would know.
    there.sums[frozenset(("Plaats 00", year, 0) for year in WINDOW), 63] = None
    assert frozenset({("Plaats 00", 2022, 0)}) in there.recognised()


def what_is_kept() -> list[object]:
    return [
        list(PooledFigure.objects.order_by("audit", "area").values_list()),
        list(HiddenFigure.objects.order_by("partition", "area").values_list()),
        sorted(Told.objects.values_list("partition", "area", "observations"), key=str),
    ]


def test_a_check_twice_is_a_check_once(world):
    there = world(2)
    there.publish()
    orders.order_all(reason="proef", by=None)
    factories.work_out_figures()
    before = what_is_kept()
    WindowAudit.objects.update(state=JobState.WAITING, finished_at=None)
    jobs.work_due(WindowAudit)
    assert what_is_kept() == before
    assert {row.status for row in PooledFigure.objects.all()} >= {Status.REPORTED}
