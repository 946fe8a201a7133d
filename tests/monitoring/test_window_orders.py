"""When three years are put together, what waits for that, and what takes them from the screen."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from monitoring import orders, releases, selection
from monitoring.models import Indicator, Period, PooledFigure, Release, Status, WindowAudit
from partners.models import Area
from portal.jobs import JobState
from tests import factories

pytestmark = pytest.mark.django_db

YEARS = (2021, 2022, 2023)


@pytest.fixture
def towns(deliver) -> list[Area]:
    """Four towns of which one is small in every year, as two others are; published."""
    towns = [factories.make_area(f"Plaats {number}") for number in range(4)]
    counts = (5, 6, 7, 60)
    deliver(
        *(
            (town.code, year, "vroeggeboorte", count, count * 15)
            for year in YEARS
            for town, count in zip(towns, counts, strict=True)
        )
    )
    return towns


def shown() -> dict[str, float | None]:
    return {row.area.name: row.numerator for row in PooledFigure.objects.published().for_page()}


def test_three_years_are_put_together_as_soon_as_all_are_checked(towns):
    (window,) = WindowAudit.objects.all()
    assert (window.first_year, window.label, window.state) == (2021, "2021-2023", JobState.DONE)
    assert shown() == {"Plaats 0": 15, "Plaats 1": 18, "Plaats 2": 21, "Plaats 3": 180}


def test_a_page_reads_the_windows_of_its_indicator_and_of_its_parts_that_of_its_period(deliver):
    long_ago = datetime.date(2017, 1, 1)
    towns = [factories.make_area(f"Plaats {number}", valid_from=long_ago) for number in range(3)]
    region = factories.make_coalition("Streek", municipalities=towns).area
    deliver(
        *(
            (town.code, year, code, count, count * 15)
            for year in range(2018, 2024)
            for code, more in (("vroeggeboorte", 0), ("big2", 40))
            for town, count in zip(towns, (60 + more, 70 + more, 80 + more), strict=True)
        )
    )
    words = {"gebied": region.code, "periode": "2023"}
    found = selection.select("vroeggeboorte", person=AnonymousUser(), words=words)
    assert sorted((row.area.name, row.period.code, row.numerator) for row in found.windows) == [
        ("Plaats 0", "2021-2023", 180),
        ("Plaats 1", "2021-2023", 210),
        ("Plaats 2", "2021-2023", 240),
        ("Streek", "2021-2023", 630),
    ]


def test_two_years_are_no_window(deliver):
    town = factories.make_area("Plaats")
    deliver(*((town.code, year, "vroeggeboorte", 20, 300) for year in (2021, 2022)))
    assert not WindowAudit.objects.exists()


def test_a_withdrawn_year_takes_the_window_of_its_area_along(towns):
    by = factories.make_person("Wil Weg")
    indicator = Indicator.objects.current().get(code="vroeggeboorte")
    period = Period.objects.get(code="2022")
    withdrawal = releases.withdraw(
        indicator=indicator, period=period, area=towns[0], reason="Onjuist geteld", by=by
    )
    assert "Plaats 0" not in shown()
    assert "Plaats 1" in shown()
    releases.restore(withdrawal=withdrawal, by=by)
    assert "Plaats 0" in shown()


def test_a_correction_makes_a_window_of_its_own_release_and_the_old_one_stays(towns, deliver):
    deliver((towns[3].code, 2022, "vroeggeboorte", 64, 900), filename="verbeterd.csv")
    assert WindowAudit.objects.count() == 2
    assert shown()["Plaats 3"] == 184
    releases.roll_back(release=Release.objects.earliest("pk"), by=factories.make_person("Tessa Terug"))
    assert shown()["Plaats 3"] == 180


def test_nothing_is_approved_before_the_windows_are_checked(towns):
    orders.order_all(reason="proef", by=None)
    factories.work_out_figures()
    draft = Release.objects.open().get()
    waiting = WindowAudit.objects.order_by("-pk")[:1]
    WindowAudit.objects.filter(pk__in=waiting.values("pk")).update(state=JobState.WAITING, finished_at=None)
    assert "1 controles van drie jaren samen lopen nog" in releases.unfinished(draft)
    with pytest.raises(IntegrityError, match="gecontroleerd"), transaction.atomic():
        Release.objects.filter(pk=draft.pk).update(
            state="checked", checked_at=draft.begun_at, checked_by=factories.make_person()
        )


def test_a_number_without_a_reason_cannot_be_kept(towns):
    with pytest.raises(IntegrityError, match="number_or_reason"), transaction.atomic():
        PooledFigure.objects.update(status=Status.SUPPRESSED_PRIMARY)
