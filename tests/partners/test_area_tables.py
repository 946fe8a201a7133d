"""The tables of places that come with the portal are complete and agree with each other."""

import csv
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from partners import __file__ as partners_file

DATA = Path(partners_file).parent / "data"
END = "9999-12-31"


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


AREAS = read("areas.csv")
MEMBERS = read("area_members.csv")
SUCCESSIONS = read("area_successions.csv")
BY_CODE = {area["code"]: area for area in AREAS}


def holds(row: dict[str, str], day: str) -> bool:
    return row["valid_from"] <= day < (row["valid_to"] or END)


def members_of(region: str, day: str) -> set[str]:
    return {m["member_code"] for m in MEMBERS if m["region_code"] == region and holds(m, day)}


@pytest.mark.parametrize(("day", "count"), [("2021-01-01", 352), ("2022-01-01", 345), ("2023-01-01", 342)])
def test_each_year_has_its_number_of_municipalities(day, count):
    assert len([a for a in AREAS if a["kind"] == "municipality" and holds(a, day)]) == count


def test_weesp_exists_until_the_day_before_it_joined_amsterdam():
    assert holds(BY_CODE["GM0457"], "2022-03-23")
    assert not holds(BY_CODE["GM0457"], "2022-03-24")


def test_there_are_twelve_provinces_twenty_five_ggd_regions_and_one_country():
    kinds = Counter(area["kind"] for area in AREAS)
    assert kinds == {"municipality": 357, "province": 12, "ggd_region": 25, "country": 1}


def test_codes_are_unique_and_names_are_not_blank():
    assert len(BY_CODE) == len(AREAS)
    assert all(area["name"].strip() == area["name"] != "" for area in AREAS)


def test_names_are_written_as_cbs_writes_them():
    names = {area["name"] for area in AREAS}
    assert {
        "Súdwest-Fryslân",
        "'s-Gravenhage",
        "Bergen (L.)",
        "Fryslân",
        "Mill en Sint Hubert",
    } <= names


def test_every_point_lies_in_the_netherlands():
    for area in AREAS:
        assert 3.3 < float(area["lon"]) < 7.3, area
        assert 50.7 < float(area["lat"]) < 53.6, area


def test_periods_are_dates_and_run_forward():
    for row in AREAS + MEMBERS:
        start = date.fromisoformat(row["valid_from"])
        assert not row["valid_to"] or start < date.fromisoformat(row["valid_to"]), row


def test_memberships_name_known_areas_and_stay_within_the_life_of_the_member():
    for row in MEMBERS:
        region, member = BY_CODE[row["region_code"]], BY_CODE[row["member_code"]]
        assert region["kind"] == row["region_kind"]
        assert member["valid_from"] <= row["valid_from"]
        assert (row["valid_to"] or END) <= (member["valid_to"] or END)


@pytest.mark.parametrize("kind", ["province", "ggd_region", "country"])
@pytest.mark.parametrize("day", ["2021-01-01", "2022-01-01", "2022-03-24", "2023-01-01"])
def test_every_municipality_lies_in_exactly_one_region_of_each_kind(kind, day):
    found = Counter(m["member_code"] for m in MEMBERS if m["region_kind"] == kind and holds(m, day))
    alive = {a["code"] for a in AREAS if a["kind"] == "municipality" and holds(a, day)}
    assert set(found) == alive
    assert set(found.values()) == {1}


def test_ggd_limburg_noord_has_fifteen_municipalities_and_limburg_thirty_one():
    assert len(members_of("ggd-limburg-noord", "2022-01-01")) == 15
    assert len(members_of("PV31", "2022-01-01")) == 31
    assert "GM0944" in members_of("ggd-limburg-noord", "2023-01-01")


def test_weesp_leaves_its_ggd_region_by_joining_amsterdam():
    assert "GM0457" in members_of("ggd-gooi-en-vechtstreek", "2022-03-23")
    assert "GM0457" not in members_of("ggd-gooi-en-vechtstreek", "2022-03-24")
    assert "GM0363" in members_of("ggd-amsterdam", "2022-03-24")


def test_voorne_aan_zee_takes_the_regions_of_its_predecessors():
    assert "GM1992" in members_of("ggd-rotterdam-rijnmond", "2023-01-01")
    assert "GM1992" in members_of("PV28", "2023-01-01")


def test_every_gone_municipality_has_successors_from_the_day_it_went():
    gone = {a["code"]: a["valid_to"] for a in AREAS if a["valid_to"]}
    assert {row["predecessor"] for row in SUCCESSIONS} == set(gone)
    for row in SUCCESSIONS:
        assert row["on"] == gone[row["predecessor"]]
        assert holds(BY_CODE[row["successor"]], row["on"])


def test_a_full_succession_has_one_successor_and_no_share():
    full = [row for row in SUCCESSIONS if row["kind"] == "full"]
    assert len(full) == len({row["predecessor"] for row in full}) == 14
    assert {row["share"] for row in full} == {""}


def test_the_shares_of_a_partial_succession_add_up_to_one():
    shares = defaultdict(float)
    for row in SUCCESSIONS:
        if row["kind"] == "partial":
            shares[row["predecessor"]] += float(row["share"])
    assert shares == {"GM0788": pytest.approx(1, abs=1e-9)}
