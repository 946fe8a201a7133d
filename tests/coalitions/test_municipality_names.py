"""Municipalities from what somebody types."""

import datetime

import pytest

from coalitions.municipality_names import find
from tests import factories

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 1, 1)


@pytest.fixture(autouse=True)
def places(db):
    for name, code in (
        ("Venlo", "GM0983"),
        ("Súdwest-Fryslân", "GM1900"),
        ("Bergen (L.)", "GM0893"),
        ("Bergen (NH.)", "GM0373"),
        ("Laren (NH.)", "GM0417"),
        ("'s-Gravenhage", "GM0518"),
    ):
        factories.make_area(name, code=code)
    factories.make_area("Haaren", code="GM0788", valid_to=datetime.date(2021, 1, 1))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Venlo", ["GM0983"]),
        ("  venlo ,\n\nGM0893;", ["GM0983", "GM0893"]),
        ("gm0983", ["GM0983"]),
        ("sudwest-fryslan", ["GM1900"]),
        ("Bergen (L.)", ["GM0893"]),
        ("bergen  (nh.)", ["GM0373"]),
        ("Laren", ["GM0417"]),
        ("Venlo, venlo, GM0983", ["GM0983"]),
        (" , ;\n", []),
    ],
)
def test_understood(text, codes):
    found = find(text, on=DAY)

    assert [area.code for area in found.areas] == codes
    assert found.problems == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Bergen", "‘Bergen’ komt vaker voor. Kies Bergen (L.) (GM0893) of Bergen (NH.) (GM0373)."),
        ("Venloo", "‘Venloo’ is op deze datum geen gemeente. Bedoel je Venlo?"),
        ("Haaren", "‘Haaren’ is op deze datum geen gemeente. Bedoel je Laren (NH.)?"),
        ("GM0000", "‘GM0000’ is op deze datum geen gemeente."),
        ("<script>", "‘<script>’ is op deze datum geen gemeente."),
    ],
)
def test_not_understood(text, problem):
    found = find(text, on=DAY)

    assert found.areas == []
    assert found.problems == [problem]


def test_what_existed_on_the_day_is_found():
    assert find("Haaren", on=datetime.date(2020, 6, 1)).areas[0].code == "GM0788"


def test_a_long_list_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        find("Venlo, Laren, Bergen, Nergens", on=DAY)
