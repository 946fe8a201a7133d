"""Calculations: stopped, tried again, taken over where nothing changed, and never done twice."""

import hashlib

import pytest
from django.db import connection

from monitoring import aggregation, orders, releases, runs
from monitoring.models import Audit, Partition, Release, Run
from portal import jobs
from portal.acts import Refused
from portal.jobs import JobState
from portal.tasks import work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("early_births_once")]


def fingerprint() -> str:
    """Of every figure of the release in preparation, or of the published one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(f::text, ';' ORDER BY f::text) FROM (SELECT indicator_id, period_id, area_id,"
            " numerator, denominator, value, lower_95, upper_998, status, compared_998 FROM"
            " monitoring_releasefigure WHERE release_id = (SELECT max(id) FROM monitoring_release)) f"
        )
        return hashlib.sha256((cursor.fetchone()[0] or "").encode()).hexdigest()


def test_a_stopped_calculation_keeps_what_was_done_and_bars_the_release(early_births, analyst):
    run = orders.order_all(reason="proef", by=analyst)
    first = run.partitions.first()
    jobs.work_due(Partition, only=Partition.objects.filter(pk=first.pk))
    assert runs.cancel(run=run, by=analyst) == 1
    assert {row.state for row in run.partitions.all()} == {JobState.DONE, JobState.CANCELLED}
    assert jobs.work_due(Partition) == 0
    assert "1 onderdelen zijn gestopt" in releases.unfinished(run.release)
    with pytest.raises(Refused, match="niets meer te doen"):
        runs.cancel(run=run, by=analyst)
    assert runs.retry(run=run, by=analyst) == 1
    jobs.work_due(Partition)
    assert "gestopt" not in releases.unfinished(run.release)
    with pytest.raises(runs.NothingLeft):
        runs.retry(run=run, by=analyst)


def test_a_worker_that_was_at_a_stopped_part_keeps_nothing_of_it(early_births, analyst):
    before = fingerprint()
    run = orders.order_all(reason="proef", by=analyst)
    (claimed,) = run.partitions.filter(pk=run.partitions.first().pk).claim()
    runs.cancel(run=run, by=analyst)
    with pytest.raises(jobs.LeaseLost):
        aggregation.aggregate_partitions([claimed])
    assert fingerprint() == before


def test_a_failed_part_can_be_tried_again_while_others_went_on(early_births, analyst):
    run = orders.order_all(reason="proef", by=analyst)
    broken = run.partitions.first()
    Partition.objects.filter(pk=broken.pk).update(
        state=JobState.FAILED, last_error="proef", finished_at=run.requested_at, attempts=3
    )
    jobs.work_due(Partition)
    found = Run.objects.with_progress().get(pk=run.pk)
    assert (found.done, found.failed, found.waiting) == (1, 1, 0)
    runs.retry(run=run, by=analyst)
    jobs.work_due(Partition)
    assert Run.objects.with_progress().get(pk=run.pk).done == 2


def test_figures_whose_input_did_not_change_are_taken_over(early_births, deliver, analyst):
    before = fingerprint()
    run = orders.order_all(reason="proef", by=analyst, reuses=True)
    jobs.work_due(Partition)
    assert set(run.partitions.values_list("state", "is_copied")) == {("done", True)}
    assert fingerprint() == before
    assert Release.objects.open().get().editions.exclude(partition__run=run).count() == 2
    # One corrected figure is one part to work out; the other is taken over.
    releases_before = Release.objects.count()
    deliver(("GM0983", 2023, "vroeggeboorte", 90, 900))
    assert Release.objects.count() == releases_before
    run = orders.order_all(reason="proef", by=analyst, reuses=True)
    jobs.work_due(Partition)
    assert set(run.partitions.values_list("is_copied", flat=True)) == {True}
    assert fingerprint() != before


def test_a_changed_region_is_worked_out_although_no_figure_changed(early_births, coalition, analyst):
    coalition.area.member_links.filter(member__code="GM0988").delete()
    run = orders.order_all(reason="proef", by=analyst, reuses=True)
    jobs.work_due(Partition)
    assert set(run.partitions.values_list("is_copied", flat=True)) == {False}


def test_the_same_message_five_times_is_one_effect(early_births, analyst):
    before = fingerprint()
    run = orders.order_all(reason="proef", by=analyst)
    for _ in range(5):
        work(kind=Partition._meta.label_lower)
    assert set(run.partitions.values_list("state", "attempts")) == {("done", 1)}
    jobs.work_due(Audit)
    assert fingerprint() == before


def test_work_whose_message_is_lost_is_done_all_the_same(early_births, analyst):
    before = fingerprint()
    run = orders.order_all(reason="proef", by=analyst)
    # No message at all, as after a broker that was wiped: the rows are the work.
    jobs.work_due(Partition)
    jobs.work_due(Audit)
    assert set(run.partitions.values_list("state", flat=True)) == {"done"}
    assert fingerprint() == before
