import csv
import datetime

import pytest

from monitoring import urbanity

DAY = datetime.date(2023, 1, 1)
# The limits of CBS, in addresses a square kilometre, from class 1 down.
LIMITS = (2500, 1500, 1000, 500)


@pytest.mark.parametrize(
    ("code", "found"),
    [("GM0363", 1), ("GM0983", 2), ("GM0889", 4), ("GM9999", None)],
    ids=["Amsterdam", "Venlo", "Beesel", "nowhere"],
)
def test_a_municipality_has_the_class_of_cbs(code, found):
    assert urbanity.class_of(code, on=DAY) == found


def test_the_nearest_year_that_is_known_counts():
    # Brielle is gone since 2023.
    for year in (2019, 2022, 2030):
        assert urbanity.class_of("GM0501", on=datetime.date(year, 1, 1)) is not None


def test_peers_are_all_of_the_same_class_and_the_municipality_itself():
    peers = urbanity.peers_of("GM0983", on=DAY)
    assert "GM0983" in peers
    assert {urbanity.class_of(code, on=DAY) for code in peers} == {2}
    assert urbanity.peers_of("GM9999", on=DAY) == []


def test_every_class_follows_from_the_density_of_addresses():
    with urbanity.TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 687
    for row in rows:
        density = int(row["addresses_per_km2"])
        assert int(row["urbanity"]) == 1 + sum(density < limit for limit in LIMITS), row
