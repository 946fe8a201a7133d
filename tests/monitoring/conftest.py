"""Figures for tests, brought in through the door that analysts use."""

import datetime
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from coalitions.models import Coalition
from monitoring import fixed_facts, interpretations, keeping
from monitoring.imports import import_observations
from monitoring.models import Aggregate, ImportFile, Indicator, Interpretation, Observation, Period, Status
from partners.areas import load_areas
from partners.models import Area, AreaKind, Person
from tests import factories
from tests.conftest import check_once, rolled_back

HEADER = "gemeentecode;periode;indicator;teller;noemer"
EARLY_BIRTHS = tuple(
    row
    for year in (2022, 2023)
    for row in (
        ("GM0983", year, "vroeggeboorte", 60, 900),
        ("GM0889", year, "vroeggeboorte", 7, 110),
        ("GM0988", year, "vroeggeboorte", 40, 400),
        ("GM0014", year, "vroeggeboorte", 130, 2000),
    )
)


@pytest.fixture(autouse=True)
def nothing_kept_near() -> None:
    """What an earlier test drew of the same release is not there."""
    keeping.forget_near()


@pytest.fixture
def coalition(db: None) -> Coalition:
    """The coalition of the cast: the one of the module where that has `early_births_once`."""
    made = Coalition.objects.filter(name="Maas en Peel").select_related("area").first()
    return made or factories.make_maas_en_peel()


@pytest.fixture
def country(coalition: Coalition) -> Area:
    """The Netherlands: the municipalities that the coalition has by now, and one more."""
    return Area.objects.filter(kind=AreaKind.COUNTRY).first() or make_country(coalition)


def make_country(coalition: Coalition) -> Area:
    country = factories.make_area("Nederland", kind=AreaKind.COUNTRY, code="NL")
    elsewhere = factories.make_area("Groningen", code="GM0014")
    factories.put_in_region(country, elsewhere, *coalition.municipalities())
    return country


@pytest.fixture(scope="module")
def known(app_role: str, django_db_blocker: Any) -> Iterator[None]:
    """The real places and the catalogue, loaded once for all tests of a module."""
    # The rights of the restricted role are given on a connection of their own, so before this transaction.
    with django_db_blocker.unblock(), rolled_back():
        load_areas()
        fixed_facts.load()
        check_once()
        yield


@pytest.fixture
def deliver(db: None) -> Callable[..., ImportFile]:
    """Read in rows of (code, period, indicator, numerator, denominator), and publish the figures."""
    fixed_facts.load()
    return deliver_rows


def deliver_rows(*rows: tuple[object, ...], filename: str = "proef.csv", reason: str = "") -> ImportFile:
    lines = [HEADER, *(";".join(str(cell) for cell in row) for row in rows)]
    file = import_observations(
        source=io.BytesIO("\n".join(lines).encode()),
        filename=filename,
        by=None,
        source_name="Proef",
        reason=reason,
    )
    factories.publish_figures()
    return file


@pytest.fixture
def third_municipality(coalition: Coalition) -> Area:
    """A region of two shows no sum of persons at risk; with a third it does."""
    return Area.objects.filter(code="GM0988").first() or add_third_municipality(coalition)


def add_third_municipality(coalition: Coalition) -> Area:
    area = factories.make_area("Weert", code="GM0988")
    factories.put_in_region(coalition.area, area)
    return area


@pytest.fixture
def early_births(third_municipality: Area, country: Area, deliver) -> ImportFile:
    """Venlo, Weert and Groningen have figures in two years; in Beesel the count is too small.

    Weert is left out as well, or Beesel would follow from the sum.
    """
    return ImportFile.objects.first() or deliver(*EARLY_BIRTHS)


@pytest.fixture(scope="module")
def early_births_once(app_role: str, django_db_blocker: Any) -> Iterator[None]:
    """`early_births`, published once for all tests of a module that names this in its `pytestmark`."""
    with django_db_blocker.unblock(), rolled_back():
        coalition = factories.make_maas_en_peel()
        add_third_municipality(coalition)
        make_country(coalition)
        fixed_facts.load()
        deliver_rows(*EARLY_BIRTHS)
        check_once()
        yield


@pytest.fixture
def read_together(early_births: ImportFile, coalition: Coalition, coordinator: Person) -> Interpretation:
    """What all partners of the coalition read in its figure of 2023."""
    figure = Aggregate.objects.select_related("indicator", "area", "period").get(
        indicator__code="vroeggeboorte", area=coalition.area, period__code="2023"
    )
    words = "Dit past bij wat wij in de wijken zien."
    return interpretations.write(
        coalition=coalition, figure=figure, text=words, by=coordinator, is_shared=True
    )


@pytest.fixture
def three_years(third_municipality, country, deliver) -> Area:
    """Beesel and Weert are small in each of three years; the three together are not."""
    deliver(
        *(
            (code, year, "vroeggeboorte", count, size)
            for year in (2021, 2022, 2023)
            for code, count, size in (
                ("GM0983", 60, 900),
                ("GM0889", 7, 110),
                ("GM0988", 8, 120),
                ("GM0014", 130, 2000),
            )
        )
    )
    return Area.objects.get(code="GM0889")


@pytest.fixture
def period(db: None) -> Period:
    return Period.objects.create(code="2022", label="2022", reference_date=datetime.date(2022, 1, 1))


@pytest.fixture
def file(db: None) -> ImportFile:
    return ImportFile.objects.create(name="proef.csv", sha256="0" * 64, size=1, row_count=1)


@pytest.fixture
def share(db: None) -> Indicator:
    return Indicator.objects.create(code="deel", name="Deel", factor=100, interval="wilson", is_at_risk=True)


@pytest.fixture
def full_count(db: None) -> Indicator:
    return Indicator.objects.create(
        code="telling", name="Telling", factor=1, interval="none", is_at_risk=False
    )


@pytest.fixture
def observe(period: Period, file: ImportFile) -> Callable[..., Observation]:
    """Write down one count of one area, past the door of deliveries."""

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
