"""A municipality moves from one GGD region to another; what was true stays."""

import datetime

import pytest

from partners import regions
from partners.models import Area, AreaKind
from tests import factories

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 1, 1)
BEFORE = datetime.date(2025, 12, 31)


@pytest.fixture
def north():
    return factories.make_area("GGD Noord", kind=AreaKind.GGD_REGION)


@pytest.fixture
def south():
    return factories.make_area("GGD Zuid", kind=AreaKind.GGD_REGION)


@pytest.fixture
def weert(north):
    weert = factories.make_area("Weert")
    factories.put_in_region(north, weert)
    return weert


def members(region: Area, on: datetime.date) -> list[str]:
    return [area.name for area in Area.objects.members_of(region, on=on)]


def test_a_municipality_moves_from_a_day(administrator, north, south, weert):
    regions.move_municipality(municipality=weert, region=south, on=DAY, by=administrator)

    assert members(north, BEFORE) == ["Weert"]
    assert members(south, BEFORE) == []
    assert members(north, DAY) == []
    assert members(south, DAY) == ["Weert"]


def test_a_municipality_without_region_comes_in(administrator, south):
    new = factories.make_area("Nieuw")

    moved = regions.move_municipality(municipality=new, region=south, on=DAY, by=administrator)

    assert moved.events.get().pgh_context.metadata["user"] == administrator.pk


def test_other_regions_of_the_municipality_stay(administrator, north, south, weert):
    province = factories.make_area("Limburg", kind=AreaKind.PROVINCE)
    factories.put_in_region(province, weert)

    regions.move_municipality(municipality=weert, region=south, on=DAY, by=administrator)

    assert members(province, DAY) == ["Weert"]


def test_a_move_to_where_it_is_is_refused(administrator, north, weert):
    with pytest.raises(regions.AlreadyInRegion, match="hoort op deze datum al bij GGD Noord"):
        regions.move_municipality(municipality=weert, region=north, on=DAY, by=administrator)


def test_a_move_before_a_later_move_is_refused(administrator, north, south, weert):
    regions.move_municipality(municipality=weert, region=south, on=DAY, by=administrator)

    with pytest.raises(regions.MovesLater):
        regions.move_municipality(municipality=weert, region=south, on=BEFORE, by=administrator)


@pytest.mark.parametrize("kind", [AreaKind.MUNICIPALITY, AreaKind.PROVINCE])
def test_what_is_no_municipality_that_day_is_refused(administrator, south, kind):
    gone = factories.make_area("Weg", kind=kind, valid_to=datetime.date(2023, 1, 1))

    with pytest.raises(regions.NotExistingThen, match="Weg bestaat op 01-01-2026 niet"):
        regions.move_municipality(municipality=gone, region=south, on=DAY, by=administrator)


def test_a_municipality_that_ends_leaves_its_region_then(administrator, south):
    ends = datetime.date(2027, 1, 1)
    ending = factories.make_area("Eindig", valid_to=ends)

    moved = regions.move_municipality(municipality=ending, region=south, on=DAY, by=administrator)

    assert moved.valid_to == ends
