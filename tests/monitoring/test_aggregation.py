import datetime
import io

import pytest
from django.db import connection
from django.utils import timezone

from monitoring import aggregation, intervals, orders, rules
from monitoring.imports import import_observations
from monitoring.models import (
    Aggregate,
    Comparison,
    Division,
    Edition,
    ImportFile,
    Indicator,
    Observation,
    Partition,
    Period,
    ReleaseFigure,
    Run,
    Status,
)
from partners.models import Area, AreaKind, AreaMember
from portal import jobs
from portal.jobs import JobState
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def period() -> Period:
    return Period.objects.create(code="2022", label="2022", reference_date=datetime.date(2022, 1, 1))


@pytest.fixture
def file() -> ImportFile:
    return ImportFile.objects.create(name="proef.csv", sha256="0" * 64, size=1, row_count=1)


@pytest.fixture
def share() -> Indicator:
    return Indicator.objects.create(code="deel", name="Deel", factor=100, interval="wilson", is_at_risk=True)


@pytest.fixture
def full_count() -> Indicator:
    return Indicator.objects.create(
        code="telling", name="Telling", factor=1, interval="none", is_at_risk=False
    )


@pytest.fixture
def observe(period: Period, file: ImportFile):
    def observe(
        indicator: Indicator,
        area: Area,
        numerator: float | None,
        denominator: float | None,
        status: str = Status.REPORTED,
    ) -> Observation:
        return Observation.objects.create(
            indicator=indicator,
            period=period,
            area=area,
            numerator=numerator,
            denominator=denominator,
            status=status,
            import_file=file,
            row_number=1,
        )

    return observe


def run() -> None:
    assert orders.order_all(reason="proef", by=None)
    factories.publish_figures()


def figure(indicator: Indicator, area: Area) -> Aggregate:
    return Aggregate.objects.get(indicator=indicator, area=area)


def test_a_region_divides_the_sums_and_never_averages_percentages(share, observe):
    a, b, c = (factories.make_area() for _ in range(3))
    region = factories.make_area(kind=AreaKind.GGD_REGION)
    factories.put_in_region(region, a, b, c)
    observe(share, a, 80, 550)
    observe(share, b, 1360, 9190)
    observe(share, c, 10, 1000)
    run()
    found = figure(share, region)
    assert (found.numerator, found.denominator) == (1450, 10740)
    assert found.value == pytest.approx(100 * 1450 / 10740)
    assert (found.member_count, found.reported_count) == (3, 3)


@pytest.mark.parametrize(("x", "n"), [(65, 100), (1045, 5000), (222, 3215), (0, 55), (55, 55)])
def test_shares_get_the_wilson_interval_of_the_python_formula(share, observe, x, n):
    area = factories.make_area()
    observe(share, area, x, n)
    run()
    found = figure(share, area)
    for name, z in (("95", intervals.Z95), ("998", intervals.Z998)):
        expected = intervals.wilson(x, n, z=z)
        assert getattr(found, f"lower_{name}") == pytest.approx(100 * expected.lower, abs=1e-9)
        assert getattr(found, f"upper_{name}") == pytest.approx(100 * expected.upper, abs=1e-9)


@pytest.mark.parametrize(("x", "n"), [(0, 531), (4, 531), (9, 400), (10, 400), (222, 3215)])
def test_counts_get_byar_from_ten_on_and_the_exact_limits_below(observe, x, n):
    rate = Indicator.objects.create(
        code="aantal", name="Aantal", factor=1000, interval="byar", is_at_risk=False
    )
    area = factories.make_area()
    observe(rate, area, x, n)
    run()
    found = figure(rate, area)
    expected = intervals.rate(x, n, factor=1000)
    assert found.lower_95 == pytest.approx(expected.lower, abs=1e-9)
    assert found.upper_95 == pytest.approx(expected.upper, abs=1e-9)


def test_full_counts_have_no_interval_and_no_judgement(full_count, observe):
    area, country = factories.make_area(), factories.make_area(kind=AreaKind.COUNTRY)
    factories.put_in_region(country, area)
    observe(full_count, area, 516_266, 229_000)
    run()
    found = figure(full_count, area)
    assert found.value == pytest.approx(516_266 / 229_000)
    assert (found.lower_95, found.compared_95, found.compared_998) == (None, None, None)


def test_an_area_is_compared_with_the_country_at_both_levels(share, observe):
    country = factories.make_area(kind=AreaKind.COUNTRY)
    high, middle, low, rest = (factories.make_area() for _ in range(4))
    factories.put_in_region(country, high, middle, low, rest)
    observe(share, high, 60, 300)
    observe(share, middle, 45, 300)
    observe(share, low, 28, 300)
    observe(share, rest, 14_667, 99_100)
    run()
    assert figure(share, country).value == pytest.approx(14.8)
    assert [
        (figure(share, area).compared_95, figure(share, area).compared_998) for area in (high, middle, low)
    ] == [
        (Comparison.HIGHER, Comparison.SAME),
        (Comparison.SAME, Comparison.SAME),
        (Comparison.LOWER, Comparison.SAME),
    ]


@pytest.mark.parametrize(
    ("x", "n", "status"),
    [
        (0, 60, Status.REPORTED),
        (1, 60, Status.SUPPRESSED_PRIMARY),
        (9, 60, Status.SUPPRESSED_PRIMARY),
        (10, 60, Status.REPORTED),
        (51, 60, Status.SUPPRESSED_PRIMARY),
        (60, 60, Status.REPORTED),
        (0, 9, Status.SUPPRESSED_PRIMARY),
        (0, 0, Status.NOT_APPLICABLE),
    ],
)
def test_small_counts_of_persons_at_risk_are_protected(share, observe, x, n, status):
    area = factories.make_area()
    observe(share, area, x, n)
    run()
    found = figure(share, area)
    assert found.status == status
    if status != Status.REPORTED:
        assert (found.numerator, found.value, found.lower_95) == (None, None, None)


def test_a_source_may_protect_zero_as_well(observe):
    deaths = Indicator.objects.create(
        code="sterfte", name="Sterfte", factor=1000, interval="byar", is_at_risk=True, is_zero_at_risk=True
    )
    area = factories.make_area()
    observe(deaths, area, 0, 531)
    run()
    assert figure(deaths, area).status == Status.SUPPRESSED_PRIMARY


def test_a_sum_of_two_members_at_risk_is_not_shown(share, observe):
    a, b = factories.make_area(), factories.make_area()
    region = factories.make_area(kind=AreaKind.COALITION)
    factories.put_in_region(region, a, b)
    observe(share, a, 40, 300)
    observe(share, b, 30, 300)
    run()
    assert figure(share, region).status == Status.SUPPRESSED_SECONDARY
    assert figure(share, a).status == Status.REPORTED


def test_a_missing_municipality_is_never_zero(full_count, observe):
    region = factories.make_area(kind=AreaKind.PROVINCE)
    present, absent = factories.make_area(), factories.make_area()
    factories.put_in_region(region, present, absent)
    observe(full_count, present, 100, 50)
    observe(full_count, absent, None, None, Status.NOT_AVAILABLE)
    run()
    found = figure(full_count, region)
    assert (found.status, found.value) == (Status.INCOMPLETE, None)
    assert (found.member_count, found.reported_count) == (2, 1)
    assert figure(full_count, absent).status == Status.NOT_AVAILABLE


def test_a_region_is_shown_from_95_percent_of_its_denominators_on(full_count, observe):
    region = factories.make_area(kind=AreaKind.PROVINCE)
    members = [factories.make_area() for _ in range(4)]
    factories.put_in_region(region, *members)
    for area in members[:3]:
        observe(full_count, area, 100, 320)
    observe(full_count, members[3], None, 40, Status.WITHHELD)
    run()
    found = figure(full_count, region)
    assert found.status == Status.REPORTED
    assert (found.reported_count, found.member_count) == (3, 4)


def test_a_region_is_made_of_its_members_on_the_reference_date(full_count, observe):
    region = factories.make_area(kind=AreaKind.GGD_REGION)
    stays, leaves, comes = (factories.make_area() for _ in range(3))
    factories.put_in_region(region, stays)
    factories.put_in_region(region, leaves, valid_to=datetime.date(2022, 1, 1))
    factories.put_in_region(region, comes, valid_from=datetime.date(2022, 1, 1))
    for area, count in ((stays, 1), (leaves, 10), (comes, 100)):
        observe(full_count, area, count, 1000)
    run()
    assert figure(full_count, region).numerator == 101


def test_a_second_run_gives_the_same_figures(share, observe):
    area = factories.make_area()
    observe(share, area, 50, 300)
    run()
    before = Aggregate.objects.values("value", "lower_95", "upper_998", "status").get()
    run()
    assert Aggregate.objects.values("value", "lower_95", "upper_998", "status").get() == before


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


def test_districts_are_summed_as_they_lie_whether_their_division_is_kept_or_not(share, observe):
    town, other = factories.make_area(), factories.make_area()
    for municipality in (town, town, town, other):
        district = factories.make_area(kind=AreaKind.DISTRICT)
        factories.put_in_region(municipality, district)
        observe(share, district, 50, 300)
    run()
    assert Division.objects.count() == 1
    assert {figure(share, area).numerator for area in (town, other)} == {150, 50}

    # An order from before divisions were kept, and one of a map that is no more.
    for places in ("", "0" * 32):
        orders.order_all(reason="proef", by=None)
        Run.objects.update(places=places)
        jobs.work_due(Partition)
        assert {figure(share, area).numerator for area in (town, other)} == {150, 50}


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


def test_the_country_is_not_compared_with_itself(share, observe):
    area, country = factories.make_area(), factories.make_area(kind=AreaKind.COUNTRY)
    factories.put_in_region(country, area)
    observe(share, area, 50, 300)
    run()
    assert figure(share, country).compared_998 is None
    assert figure(share, area).compared_998 == Comparison.SAME


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


def test_the_view_in_the_database_is_the_rules_in_the_code(db):
    """Where this fails, the rules changed: copy the query into a new migration."""
    views = {"monitoring_releasefigure": rules.figures(), "monitoring_aggregate": rules.PUBLISHED}
    for name, query in views.items():
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE OR REPLACE TEMPORARY VIEW now_{name} AS {query}")
            cursor.execute(
                "SELECT pg_get_viewdef(%s::regclass) = pg_get_viewdef(%s::regclass)",
                [f"pg_temp.now_{name}", name],
            )
            assert cursor.fetchone() == (True,), name


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


def test_a_municipality_that_delivered_nothing_says_so(share, observe):
    silent = factories.make_area()
    observe(share, factories.make_area(), 50, 300)
    run()
    assert figure(share, silent).status == Status.NOT_DELIVERED


def test_fractions_give_the_same_sum_in_any_order(full_count, observe):
    region = factories.make_area(kind=AreaKind.PROVINCE)
    members = [factories.make_area() for _ in range(3)]
    factories.put_in_region(region, *members)
    for area in members:
        observe(full_count, area, 0.1, 0.7)
    run()
    assert (figure(full_count, region).numerator, figure(full_count, region).denominator) == (0.3, 2.1)


def test_a_delivery_shows_everywhere_at_once_and_not_before_it_is_worked_out(early_births, coalition):
    def shown() -> list[float]:
        of_2023 = Aggregate.objects.filter(period__code="2023", indicator__code="vroeggeboorte")
        places = (("GM0983", AreaKind.MUNICIPALITY), (coalition.area.code, AreaKind.COALITION))
        return [of_2023.get(area__code=code, area__kind=kind).numerator for code, kind in places]

    assert shown() == [60, 107]
    revision = "gemeentecode;periode;indicator;teller;noemer\nGM0983;2023;vroeggeboorte;70;900"
    import_observations(source=io.BytesIO(revision.encode()), filename="beter.csv", by=None)
    assert shown() == [60, 107]
    jobs.work_due(Partition)
    assert shown() == [60, 107], "a draft is not public"
    factories.publish_figures()
    assert shown() == [70, 117]


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
