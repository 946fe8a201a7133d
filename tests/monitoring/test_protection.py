"""Small counts stay small secrets on the real tables, over regions of every kind and two releases."""

import datetime

import pytest

from monitoring import orders
from monitoring.models import (
    Aggregate,
    Audit,
    HiddenFigure,
    Indicator,
    Partition,
    PooledFigure,
    Release,
    Status,
    Told,
)
from partners.models import Area, AreaKind, AreaMember
from portal import jobs
from portal.jobs import JobState
from tests import factories
from tests.monitoring.disclosure.attacker import range_of, recognises
from tests.monitoring.disclosure.test_protection import COALITION, LIMBURG_NOORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def north(db: None) -> dict[str, Area]:
    return {name: factories.make_area(name) for name in LIMBURG_NOORD}


@pytest.fixture
def ggd(north: dict[str, Area]) -> Area:
    region = factories.make_area("Limburg-Noord", kind=AreaKind.GGD_REGION)
    factories.put_in_region(region, *north.values())
    return region


@pytest.fixture
def coalition_of_fourteen(north: dict[str, Area]) -> Area:
    region = factories.make_area("Noord- en Midden-Limburg", kind=AreaKind.COALITION)
    factories.put_in_region(region, *(north[name] for name in sorted(COALITION)))
    return region


@pytest.fixture
def births(deliver, north: dict[str, Area]):
    """Deliver BIG2 of Limburg-Noord, with other counts where they are given."""

    def births(**other: int) -> None:
        deliver(
            *(
                (north[name].code, 2022, "big2", other.get(name, count), size)
                for name, (count, size) in LIMBURG_NOORD.items()
            ),
            filename=f"{len(other)}.csv",
        )

    return births


def shown() -> dict[str, Aggregate]:
    return {figure.area.name: figure for figure in Aggregate.objects.select_related("area")}


def leaks(regions: dict[str, frozenset[str]], known: tuple[tuple[frozenset[str], int], ...] = ()) -> set[str]:
    """Which municipalities an attacker recognises who reads only the public figures."""
    figures = shown()
    cells = {
        name: (figures[name].numerator and int(figures[name].numerator), size)
        for name, (_, size) in LIMBURG_NOORD.items()
    }
    sums = [
        *known,
        *(
            (members, int(figures[region].numerator))
            for region, members in regions.items()
            if figures[region].numerator is not None
        ),
    ]
    small = {name for name, (count, _) in LIMBURG_NOORD.items() if count < 10}
    return {
        name
        for name in small
        if recognises(*range_of(frozenset({name}), cells, sums), LIMBURG_NOORD[name][1])
    }


def test_one_small_municipality_takes_another_with_it_everywhere(ggd, births):
    births()
    figures = shown()
    assert figures["Mook"].status == Status.SUPPRESSED_PRIMARY
    assert figures["Bergen"].status == Status.SUPPRESSED_SECONDARY
    hidden = figures["Bergen"]
    assert {hidden.numerator, hidden.denominator, hidden.value, hidden.lower_95, hidden.compared_998} == {
        None
    }
    assert figures["Limburg-Noord"].numerator == 650
    assert leaks({"Limburg-Noord": frozenset(LIMBURG_NOORD)}) == set()


def test_the_coalition_keeps_its_total_where_two_regions_differ_by_one_municipality(
    ggd, coalition_of_fourteen, births
):
    births()
    figures = shown()
    assert figures["Noord- en Midden-Limburg"].numerator == 642
    assert figures["Limburg-Noord"].status == Status.SUPPRESSED_SECONDARY
    assert figures["Bergen"].status == Status.REPORTED
    assert leaks({"Limburg-Noord": frozenset(LIMBURG_NOORD), "Noord- en Midden-Limburg": COALITION}) == set()


def test_what_a_reader_can_know_is_recorded(ggd, births):
    births()
    audit = Audit.objects.get()
    assert (audit.state, audit.protected_count, audit.hidden_count) == (JobState.DONE, 1, 1)
    assert audit.narrowest == 23
    assert HiddenFigure.objects.get().area.name == "Bergen"


def test_an_audit_twice_is_an_audit_once(ggd, births):
    births()
    before = list(Told.objects.order_by("area_id").values_list("area_id", "observations"))
    Audit.objects.update(state=JobState.WAITING, finished_at=None)
    jobs.work_due(Audit)
    assert list(Told.objects.order_by("area_id").values_list("area_id", "observations")) == before
    assert HiddenFigure.objects.count() == 1


def test_a_new_region_may_not_tell_with_an_earlier_release(ggd, births, north):
    births()
    assert shown()["Limburg-Noord"].numerator == 650
    new = factories.make_area("Nieuw", kind=AreaKind.COALITION)
    factories.put_in_region(new, *(north[name] for name in sorted(COALITION)))
    orders.order_all(reason="proef", by=None)
    factories.publish_figures()
    assert shown()["Nieuw"].status == Status.SUPPRESSED_SECONDARY
    regions = {"Limburg-Noord": frozenset(LIMBURG_NOORD), "Nieuw": COALITION}
    assert leaks(regions, known=((frozenset(LIMBURG_NOORD), 650),)) == set()


def test_a_correction_elsewhere_does_not_tell_with_an_earlier_release(ggd, coalition_of_fourteen, births):
    births()
    births(Venlo=140)
    figures = shown()
    assert figures["Noord- en Midden-Limburg"].numerator == 646
    # The coalition of before and of now differ by a municipality that is shown in both: no news.
    assert figures["Limburg-Noord"].status == Status.SUPPRESSED_SECONDARY
    assert Release.objects.published().count() == 2


def test_a_region_that_changed_after_the_sum_waits_for_a_new_sum(ggd, births, north):
    births()
    orders.order_all(reason="proef", by=None)
    jobs.work_due(Partition)
    AreaMember.objects.filter(region=ggd, member=north["Venlo"]).update(valid_to=datetime.date(2021, 1, 1))
    jobs.work_due(Audit)
    audit = Audit.objects.latest("pk")
    assert (audit.state, audit.attempts) == (JobState.WAITING, 1)
    assert audit.last_error.startswith("Outdated")


def test_an_indicator_without_persons_at_risk_needs_no_audit(deliver, north, ggd):
    deliver(*((area.code, 2022, "inwoners-per-huishouden", 7, 5) for area in north.values()))
    assert not Audit.objects.exists()
    assert shown()["Mook"].numerator == 7


def test_deaths_stand_by_region_only_however_large_a_municipality(north, ggd, deliver):
    alone = factories.make_area("Alleen Venlo", kind=AreaKind.COALITION)
    factories.put_in_region(alone, north["Venlo"])
    deliver(
        *(
            (north[name].code, 2022, "neonatale-sterfte", count, size)
            for name, (count, size) in LIMBURG_NOORD.items()
        )
    )
    figures = shown()
    assert figures["Limburg-Noord"].numerator == sum(count for count, _ in LIMBURG_NOORD.values())
    local = {name: figures[name].status for name in (*LIMBURG_NOORD, "Alleen Venlo")}
    assert local["Venlo"] == local["Alleen Venlo"] == Status.SUPPRESSED_SECONDARY
    assert set(local.values()) == {Status.SUPPRESSED_PRIMARY, Status.SUPPRESSED_SECONDARY}


TOTAL = sum(count for count, _ in LIMBURG_NOORD.values())


@pytest.mark.parametrize(
    ("code", "of_region", "of_city", "years_of_region"),
    [
        pytest.param("perinatale-sterfte", True, True, {TOTAL}, id="GE05: R, G pooled"),
        pytest.param("neonatale-sterfte", True, False, {TOTAL}, id="GE06: R"),
        pytest.param("zuigelingensterfte", True, False, {TOTAL}, id="GE07: R"),
        pytest.param("kinderbescherming-0-2", True, False, {None}, id="NG04: R pooled"),
    ],
)
def test_years_and_windows_stand_as_the_definition_says(
    north, ggd, deliver, code, of_region, of_city, years_of_region
):
    deliver(
        *(
            (north[name].code, year, code, count, size)
            for name, (count, size) in LIMBURG_NOORD.items()
            for year in (2021, 2022, 2023)
        )
    )
    shown = PooledFigure.objects.filter(status=Status.REPORTED).select_related("area")
    windows = {row.area.name: row.numerator for row in shown}
    assert windows.get("Venlo") == (3 * LIMBURG_NOORD["Venlo"][0] if of_city else None)
    assert windows.get("Limburg-Noord") == (3 * TOTAL if of_region else None)
    years = Aggregate.objects.filter(area=ggd)
    assert {figure.numerator for figure in years} == years_of_region
    assert not Aggregate.objects.filter(area__in=north.values(), value__isnull=False).exists()


def test_a_window_of_a_municipality_that_was_told_is_shown_no_longer(north, ggd, deliver):
    of_before = Indicator.objects.filter(code="neonatale-sterfte")
    of_before.update(is_pooled_by_region=False)
    deliver(
        *(
            (north[name].code, year, "neonatale-sterfte", count, size)
            for name, (count, size) in LIMBURG_NOORD.items()
            for year in (2021, 2022, 2023)
        )
    )
    venlo = PooledFigure.objects.published().filter(area=north["Venlo"], status=Status.REPORTED)
    assert venlo.count() == 1
    of_before.update(is_pooled_by_region=True)
    orders.order_all(reason="andere regel", by=None)
    factories.publish_figures()
    assert not venlo.exists()
