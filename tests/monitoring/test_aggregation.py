import datetime
import io

import pytest
from django.db import connection

from monitoring import intervals, rules
from monitoring.imports import import_observations
from monitoring.models import Aggregate, Comparison, Indicator, Partition, Status
from partners.models import AreaKind
from portal import jobs
from tests import factories
from tests.monitoring.observing import figure, run

pytestmark = pytest.mark.django_db


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


def test_the_country_is_not_compared_with_itself(share, observe):
    area, country = factories.make_area(), factories.make_area(kind=AreaKind.COUNTRY)
    factories.put_in_region(country, area)
    observe(share, area, 50, 300)
    run()
    assert figure(share, country).compared_998 is None
    assert figure(share, area).compared_998 == Comparison.SAME


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
