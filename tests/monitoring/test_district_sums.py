"""Municipalities as the sums of their districts."""

import pytest

from monitoring import orders
from monitoring.models import Aggregate, Division, Edition, Indicator, Partition, Run, Status
from partners.models import AreaKind, AreaMember
from portal import jobs
from tests import factories
from tests.monitoring.observing import figure, run

pytestmark = pytest.mark.django_db


def test_districts_are_summed_as_they_lie_whether_their_division_is_kept_or_not(share, observe):
    town, other = factories.make_area(), factories.make_area()
    for municipality in (town, town, town, other):
        district = factories.make_area(kind=AreaKind.DISTRICT)
        factories.put_in_region(municipality, district)
        observe(share, district, 50, 300)

    def found():
        return [(row.numerator, row.member_count) for row in (figure(share, town), figure(share, other))]

    run()
    assert Division.objects.count() == 1
    assert found() == [(150, 3), (50, 1)]

    # An order from before divisions were kept, and one of a map that is no more.
    for places in ("", "0" * 32):
        orders.order_all(reason="proef", by=None)
        Run.objects.update(places=places)
        jobs.work_due(Partition)
        assert found() == [(150, 3), (50, 1)]


def test_a_district_that_moved_counts_where_it_lies_now(share, observe):
    town, other = factories.make_area(), factories.make_area()
    for municipality in (other, other, other, town):
        district = factories.make_area(kind=AreaKind.DISTRICT)
        factories.put_in_region(municipality, district)
        observe(share, district, 50, 300)
    run()
    AreaMember.objects.filter(member=district).update(region=other)
    run()
    assert Division.objects.count() == 1
    assert figure(share, other).numerator == 200
    assert figure(share, town).status == Status.NOT_DELIVERED


def test_a_municipality_is_the_sum_of_its_districts_where_nothing_is_known_of_itself(share, observe):
    country = factories.make_area(kind=AreaKind.COUNTRY)
    summed, own, rest = (factories.make_area() for _ in range(3))
    factories.put_in_region(country, summed, own, rest)
    for municipality in (summed, own):
        districts = [factories.make_area(kind=AreaKind.DISTRICT) for _ in range(3)]
        factories.put_in_region(municipality, *districts)
        for district in districts:
            observe(share, district, 20, 100)
    # A source counts some people in no district: its own figure of the municipality wins.
    observe(share, own, 63, 310)
    observe(share, rest, 40, 200)
    run()
    assert (figure(share, summed).numerator, figure(share, summed).denominator) == (60, 300)
    assert (figure(share, summed).member_count, figure(share, summed).reported_count) == (3, 3)
    assert (figure(share, own).numerator, figure(share, own).member_count) == (63, 0)
    assert (figure(share, country).numerator, figure(share, country).denominator) == (163, 810)
    assert figure(share, country).member_count == 3
    assert figure(share, districts[0]).value == pytest.approx(20)
    assert Partition.objects.get().rows == Aggregate.objects.count() == 10


def test_districts_without_a_number_make_their_municipality_incomplete(share, observe):
    municipality, country = factories.make_area(), factories.make_area(kind=AreaKind.COUNTRY)
    factories.put_in_region(country, municipality)
    districts = [factories.make_area(kind=AreaKind.DISTRICT) for _ in range(4)]
    factories.put_in_region(municipality, *districts)
    for district in districts[:3]:
        observe(share, district, 30, 100)
    observe(share, districts[3], None, 100, Status.WITHHELD)
    run()
    assert figure(share, municipality).status == Status.INCOMPLETE
    assert figure(share, country).status == Status.INCOMPLETE
    assert figure(share, districts[3]).status == Status.WITHHELD


def test_shares_without_counts_are_never_summed(share, observe):
    country = factories.make_area(kind=AreaKind.COUNTRY)
    divided, own, silent = (factories.make_area() for _ in range(3))
    factories.put_in_region(country, divided, own, silent)
    districts = [factories.make_area(kind=AreaKind.DISTRICT) for _ in range(3)]
    factories.put_in_region(divided, *districts)
    for area in (*districts, own):
        observe(share, area, 20, 100)
    Indicator.objects.filter(pk=share.pk).update(is_summed=False)
    run()
    assert figure(share, own).value == pytest.approx(20)
    assert figure(share, divided).status == figure(share, country).status == Status.NOT_AVAILABLE
    assert figure(share, silent).status == Status.NOT_DELIVERED
    # Nobody is compared with a country that is a mean of means.
    assert not Edition.objects.filter(benchmark__isnull=False).exists()
