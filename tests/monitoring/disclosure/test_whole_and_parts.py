"""Of BIG2 and its two parts, each served by itself, nobody works out a small group of children.

The attacker knows that a child is born too early, too light, or both; so in every municipality there
are three groups, and each figure that is served is a sum over some of them.
"""

import random
from collections.abc import Callable, Mapping
from typing import NamedTuple

import pytest
from django.test import Client

from monitoring import orders
from monitoring.models import Aggregate, Audit, Partition, Status
from monitoring.parts import Part, room
from partners.models import AreaKind
from portal import jobs
from portal.jobs import JobState
from tests import factories
from tests.monitoring.disclosure.attacker import range_of, recognises

YEAR = "2022"
# Which of the three groups each indicator counts.
GROUPS = {
    "vroeggeboorte": ("early", "both"),
    "laag-gewicht-voor-de-duur": ("light", "both"),
    "big2": ("early", "light", "both"),
}


class Births(NamedTuple):
    """Of all children of a place: only too early, only too light, and both."""

    early: int
    light: int
    both: int
    size: int


def some_places(seed: int) -> dict[str, Births]:
    chance = random.Random(seed)
    places = {}
    for number in range(14):
        size = chance.randint(120, 1200)
        shares = (0.045, 0.075, 0.02)
        groups = (round(size * share * chance.uniform(0.5, 1.5)) for share in shares)
        places[f"Plaats {number}"] = Births(*groups, size)
    return places


class Province:
    """Places and regions, of which the three figures are published as they are served."""

    def __init__(self, client: Client, deliver: Callable, regions: Mapping[str, list[str]]) -> None:
        self.client, self.deliver = client, deliver
        names = sorted({name for members in regions.values() for name in members})
        self.places = {name: factories.make_area(name) for name in names}
        country = factories.make_area("Nederland", kind=AreaKind.COUNTRY, code="NL")
        factories.put_in_region(country, *self.places.values())
        self.codes, self.members = {"NL": "NL"}, {"NL": names} | regions
        for name, members in regions.items():
            area = factories.make_coalition(name, municipalities=[self.places[one] for one in members]).area
            self.codes[area.code] = name
        # A municipality tells nothing that these do not tell of it: see test_across_years.py.
        self.asked = list(self.codes)
        self.codes |= {area.code: name for name, area in self.places.items()}
        self.members |= {name: [name] for name in names}
        self.sums: list[tuple[frozenset[tuple[str, str]], int]] = []

    def publish(self, births: Mapping[str, Births], *codes: str) -> None:
        self.births = births
        rows = [
            (self.places[name].code, YEAR, code, sum(getattr(of, group) for group in GROUPS[code]), of.size)
            for name, of in births.items()
            for code in codes or GROUPS
        ]
        self.deliver(*rows, filename=f"{hash(tuple(rows))}.csv")
        for code, groups in GROUPS.items():
            for name, count in self._served(code).items():
                asked = frozenset((one, group) for one in self.members[name] for group in groups)
                self.sums.append((asked, count))

    def _served(self, code: str) -> dict[str, int]:
        shown = {}
        for area in self.asked:
            url = f"/indicatoren/{code}.json?gebied={area}&periode={YEAR}"
            answer = self.client.get(url)
            for row in answer.json()["cijfers"] if answer.status_code == 200 else ():
                if row["teller"] is not None:
                    shown[self.codes[row["gebiedscode"]]] = row["teller"]
        return shown

    def recognised(self) -> set[tuple[str, str]]:
        """Every small group, and every small count of one figure, that the attacker works out."""
        cells = {
            (name, group): (None, of.size) for name, of in self.births.items() for group in GROUPS["big2"]
        }
        questions = {(name, group): frozenset({(name, group)}) for name, group in cells}
        questions |= {
            (name, code): frozenset((name, group) for group in groups)
            for name in self.births
            for code, groups in GROUPS.items()
        }
        found = set()
        for (name, what), asked in questions.items():
            count = sum(getattr(self.births[name], group) for _, group in asked)
            if 0 < count < 10 and recognises(*range_of(asked, cells, self.sums), self.births[name].size):
                found.add((name, what))
        return found


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_whole_and_parts_together_tell_no_small_group(client, deliver, seed):
    births = some_places(seed)
    names = sorted(births)
    chance = random.Random(seed)
    regions = {"Noord": names[:7], "Zuid": names[7:], "Dwars": sorted(chance.sample(names, 6))}
    there = Province(client, deliver, regions)
    there.publish(births)
    assert any(0 < of.both < 10 for of in births.values())
    assert there.recognised() == set()


@pytest.mark.django_db
def test_a_whole_gives_way_to_its_parts_where_they_leave_few_children(client, deliver):
    births = {
        "Groot": Births(40, 60, 20, 1000),
        "Middel": Births(30, 50, 15, 700),
        "Ander": Births(31, 52, 16, 720),
        "Klein": Births(20, 30, 4, 400),
        "Minder": Births(21, 31, 12, 420),
    }
    there = Province(client, deliver, {"Alles": sorted(births)})
    there.publish(births)
    shown = {(row.indicator.code, row.area.name): row.status for row in Aggregate.objects.all()}
    assert shown["big2", "Klein"] == Status.SUPPRESSED_SECONDARY
    assert shown["vroeggeboorte", "Klein"] == shown["big2", "Groot"] == Status.REPORTED
    assert shown["big2", "Alles"] == Status.REPORTED
    # Another goes with it: the region less all others would tell how many were both.
    assert [name for name in births if shown["big2", name] != Status.REPORTED] != ["Klein"]
    assert there.recognised() == set()


@pytest.mark.django_db
def test_a_part_that_comes_later_makes_its_whole_give_way(client, deliver):
    births = {
        name: Births(20 + number, 30, 4, 400) for number, name in enumerate(("Een", "Twee", "Drie", "Vier"))
    }
    there = Province(client, deliver, {"Alles": sorted(births)})
    there.publish(births, "vroeggeboorte", "big2")
    whole = Partition.objects.filter(indicator__code="big2").count()
    there.publish(births, "laag-gewicht-voor-de-duur")
    assert Partition.objects.filter(indicator__code="big2").count() == whole + 1


@pytest.mark.django_db
def test_a_whole_that_was_checked_before_its_parts_is_checked_again(client, deliver):
    there = Province(client, deliver, {"Alles": [f"Plaats {number}" for number in range(14)]})
    there.publish(some_places(1))
    orders.order_all(reason="proef", by=None)
    jobs.work_due(Partition)
    whole = Audit.objects.filter(state=JobState.WAITING, partition__indicator__code="big2")
    (pk,) = whole.values_list("pk", flat=True)
    jobs.work_due(Audit, only=Audit.objects.filter(pk=pk))
    assert Audit.objects.get(pk=pk).state == JobState.DONE
    jobs.work_due(Audit, only=Audit.objects.filter(partition__indicator__code="vroeggeboorte"))
    assert Audit.objects.get(pk=pk).state == JobState.WAITING
    published = Audit.objects.exclude(pk=pk).get(partition__indicator__code="big2")
    assert published.state == JobState.DONE


def test_the_parts_leave_room_between_the_largest_and_both_together():
    early, light = Part(30, is_shown=True), Part(45, is_shown=True)
    found = room([early, light], 400, number=2)
    assert found is not None
    assert (found.least, found.most, found.is_shown) == (45, 75, True)
    assert found.holds(60)
    assert not found.holds(80)


def test_a_whole_that_is_its_largest_part_still_tells_who_is_only_in_that():
    found = room([Part(20, is_shown=True), Part(25, is_shown=True)], 400, number=2)
    assert found is not None
    # All who are in the first are in the second: five are in the second alone.
    assert found.tells(25)
    assert not found.tells(45)


@pytest.mark.django_db
def test_such_a_whole_gives_way(client, deliver):
    births = {f"Plaats {number}": Births(30 + number, 50, 20, 700) for number in range(4)}
    there = Province(client, deliver, {"Alles": [*births, "Vol"]})
    there.publish({**births, "Vol": Births(0, 5, 20, 400)})
    assert there.recognised() == set()


def test_of_one_part_the_rest_may_be_anybody():
    found = room([Part(30, is_shown=False)], 400, number=2)
    assert found is not None
    assert (found.least, found.most, found.is_shown) == (30, 400, False)


def test_a_part_of_nobody_leaves_nothing_to_know():
    found = room([Part(0, is_shown=True), Part(45, is_shown=True)], 400, number=2)
    assert found is not None
    assert not found.holds(45)
