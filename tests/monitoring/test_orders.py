"""What is worked out, when, and what happens when two of them meet."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from monitoring import aggregation, orders
from monitoring.models import Partition, ReleaseFigure, Run
from partners.models import AreaKind
from portal import jobs
from portal.jobs import JobState
from tests import factories
from tests.monitoring.observing import run

pytestmark = pytest.mark.django_db


def test_a_partition_that_somebody_else_took_changes_nothing(share, observe):
    observe(share, factories.make_area(), 50, 300)
    orders.order_all(reason="proef", by=None)
    (first,) = Partition.objects.claim()
    Partition.objects.update(lease_until=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    (second,) = Partition.objects.claim()
    jobs.work_one(second)
    with pytest.raises(jobs.LeaseLost):
        aggregation.aggregate_partitions([first])
    assert Partition.objects.get().state == JobState.DONE
    assert ReleaseFigure.objects.get().partition == second


def test_a_delivery_orders_its_own_figures(share, full_count, observe, file):
    observe(share, factories.make_area(), 50, 300)
    ordered = orders.order_for_file(file, by=None)
    assert [row.indicator for row in ordered.partitions.all()] == [share]


def test_nothing_is_ordered_while_no_region_changed(share, observe):
    observe(share, factories.make_area(), 50, 300)
    run()
    assert orders.order_stale() is None
    assert Run.objects.count() == 1


def test_a_changed_region_makes_its_figures_stale(share, observe):
    area = factories.make_area()
    observe(share, area, 50, 300)
    run()
    factories.put_in_region(factories.make_area(kind=AreaKind.COALITION), area)
    # Whoever changed it began before the order and was ready after it.
    Partition.objects.update(created_at=timezone.now() + datetime.timedelta(minutes=1))
    assert orders.order_stale().partitions.count() == 1
    assert orders.order_stale() is None


def test_a_new_vsv_makes_no_figure_stale(share, observe):
    observe(share, factories.make_area(), 50, 300)
    run()
    factories.make_area(kind=AreaKind.VSV, code="VSV901")
    assert orders.order_stale() is None


def test_of_an_order_that_names_no_regions_the_moment_says_whether_it_is_stale(share, observe):
    area = factories.make_area()
    observe(share, area, 50, 300)
    run()
    Run.objects.update(places="")
    assert orders.order_stale() is None
    Partition.objects.update(created_at=timezone.now() - datetime.timedelta(minutes=1))
    factories.put_in_region(factories.make_area(kind=AreaKind.COALITION), area)
    assert orders.order_stale().partitions.count() == 1


def test_two_orders_of_the_same_figures_both_end_well(share, observe):
    observe(share, factories.make_area(), 50, 300)
    orders.order_all(reason="een", by=None)
    orders.order_all(reason="twee", by=None)
    jobs.work_due(Partition)
    assert list(Partition.objects.order_by("pk").values_list("state", "rows")) == [
        (JobState.DONE, 0),
        (JobState.DONE, 1),
    ]
    assert ReleaseFigure.objects.filter(indicator=share).count() == 1


def test_one_broken_partition_leaves_the_others_alone(share, full_count, observe):
    area = factories.make_area()
    observe(share, area, 50, 300)
    observe(full_count, area, 1, 300)
    orders.order_all(reason="proef", by=None)
    with connection.cursor() as cursor:
        cursor.execute(
            f"ALTER TABLE monitoring_edition ADD CONSTRAINT proef CHECK (indicator_id <> {share.pk})"
        )
    jobs.work_due(Partition)
    assert ReleaseFigure.objects.filter(indicator=full_count).exists()
    broken = Partition.objects.get(indicator=share)
    assert (broken.state, broken.attempts) == (JobState.WAITING, 1)
    assert "proef" in broken.last_error
